//! The fixture of all tests: groups, people and the events about them.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
};

use async_trait::async_trait;
use contracts::{
    Envelope, Event, ExpenseId, GroupId, MemberId, Timestamp, Trace, UserId,
    ask::{Asker, Unavailable},
    contacts::Contact,
    envelope::Place,
    event::{ExpenseFacts, GroupFacts, MemberAmount, UserFacts},
    roster::{Roster, Rosters},
    testing::{FixedContacts, FixedRosters, roster},
};
use kit::{
    Caller, Clock,
    bus::{Handled, Handler},
    inbox::Inbox,
    mail::MailSettings,
    role::Resources,
    testing::{Commands, TestSubgraph, mail::MailServer, person, recorded_resources, resources, through_router},
};
use money::{Amount, Currency};
use reports::{Config, Services};
use serde_json::{Value, json};
use uuid::Uuid;

/// The start time of each test; each event is one second later than the one before.
const BEGINNING: &str = "2026-11-22T09:00:00Z";

/// The subgraph with its event streams and a stand-in for groups.
pub(crate) struct Fixture {
    pub(crate) subgraph: TestSubgraph<Services>,
    pub(crate) rosters: Arc<AskedRosters>,
    pub(crate) contacts: Arc<FixedContacts>,
    published: Mutex<Published>,
}

#[derive(Default)]
struct Published {
    events: i64,
    versions: HashMap<(&'static str, Uuid), i64>,
}

/// A stand-in for groups that counts requests and can be made unavailable.
#[derive(Default)]
pub(crate) struct AskedRosters {
    known: FixedRosters,
    questions: AtomicUsize,
    away: AtomicBool,
}

#[async_trait]
impl Rosters for AskedRosters {
    async fn rosters(&self, asker: &Asker, groups: &[GroupId]) -> Result<HashMap<GroupId, Roster>, Unavailable> {
        self.questions.fetch_add(1, Ordering::SeqCst);
        if self.away.load(Ordering::SeqCst) {
            return Err(Unavailable { owner: "groups", reason: "away".to_owned() });
        }
        self.known.rosters(asker, groups).await
    }
}

impl AskedRosters {
    pub(crate) fn questions(&self) -> usize {
        self.questions.load(Ordering::SeqCst)
    }

    pub(crate) fn go_away(&self) {
        self.away.store(true, Ordering::SeqCst);
    }
}

/// An expense paid by the first member of a group.
pub(crate) struct Spending<'a> {
    pub(crate) date: &'a str,
    pub(crate) category: &'a str,
    pub(crate) currency: &'a str,
    pub(crate) shares: &'a [i64],
}

impl Fixture {
    pub(crate) async fn open() -> Self {
        Self::open_at(Clock::system()).await
    }

    /// Opens the fixture with a clock of the test.
    pub(crate) async fn open_at(clock: Clock) -> Self {
        Self::open_with(clock, None, None).await
    }

    /// Opens the fixture with a mail server and a clock that stands still, without what `serve` does beside answering.
    pub(crate) async fn open_with_mail() -> (Self, MailServer) {
        let server = MailServer::start().await;
        let clock = Clock::standing_at(BEGINNING.parse().unwrap());
        (Self::open_with(clock, Some(&server.url), None).await, server)
    }

    /// The same, and records the commands to its database.
    pub(crate) async fn recorded_with_mail() -> (Self, MailServer, Commands) {
        let server = MailServer::start().await;
        let (resources, commands) = recorded_resources::<Services>(config(Some(&server.url), None)).await;
        let clock = Clock::standing_at(BEGINNING.parse().unwrap());
        (Self::over(Resources { clock, ..resources }).await, server, commands)
    }

    /// Opens the fixture with a push service and a clock that stands still, without what `serve` does beside answering.
    pub(crate) async fn open_with_push(service: &str) -> Self {
        let clock = Clock::standing_at(BEGINNING.parse().unwrap());
        Self::open_with(clock, None, Some(service)).await
    }

