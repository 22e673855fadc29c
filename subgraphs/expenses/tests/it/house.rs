//! A group of three users and a guest, and the words to talk about it.

use std::sync::Arc;

use contracts::{
    MemberId, UserId,
    roster::{Roster, Rosters},
};
use expenses::{Config, Expenses};
use kit::{
    Caller, Subgraph,
    testing::{Bed, FixedRosters, parts, person, roster},
};
use mongodb::bson::doc;
use serde_json::{Value, json};

pub const CREATE: &str = "mutation($input: CreateExpenseInput!) { createExpense(input: $input) {
    id version description category notes splitMode date total { amount currency }
    payers { member { id } amount { amount } } shares { member { id } amount { amount currency } }
    items { name amount { amount } members { id } } createdBy { id } group { id } } }";

/// Three users, a guest, and expenses to be made.
pub struct House {
    pub bed: Bed<Expenses>,
    pub rosters: Arc<FixedRosters>,
    pub group: Roster,
    pub users: Vec<UserId>,
}

impl House {
    pub async fn open() -> Self {
        let own = Config { groups_url: "http://127.0.0.1:9".parse().unwrap() };
        let parts = parts::<Expenses>(own).await;
        let rosters = Arc::new(FixedRosters::default());
        let users: Vec<_> = std::iter::repeat_with(UserId::new).take(3).collect();
        let group = roster(&users, 1);
        rosters.put(group.clone());
        let port: Arc<dyn Rosters> = Arc::clone(&rosters) as _;
        let bed = Bed::new(Arc::new(Expenses::new(&parts, port)), parts);
        Self { bed, rosters, group, users }
    }

    pub fn caller(&self, user: usize) -> Caller {
        person(self.users[user])
    }

    pub fn member(&self, place: usize) -> MemberId {
        self.group.members[place].member_id
    }

    /// Makes a member leave the group.
    pub fn leave(&mut self, place: usize) {
        self.group.members[place].left = true;
        self.rosters.put(self.group.clone());
    }

    /// An expense of 100.00 EUR that the first user paid and the three users share.
    pub fn dinner(&self, key: &str) -> Value {
        let equal: Vec<_> = (0..3).map(|place| self.member(place).to_string()).collect();
        json!({
            "groupId": self.group.group_id.to_string(),
            "description": "Dinner",
            "total": { "amount": "100.00", "currency": "EUR" },
            "payers": [{ "memberId": self.member(0).to_string(), "amount": "100.00" }],
            "split": { "equal": equal },
            "idempotencyKey": key,
        })
    }

    /// The dinner with some fields given another value.
    pub fn dinner_with(&self, key: &str, changes: &Value) -> Value {
        let mut dinner = self.dinner(key);
        for (field, value) in changes.as_object().unwrap() {
            dinner[field] = value.clone();
        }
        dinner
    }

    pub async fn create(&self, user: usize, input: Value) -> Value {
        self.bed.data(&self.caller(user), CREATE, json!({ "input": input })).await["createExpense"].take()
    }

    /// The code and the field of the refusal.
    pub async fn refusal(&self, caller: &Caller, input: Value) -> (String, String) {
        let answer = self.bed.ask(caller, CREATE, json!({ "input": input })).await;
        assert_eq!(answer["data"], Value::Null, "{answer:#}");
        let extensions = &answer["errors"][0]["extensions"];
        let text = |name: &str| extensions[name].as_str().unwrap_or_default().to_owned();
        (text("code"), text("field"))
    }

    /// How many expenses are listed.
    pub async fn count(&self) -> u64 {
        self.bed.parts.database.collection::<Value>("expenses").count_documents(doc! {}).await.unwrap()
    }

    /// The nets of the three users and the guest in cents, as the ledger has them.
    pub async fn nets(&self) -> Vec<i64> {
        let head = self.bed.parts.journal.head(self.group.group_id.0).await.unwrap().unwrap();
        assert_eq!(head.nets.iter().map(|row| row.amount_minor).sum::<i64>(), 0);
        let net = |id| head.nets.iter().find(|row| row.member_id == id).map_or(0, |row| row.amount_minor);
        self.group.members.iter().map(|member| net(member.member_id)).collect()
    }

    /// Recomputes everything; gives the number of journal entries.
    pub async fn verified(&self) -> u64 {
        let postings = <Expenses as Subgraph>::postings();
        self.bed.parts.journal.verify(postings).await.unwrap().expect("the journal adds up")
    }
}
