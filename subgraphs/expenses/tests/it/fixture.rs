//! A group of three users and a guest, and helpers for tests.

use std::sync::Arc;

use clap::{Args, Command, FromArgMatches};
use contracts::{
    Envelope, Event, MemberId, Timestamp, Trace, UserId,
    envelope::Place,
    ledger::GroupLedger,
    roster::{Roster, Rosters},
    testing::{FixedRosters, roster},
};
use expenses::{Config, Owners, Services};
use futures::TryStreamExt;
use kit::{
    Caller, Clock, Subgraph,
    bus::{Handled, Handler},
    role::Resources,
    testing::{Commands, TestSubgraph, person, recorded_resources, resources},
};
use mongodb::bson::doc;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::elsewhere::Elsewhere;

pub(crate) const CREATE: &str = "mutation($input: CreateExpenseInput!) { createExpense(input: $input) {
    id version description category notes splitMode date total { amount currency }
    payers { member { id } amount { amount } } shares { member { id } amount { amount currency } }
    items { name amount { amount } members { id } } createdBy { id } group { id } } }";

/// An entry of the journal.
#[derive(Deserialize)]
struct Entry {
    #[serde(rename = "_id")]
    id: String,
    stream: String,
    version: i64,
    at: Timestamp,
    actor: Option<UserId>,
    trace: Trace,
    event: Event,
}

/// The settings of expenses, without a key for Gemini.
fn config(arguments: &[&str]) -> Config {
    let all = ["expenses"].iter().chain(arguments);
    Config::from_arg_matches(&Config::augment_args(Command::new("expenses")).get_matches_from(all)).unwrap()
}

fn owners(rosters: &Arc<FixedRosters>, elsewhere: &Arc<Elsewhere>) -> Owners {
    let rosters: Arc<dyn Rosters> = Arc::clone(rosters) as _;
    Owners {
        rosters,
        groups: Arc::clone(elsewhere) as _,
        payments: Arc::clone(elsewhere) as _,
        recorded: Arc::clone(elsewhere) as _,
    }
}

/// The names of the three users and the guest.
pub(crate) const NAMES: [&str; 4] = ["Ada", "Ben", "Cleo", "Dora"];

/// A running subgraph that knows one group of three users and a guest.
pub(crate) struct Fixture {
    pub subgraph: TestSubgraph<Services>,
    pub rosters: Arc<FixedRosters>,
    pub elsewhere: Arc<Elsewhere>,
    pub group: Roster,
    pub users: Vec<UserId>,
}

impl Fixture {
    pub(crate) async fn open() -> Self {
        Self::open_with(&[]).await
    }

    /// Opens it with command line arguments, such as `--drafts-per-minute 2`.
    pub(crate) async fn open_with(arguments: &[&str]) -> Self {
        Self::over(resources::<Services>(config(arguments)).await).await
    }

    /// Opens it with a clock that the test controls.
    pub(crate) async fn open_at(moment: &str) -> Self {
        let mut resources = resources::<Services>(config(&[])).await;
        resources.clock = Clock::standing_at(moment.parse().unwrap());
        Self::over(resources).await
    }

    async fn over(resources: Resources<Config, GroupLedger>) -> Self {
        let rosters = Arc::new(FixedRosters::default());
        let users: Vec<_> = std::iter::repeat_with(UserId::new).take(3).collect();
        let mut group = roster(&users, 1);
        for (member, name) in group.members.iter_mut().zip(NAMES) {
            name.clone_into(&mut member.name);
        }
        rosters.put(group.clone());
        let elsewhere = Arc::new(Elsewhere::over(&rosters));
        let services = Services::new(&resources, owners(&rosters, &elsewhere)).await.unwrap();
        let subgraph = TestSubgraph::new(Arc::new(services), resources);
        Self { subgraph, rosters, elsewhere, group, users }
    }

    /// Opens the subgraph and records the commands to its database.
    pub(crate) async fn recorded() -> (Self, Commands) {
        let (resources, commands) = recorded_resources::<Services>(config(&[])).await;
        (Self::over(resources).await, commands)
    }

    /// Opens another instance over the same database.
    pub(crate) async fn replica(&self) -> Arc<Services> {
        let owners = owners(&self.rosters, &self.elsewhere);
        Arc::new(Services::new(&self.subgraph.resources, owners).await.unwrap())
    }

    pub(crate) fn caller(&self, user: usize) -> Caller {
        person(self.users[user])
    }

