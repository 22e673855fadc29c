//! Building everything that is collected anew, from the journals of the other subgraphs.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use contracts::{
    Event, PaymentId, UserId,
    event::{ExpenseChange, ExpenseFacts, PaymentFacts, UserFacts},
    roster::Roster,
};
use futures::{TryStreamExt, future::join_all};
use kit::{
    Clock,
    journal::{Change, Journal, Relay},
    mongo,
    testing::person,
};
use money::{Amount, Currency};
use mongodb::bson::{Document, doc};
use serde_json::{Value, json};
use tokio::{
    task::JoinHandle,
    time::{sleep, timeout},
};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::fixture::{Fixture, Spending, expense, facts, group_key};

const TIMEOUT: Duration = Duration::from_mins(2);
const SOURCES: [&str; 4] = ["users", "groups", "expenses", "payments"];

/// What is built from events alone.
pub(crate) const COLLECTED: [&str; 8] =
    ["users", "groups", "activities", "notifications", "expenses", "spending_months", "spending_days", "positions"];

/// The journals of the other subgraphs, with their relays.
struct Publishers {
    journals: BTreeMap<&'static str, Arc<Journal>>,
    relays: Vec<JoinHandle<()>>,
    stop: CancellationToken,
}

impl Publishers {
    async fn open(fixture: &Fixture) -> Self {
        let (mut journals, mut relays, stop) = (BTreeMap::new(), Vec::new(), CancellationToken::new());
        for source in SOURCES {
            let database = mongo::database(&fixture.subgraph.resources.settings, source).await.unwrap();
            let journal = Arc::new(Journal::new(
                source,
                database,
                Clock::system(),
                &fixture.subgraph.resources.settings.journal_key,
            ));
            journal.prepare().await.unwrap();
            let relay = Relay::new(&journal, fixture.subgraph.resources.bus.clone());
            relays.push(tokio::spawn(relay.run(stop.clone())));
            journals.insert(source, journal);
        }
        Self { journals, relays, stop }
    }

    async fn commit(&self, source: &str, stream: Uuid, by: UserId, event: Event) {
        self.journals[source].commit(Change::new(stream, event).by_user(by)).await.unwrap();
    }

    async fn close(self, fixture: &Fixture) {
        self.stop.cancel();
        join_all(self.relays).await;
        for source in SOURCES {
            mongo::database(&fixture.subgraph.resources.settings, source).await.unwrap().drop().await.unwrap();
        }
    }
}

/// Every collected document, by collection and id.
async fn collected(fixture: &Fixture) -> BTreeMap<(&'static str, String), Value> {
    let mut found = BTreeMap::new();
    for name in COLLECTED {
        let documents = fixture.subgraph.resources.database.collection::<Document>(name).find(doc! {}).await.unwrap();
        for document in documents.try_collect::<Vec<_>>().await.unwrap() {
            let document = serde_json::to_value(document).unwrap();
            found.insert((name, document["_id"].to_string()), document);
        }
    }
    found
}