    /// Opens the fixture and records the commands to its database.
    pub(crate) async fn recorded() -> (Self, Commands) {
        let (resources, commands) = recorded_resources::<Services>(config(None, None)).await;
        (Self::over(resources).await, commands)
    }

    async fn open_with(clock: Clock, smtp_url: Option<&str>, push_service: Option<&str>) -> Self {
        Self::over(Resources { clock, ..resources::<Services>(config(smtp_url, push_service)).await }).await
    }

    async fn over(resources: Resources<Config>) -> Self {
        let (rosters, contacts) = (Arc::new(AskedRosters::default()), Arc::new(FixedContacts::default()));
        let reports = services(&resources, &rosters, &contacts);
        reports.prepare().await.unwrap();
        Self { subgraph: TestSubgraph::new(reports, resources), rosters, contacts, published: Mutex::default() }
    }

    /// The services of another process over the same database.
    pub(crate) fn another_process(&self) -> Arc<Services> {
        services(&self.subgraph.resources, &self.rosters, &self.contacts)
    }

    /// Makes a user reachable by mail, who is in Vienna.
    pub(crate) fn reach(&self, user_id: UserId, name: &str, locale: &str) {
        let email = format!("{}@example.org", name.to_lowercase());
        let (name, locale, time_zone) = (name.to_owned(), locale.to_owned(), "Europe/Vienna".to_owned());
        self.contacts.put(Contact { user_id, name, email, locale, time_zone });
    }

    /// Creates the next event of a stream without handling it.
    pub(crate) fn next(&self, source: &'static str, stream: Uuid, actor: Option<UserId>, event: Event) -> Envelope {
        let mut published = self.published.lock().unwrap();
        published.events += 1;
        let at = BEGINNING.parse::<Timestamp>().unwrap().plus_ms(published.events * 1_000);
        let version = published.versions.entry((source, stream)).or_insert(0);
        *version += 1;
        let place = Place { stream, version: *version, at };
        Envelope::new(Uuid::now_v7(), source, place, actor, Trace::start(), event)
    }

    /// Handles an event.
    pub(crate) async fn handle(&self, envelope: &Envelope) -> Handled {
        self.subgraph.services.handle(envelope).await.unwrap()
    }

    /// Creates and handles the next event of a stream.
    pub(crate) async fn publish(&self, source: &'static str, stream: Uuid, actor: UserId, event: Event) -> Envelope {
        let envelope = self.next(source, stream, Some(actor), event);
        assert_eq!(self.handle(&envelope).await, Handled::Done);
        envelope
    }

    /// Registers a user with this name.
    pub(crate) async fn user(&self, name: &str) -> UserId {
        let user_id = UserId::new();
        let facts = UserFacts { user_id, name: name.to_owned() };
        self.publish("users", user_id.0, user_id, Event::UserRegistered(facts)).await;
        user_id
    }

    /// Creates a group of these users in the stand-in, and handles its event.
    pub(crate) async fn group(&self, people: &[(&str, UserId)]) -> Roster {
        let users: Vec<UserId> = people.iter().map(|(_, user)| *user).collect();
        let mut roster = roster(&users, 0);
        for (member, (name, _)) in roster.members.iter_mut().zip(people) {
            (*name).clone_into(&mut member.name);
        }
        self.rosters.known.put(roster.clone());
        self.publish("groups", roster.group_id.0, users[0], Event::GroupCreated(facts(&roster))).await;
        roster
    }

    /// Replaces a roster in the stand-in.
    pub(crate) fn change(&self, roster: &Roster) {
        self.rosters.known.put(roster.clone());
    }

    /// Creates an expense and handles its event.
    pub(crate) async fn spend(&self, roster: &Roster, spending: &Spending<'_>) -> Envelope {
        let actor = roster.members[0].user_id.unwrap();
        self.publish("expenses", roster.group_id.0, actor, Event::ExpenseCreated(expense(roster, spending))).await
    }

    /// The version up to which a stream has been handled.
    pub(crate) async fn position(&self, source: &str, stream: Uuid) -> i64 {
        Inbox::new(self.subgraph.resources.database.clone()).position(source, stream).await.unwrap()
    }

