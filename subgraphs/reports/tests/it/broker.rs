//! Consuming events from a real broker.

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use contracts::{Envelope, Event, UserId, roster::Roster, topology::COLLECT};
use kit::{
    Clock, Outcome,
    bus::{Handled, Handler, Publisher, consume},
    journal::{Change, Journal, Relay},
    mongo,
    testing::person,
};
use reports::Services;
use serde_json::json;
use tokio::{
    sync::Notify,
    task::JoinHandle,
    time::{sleep, timeout},
};
use tokio_util::sync::CancellationToken;

use crate::fixture::{Fixture, Spending, expense, group_key};

const TIMEOUT: Duration = Duration::from_mins(1);
const SEEN: &str = "report { total { amount } upToVersion } activity { totalCount }";
const DINNER: Spending<'static> =
    Spending { date: "2026-11-22", category: "dining", currency: "EUR", shares: &[5_000, 5_000] };

#[tokio::test]
async fn journal_entries_arrive_even_if_the_consumer_starts_later() {
    let (fixture, ada, group) = a_group().await;
    let journal = journal_of_expenses(&fixture).await;
    let stop = CancellationToken::new();
    let relay = tokio::spawn(Relay::new(&journal, fixture.subgraph.resources.bus.clone()).run(stop.clone()));
    for _ in 0..3 {
        journal.commit(change(ada, &group)).await.unwrap();
    }

    let first = consumer(&fixture);
    arrived(&fixture, &group, 3).await;
    first.stop().await;
    journal.commit(change(ada, &group)).await.unwrap();
    let second = consumer(&fixture);
    arrived(&fixture, &group, 4).await;
    second.stop().await;

    assert_seen(&fixture, ada, &group, 4).await;
    stop.cancel();
    relay.await.unwrap();
    mongo::database(&fixture.subgraph.resources.settings, "expenses").await.unwrap().drop().await.unwrap();
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn repeated_and_early_events_count_once_and_in_order() {
    let (fixture, ada, group) = a_group().await;
    let next =
        || fixture.next("expenses", group.group_id.0, Some(ada), Event::ExpenseCreated(expense(&group, &DINNER)));
    let (first, second, third) = (next(), next(), next());
    let publisher = fixture.subgraph.resources.bus.publisher().await;
    let consumer = consumer(&fixture);

    for envelope in [&second, &first, &first, &third, &second] {
        publish(&publisher, envelope).await;
    }
    arrived(&fixture, &group, 3).await;

    assert_seen(&fixture, ada, &group, 3).await;
    consumer.stop().await;
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn an_unacknowledged_event_is_redelivered_to_the_next_consumer() {
    let (fixture, ada, group) = a_group().await;
    let next =
        || fixture.next("expenses", group.group_id.0, Some(ada), Event::ExpenseCreated(expense(&group, &DINNER)));
    let publisher = fixture.subgraph.resources.bus.publisher().await;
    let stuck = Arc::new(Stuck { reports: Arc::clone(&fixture.subgraph.services), done: Notify::new() });
    let killed = tokio::spawn({
        let (bus, stuck) = (fixture.subgraph.resources.bus.clone(), Arc::clone(&stuck));
        async move { consume(&bus, &COLLECT, stuck, &CancellationToken::new()).await }
    });
    publish(&publisher, &next()).await;
    timeout(TIMEOUT, stuck.done.notified()).await.expect("the effect is committed");
    killed.abort();

    let consumer = consumer(&fixture);
    publish(&publisher, &next()).await;
    arrived(&fixture, &group, 2).await;

    assert_seen(&fixture, ada, &group, 2).await;
    consumer.stop().await;
    fixture.subgraph.close().await;
}

/// A handler that commits the effect of an event and never returns, so that the event is not acknowledged.
struct Stuck {
    reports: Arc<Services>,
    done: Notify,
}

#[async_trait]
impl Handler for Stuck {
    async fn handle(&self, envelope: &Envelope) -> Outcome<Handled> {
        self.reports.handle(envelope).await?;
        self.done.notify_one();
        std::future::pending().await
    }
}

/// A running role `collect`.
struct Consumer {
    stop: CancellationToken,
    task: JoinHandle<()>,
}

impl Consumer {
    async fn stop(self) {
        self.stop.cancel();
        self.task.await.unwrap();
    }
}

fn consumer(fixture: &Fixture) -> Consumer {
    let stop = CancellationToken::new();
    let task = tokio::spawn(fixture.subgraph.role("collect", &stop));
    Consumer { stop, task }
}

async fn a_group() -> (Fixture, UserId, Roster) {
    let fixture = Fixture::open().await;
    let (ada, ben) = (fixture.user("Ada").await, fixture.user("Ben").await);
    let group = fixture.group(&[("Ada", ada), ("Ben", ben)]).await;
    (fixture, ada, group)
}

async fn journal_of_expenses(fixture: &Fixture) -> Arc<Journal> {
    let database = mongo::database(&fixture.subgraph.resources.settings, "expenses").await.unwrap();
    let journal = Journal::new("expenses", database, Clock::system(), &fixture.subgraph.resources.settings.journal_key);
    journal.prepare().await.unwrap();
    Arc::new(journal)
}

fn change(actor: UserId, group: &Roster) -> Change {
    Change::new(group.group_id.0, Event::ExpenseCreated(expense(group, &DINNER))).by_user(actor)
}

async fn publish(publisher: &Publisher, envelope: &Envelope) {
    assert!(publisher.publish(envelope).await.unwrap().arrived().await);
}

async fn arrived(fixture: &Fixture, group: &Roster, version: i64) {
    let waiting = async {
        while fixture.position("expenses", group.group_id.0).await < version {
            sleep(Duration::from_millis(20)).await;
        }
    };
    timeout(TIMEOUT, waiting).await.expect("the events arrive");
}

/// Asserts that each of the dinners is counted once, appears once in the feed and is told once to who shares it.
async fn assert_seen(fixture: &Fixture, ada: UserId, group: &Roster, dinners: i64) {
    let seen = fixture.entity(ada, group_key(group.group_id), SEEN).await;
    let report = json!({ "total": [{ "amount": format!("{}.00", dinners * 100) }], "upToVersion": dinners });
    assert_eq!(seen, json!({ "report": report, "activity": { "totalCount": dinners + 1 } }));
    let sharer = group.members[1].user_id.unwrap();
    let told = fixture.subgraph.data(&person(sharer), "{ notifications { totalCount } }", json!({})).await;
    assert_eq!(told["notifications"]["totalCount"], dinners);
}