async fn arrived(fixture: &Fixture, streams: &[(&'static str, Uuid, i64)]) {
    let arriving = async {
        for (source, stream, version) in streams {
            while fixture.position(source, *stream).await < *version {
                sleep(Duration::from_millis(20)).await;
            }
        }
    };
    timeout(TIMEOUT, arriving).await.expect("every event arrives");
}

fn payment(group: &Roster, minor: i64) -> PaymentFacts {
    PaymentFacts {
        payment_id: PaymentId::new(),
        group_id: group.group_id,
        from: group.members[1].member_id,
        to: group.members[0].member_id,
        amount: Amount::new(minor, Currency::from_code("EUR").unwrap()),
        paid: None,
        date: "2026-11-22".parse().unwrap(),
        note: None,
        created_by: group.members[1].member_id,
    }
}

/// Expenses of several months, categories and currencies, some changed, deleted and restored, and payments. Returns how
/// many events of expenses and of payments there are.
async fn spend(publishers: &Publishers, group: &Roster, by: UserId) -> (i64, i64) {
    let stream = group.group_id.0;
    let mut events = Vec::new();
    for number in 0..24_i64 {
        let date = format!("2026-{:02}-{:02}", number % 12 + 1, number + 1);
        let category = ["dining", "travel", "groceries"][usize::try_from(number % 3).unwrap()];
        let currency = if number % 4 == 0 { "JPY" } else { "EUR" };
        let shares = [100 + number, 7 * number + 1];
        let before = expense(group, &Spending { date: &date, category, currency, shares: &shares });
        let moved = Spending { date: "2026-02-28", category: "other", currency, shares: &[number + 5, 3] };
        let after = ExpenseFacts { expense_id: before.expense_id, ..expense(group, &moved) };
        let by = before.created_by;
        let change = |before: &ExpenseFacts, after: &ExpenseFacts| ExpenseChange {
            before: before.clone(),
            after: after.clone(),
            by,
        };
        events.push(Event::ExpenseCreated(before.clone()));
        if number % 2 == 0 {
            events.push(Event::ExpenseUpdated(change(&before, &after)));
        }
        if number % 4 == 0 {
            events.push(Event::ExpenseDeleted(change(&after, &after)));
        }
        if number % 8 == 0 {
            events.push(Event::ExpenseRestored(change(&after, &after)));
        }
    }
    let count = i64::try_from(events.len()).unwrap();
    for event in events {
        publishers.commit("expenses", stream, by, event).await;
    }
    for minor in 1..=5 {
        publishers.commit("payments", stream, by, Event::PaymentProcessed(payment(group, minor))).await;
    }
    (count, 5)
}

#[tokio::test]
async fn what_is_built_anew_is_the_same_and_what_people_chose_stays() {
    let fixture = Fixture::open().await;
    let publishers = Publishers::open(&fixture).await;
    let (ada, ben) = (UserId::new(), UserId::new());
    for (user_id, name) in [(ada, "Ada"), (ben, "Ben")] {
        let facts = UserFacts { user_id, name: name.to_owned() };
        publishers.commit("users", user_id.0, user_id, Event::UserRegistered(facts)).await;
    }
    let group = contracts::testing::roster(&[ada, ben], 1);
    fixture.change(&group);
    let stream = group.group_id.0;
    publishers.commit("groups", stream, ada, Event::GroupCreated(facts(&group))).await;
    let (expenses, payments) = spend(&publishers, &group, ada).await;
    let streams = [
        ("users", ada.0, 1),
        ("users", ben.0, 1),
        ("groups", stream, 1),
        ("expenses", stream, expenses),
        ("payments", stream, payments),
    ];
    let stop = CancellationToken::new();
    let collecting = tokio::spawn(fixture.subgraph.role("collect", &stop));
    arrived(&fixture, &streams).await;
    let budget = "mutation { setBudget(input: { limit: { amount: \"900\", currency: \"EUR\" } }) { id } }";
    fixture.subgraph.data(&person(ben), budget, json!({})).await;
    let before = collected(&fixture).await;
    let seen = "report { byCategory { category total { amount } } byMonth { month total { amount } } upToVersion }";
    let report = fixture.entity(ada, group_key(group.group_id), seen).await;
    assert_eq!(report["report"]["upToVersion"], expenses);

    let rebuilding = tokio::spawn(fixture.subgraph.role("rebuild", &CancellationToken::new()));
    sleep(Duration::from_millis(1_500)).await;
    assert!(!rebuilding.is_finished(), "it waits until nobody collects");
    assert_eq!(collected(&fixture).await, before);
    stop.cancel();
    collecting.await.unwrap();
    timeout(TIMEOUT, rebuilding).await.expect("it ends").unwrap();
    assert!(collected(&fixture).await.is_empty());

    fixture.subgraph.run("collect");
    arrived(&fixture, &streams).await;
    assert_eq!(collected(&fixture).await, before);
    assert_eq!(fixture.entity(ada, group_key(group.group_id), seen).await, report);
    let kept = fixture.subgraph.resources.database.collection::<Document>("budgets");
    assert_eq!(kept.count_documents(doc! {}).await.unwrap(), 1);
    publishers.close(&fixture).await;
    fixture.subgraph.close().await;
}