    /// Returns an entity as the router receives it.
    pub(crate) async fn entity(&self, caller: UserId, key: Value, fields: &str) -> Value {
        let mut data = self.subgraph.data(&routed(caller), &entities(&key, fields), representations(&[key])).await;
        data["_entities"][0].take()
    }

    /// Returns the whole response for an entity, including errors.
    pub(crate) async fn answer(&self, caller: &Caller, key: Value, fields: &str) -> Value {
        self.subgraph.ask(caller, &entities(&key, fields), representations(&[key])).await
    }
}

/// Ada and Ben in a group.
pub(crate) async fn two_people() -> (Fixture, UserId, UserId, Roster) {
    let fixture = Fixture::open().await;
    let (ada, ben) = (fixture.user("Ada").await, fixture.user("Ben").await);
    let group = fixture.group(&[("Ada", ada), ("Ben", ben)]).await;
    (fixture, ada, ben, group)
}

fn config(smtp_url: Option<&str>, push_service: Option<&str>) -> Config {
    let mail = MailSettings {
        smtp_url: smtp_url.map(Into::into),
        mail_from: "Quits <quits@example.org>".parse().unwrap(),
        app_url: "https://quits.example".parse().unwrap(),
    };
    let (groups_url, users_url) = ("http://127.0.0.1:4002".to_owned(), "http://127.0.0.1:4001".to_owned());
    Config {
        groups_url,
        users_url,
        mail,
        vapid_private_key: push_service.map(|_| "AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=".into()),
        push_services: push_service.iter().map(|service| service.parse().unwrap()).collect(),
    }
}

fn services(
    resources: &Resources<Config>,
    rosters: &Arc<AskedRosters>,
    contacts: &Arc<FixedContacts>,
) -> Arc<Services> {
    let (rosters, contacts) = (Arc::<AskedRosters>::clone(rosters), Arc::<FixedContacts>::clone(contacts));
    Arc::new(Services::new(resources, rosters, contacts).unwrap())
}

/// A signed-in caller whose request comes through the router.
pub(crate) fn routed(user: UserId) -> Caller {
    through_router(person(user))
}

pub(crate) fn group_key(group: GroupId) -> Value {
    json!({ "__typename": "Group", "id": group.to_string() })
}

pub(crate) fn user_key(user: UserId) -> Value {
    json!({ "__typename": "User", "id": user.to_string() })
}

pub(crate) fn representations(keys: &[Value]) -> Value {
    json!({ "keys": keys })
}

/// The query for entities of this key's type.
pub(crate) fn entities(key: &Value, fields: &str) -> String {
    let kind = key["__typename"].as_str().unwrap();
    format!("query($keys: [_Any!]!) {{ _entities(representations: $keys) {{ ... on {kind} {{ {fields} }} }} }}")
}

pub(crate) fn expense(roster: &Roster, spending: &Spending<'_>) -> ExpenseFacts {
    let total = spending.shares.iter().sum();
    let part = |member_id: MemberId, amount_minor| MemberAmount { member_id, amount_minor };
    let members = roster.members.iter().map(|member| member.member_id);
    ExpenseFacts {
        expense_id: ExpenseId::new(),
        group_id: roster.group_id,
        version: 1,
        description: "Dinner".to_owned(),
        notes: None,
        total: Amount::new(total, Currency::from_code(spending.currency).unwrap()),
        date: spending.date.parse().unwrap(),
        category: spending.category.to_owned(),
        payers: vec![part(roster.members[0].member_id, total)],
        shares: members.zip(spending.shares).map(|(member, share)| part(member, *share)).collect(),
        created_by: roster.members[0].member_id,
        conversion: None,
        schedule_id: None,
    }
}

pub(crate) fn facts(roster: &Roster) -> GroupFacts {
    GroupFacts {
        group_id: roster.group_id,
        name: "Trip".to_owned(),
        currency: roster.currency,
        simplify: true,
        version: roster.version,
        members: roster.members.clone(),
    }
}