    pub(crate) fn member(&self, place: usize) -> MemberId {
        self.group.members[place].member_id
    }

    /// Makes a member leave the group.
    pub(crate) fn leave(&mut self, place: usize) {
        self.group.members[place].left = true;
        self.rosters.put(self.group.clone());
    }

    /// An expense of 100.00 EUR that the first user paid and the three users share; its category does not match its
    /// description.
    pub(crate) fn dinner(&self, key: &str) -> Value {
        let equal: Vec<_> = (0..3).map(|place| self.member(place).to_string()).collect();
        json!({
            "groupId": self.group.group_id.to_string(),
            "description": "Dinner",
            "category": "other",
            "total": { "amount": "100.00", "currency": "EUR" },
            "payers": [{ "memberId": self.member(0).to_string(), "amount": "100.00" }],
            "split": { "equal": equal },
            "idempotencyKey": key,
        })
    }

    /// The dinner with some fields replaced.
    pub(crate) fn dinner_with(&self, key: &str, changes: &Value) -> Value {
        let mut dinner = self.dinner(key);
        for (field, value) in changes.as_object().unwrap() {
            dinner[field] = value.clone();
        }
        dinner
    }

    pub(crate) async fn create(&self, user: usize, input: Value) -> Value {
        self.subgraph.data(&self.caller(user), CREATE, json!({ "input": input })).await["createExpense"].take()
    }

    /// Returns the code and the field of a refusal.
    pub(crate) async fn refusal(&self, caller: &Caller, input: Value) -> (String, String) {
        let answer = self.subgraph.ask(caller, CREATE, json!({ "input": input })).await;
        assert_eq!(answer["data"], Value::Null, "{answer:#}");
        let extensions = &answer["errors"][0]["extensions"];
        let text = |name: &str| extensions[name].as_str().unwrap_or_default().to_owned();
        (text("code"), text("field"))
    }

    /// Passes every event of the journal to the consumer, in order, including those it has handled before.
    pub(crate) async fn consume(&self) {
        for envelope in self.envelopes().await {
            self.handle(&envelope).await;
        }
    }

    /// Passes an event to the consumer.
    pub(crate) async fn handle(&self, envelope: &Envelope) {
        assert_eq!(self.subgraph.services.handle(envelope).await.unwrap(), Handled::Done);
    }

    /// Returns every event of the journal, in order.
    pub(crate) async fn envelopes(&self) -> Vec<Envelope> {
        let entries = self.subgraph.resources.database.collection::<Entry>("journal");
        let oldest_first = doc! { "at": 1, "_id": 1 };
        let entries: Vec<Entry> = entries.find(doc! {}).sort(oldest_first).await.unwrap().try_collect().await.unwrap();
        let envelope = |entry: Entry| {
            let place = Place { stream: entry.stream.parse().unwrap(), version: entry.version, at: entry.at };
            Envelope::new(entry.id.parse().unwrap(), "expenses", place, entry.actor, entry.trace, entry.event)
        };
        entries.into_iter().map(envelope).collect()
    }

    /// Counts the journal entries.
    pub(crate) async fn entries(&self) -> u64 {
        self.subgraph.resources.database.collection::<Value>("journal").count_documents(doc! {}).await.unwrap()
    }

    /// Counts the stored expenses.
    pub(crate) async fn count(&self) -> u64 {
        self.subgraph.resources.database.collection::<Value>("expenses").count_documents(doc! {}).await.unwrap()
    }

    /// Returns the nets of the three users and the guest in the ledger, in cents.
    pub(crate) async fn nets(&self) -> Vec<i64> {
        let head = self.subgraph.resources.journal.head(self.group.group_id.0).await.unwrap().unwrap();
        assert_eq!(head.ledger.nets.iter().map(|row| row.amount_minor).sum::<i64>(), 0);
        let net = |id| head.ledger.nets.iter().find(|row| row.member_id == id).map_or(0, |row| row.amount_minor);
        self.group.members.iter().map(|member| net(member.member_id)).collect()
    }

    /// Verifies the journal; returns the number of its entries.
    pub(crate) async fn verified(&self) -> u64 {
        let postings = <Services as Subgraph>::postings();
        let journal = &self.subgraph.resources.journal;
        for kind in <Services as Subgraph>::documents() {
            journal.verify_documents(&kind).await.unwrap().expect("documents say what the journal says");
        }
        journal.verify(postings).await.unwrap().expect("the journal adds up")
    }
}
