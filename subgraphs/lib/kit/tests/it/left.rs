//! Tests fail if their subgraph has unprocessed work left.

use std::{future::pending, sync::Arc, time::Duration};

use async_graphql::{EmptyMutation, EmptySubscription, SchemaBuilder};
use async_trait::async_trait;
use contracts::{Envelope, Event, UserId, event::UserFacts, ledger::GroupLedger, topology::FOLLOW_NAMES};
use kit::{
    Outcome, Subgraph,
    bus::{Bus, Handled, Handler, consume},
    journal::Change,
    role::Resources,
    testing::{TestSubgraph, resources},
};
use mongodb::bson::{Document, doc};
use tokio::task::JoinError;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::{
    notebook::eventually,
    served::{Nothing, Query},
};

/// Shorter than unprocessed work would wait.
const PATIENCE: Duration = Duration::from_secs(1);

/// Publishes names and consumes them, in the background of `serve`.
struct Follower {
    acknowledges: bool,
}

#[async_trait]
impl Subgraph for Follower {
    const NAME: &'static str = "groups";
    const PORT: u16 = 0;
    type Settings = Nothing;
    type Ledger = GroupLedger;
    type Query = Query;
    type Mutation = EmptyMutation;
    type Subscription = EmptySubscription;

    fn schema() -> SchemaBuilder<Query, EmptyMutation, EmptySubscription> {
        kit::graphql::schema(Query, EmptyMutation, EmptySubscription)
    }

    async fn open(_: &Resources<Nothing, GroupLedger>) -> Outcome<Arc<Self>> {
        Ok(Arc::new(Self { acknowledges: true }))
    }

    async fn background(self: Arc<Self>, bus: Bus, stop: CancellationToken) {
        consume(&bus, &FOLLOW_NAMES, self, &stop).await;
    }
}

#[async_trait]
impl Handler for Follower {
    async fn handle(&self, _: &Envelope) -> Outcome<Handled> {
        if self.acknowledges { Ok(Handled::Done) } else { pending().await }
    }
}

async fn follower(acknowledges: bool) -> TestSubgraph<Follower> {
    TestSubgraph::new(Arc::new(Follower { acknowledges }), resources::<Follower>(Nothing {}).await)
}

/// Commits a change of a name.
async fn rename(subgraph: &TestSubgraph<Follower>) {
    let event = Event::UserUpdated(UserFacts { user_id: UserId::new(), name: "Ada".to_owned() });
    subgraph.resources.journal.commit(Change::new(Uuid::now_v7(), event)).await.unwrap();
}

/// Closes the subgraph; returns the message with which that fails.
async fn closed(subgraph: TestSubgraph<Follower>) -> String {
    let database = subgraph.resources.database.clone();
    let ended = tokio::spawn(subgraph.close_within(PATIENCE)).await;
    database.drop().await.unwrap();
    message(ended.unwrap_err())
}

fn message(failure: JoinError) -> String {
    let panic = failure.into_panic();
    let text = panic.downcast_ref::<String>().cloned();
    text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned())).unwrap()
}

#[tokio::test]
async fn closing_succeeds_if_all_is_published_and_acknowledged() {
    let subgraph = follower(true).await;
    subgraph.publish();
    subgraph.run("serve");
    for _ in 0..3 {
        rename(&subgraph).await;
    }
    subgraph.close().await;
}

#[tokio::test]
async fn a_message_that_is_not_acknowledged_fails_the_test() {
    let subgraph = follower(false).await;
    subgraph.publish();
    subgraph.run("serve");
    rename(&subgraph).await;
    let journal = Arc::clone(&subgraph.resources.journal);
    eventually("it is published", async || (journal.waiting().await.unwrap().entries == 0).then_some(())).await;
    let failure = closed(subgraph).await;
    assert!(failure.starts_with("messages that no consumer has settled: [(\"groups.follow_names"), "{failure}");
}

#[tokio::test]
async fn an_entry_that_cannot_be_published_fails_the_test() {
    let subgraph = follower(true).await;
    subgraph.publish();
    let entries = subgraph.resources.database.collection::<Document>("journal");
    let event = doc! { "type": "user.updated.v1", "data": {} };
    entries.insert_one(doc! { "_id": "no id", "stream": "s", "published_at": null, "event": event }).await.unwrap();
    let failure = closed(subgraph).await;
    assert_eq!(failure, "journal entries that are not published: [\"user.updated.v1\"]");
}

#[tokio::test]
async fn without_a_relay_an_entry_that_no_consumer_could_read_fails_the_test() {
    let subgraph = follower(true).await;
    rename(&subgraph).await;
    let entries = subgraph.resources.database.collection::<Document>("journal");
    entries.update_one(doc! {}, doc! { "$unset": { "event.data.name": "" } }).await.unwrap();
    let failure = closed(subgraph).await;
    assert_eq!(failure, "journal entries that are not published: [\"user.updated.v1\"]");

    let subgraph = follower(true).await;
    rename(&subgraph).await;
    subgraph.close().await;
}

#[tokio::test]
async fn a_test_that_does_not_close_its_subgraph_fails() {
    let subgraph = follower(true).await;
    let database = subgraph.resources.database.clone();
    let dropped = tokio::spawn(async move { drop(subgraph) }).await;
    assert!(message(dropped.unwrap_err()).contains("a test ends with `close`"));
    database.drop().await.unwrap();
}
