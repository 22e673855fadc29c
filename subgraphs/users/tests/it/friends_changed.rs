//! The subscription to friends: what it tells, and what it must not tell.

use std::time::Duration;

use futures::{StreamExt, stream::BoxStream};
use kit::Caller;
use serde_json::{Value, json};
use tokio::time::timeout;

use crate::{
    fixture::*,
    friends::{ACCEPT, BLOCK, DECLINE, SEND_TO, id_of, requests, send},
};

/// A timeout long enough for a slow machine; passing tests never wait for it.
const PATIENCE: Duration = Duration::from_secs(20);

const CHANGES: &str = "subscription { friendsChanged { id friends(first: 10) { totalCount } friendRequests { id } } }";

type Told = BoxStream<'static, Value>;

/// Returns the number of friends and of requests in the next emission.
async fn told(stream: &mut Told) -> (i64, usize) {
    let answer = timeout(PATIENCE, stream.next()).await.expect("an emission").expect("the stream goes on");
    let own = &answer["data"]["friendsChanged"];
    let friends = own["friends"]["totalCount"].as_i64().unwrap_or_else(|| panic!("{answer:#}"));
    (friends, own["friendRequests"].as_array().unwrap().len())
}

/// A subgraph that publishes its events and receives nudges, as a serving one does.
async fn telling() -> Fixture {
    let fixture = Fixture::open().await;
    fixture.subgraph.publish();
    fixture.subgraph.run("serve");
    fixture
}

/// Subscribes. What changes before the subgraph listens is emitted as soon as it does.
async fn watch(fixture: &Fixture, caller: &Caller) -> Told {
    let mut stream = fixture.subgraph.stream(caller, CHANGES, json!({}));
    assert_eq!(told(&mut stream).await, (0, 0));
    stream
}

#[tokio::test]
async fn a_change_of_friends_is_emitted_to_both() {
    let fixture = telling().await;
    let (ada, eve) = (fixture.person("ada@example.org").await, fixture.person("eve@example.org").await);
    let nobody = fixture.subgraph.stream(&Caller::anonymous(), CHANGES, json!({})).next().await.unwrap();
    assert_eq!(refusal(&nobody).0, "UNAUTHENTICATED");
    let (mut to_ada, mut to_eve) = (watch(&fixture, &ada).await, watch(&fixture, &eve).await);

    send(&fixture, &ada, "eve@example.org").await;
    for stream in [&mut to_ada, &mut to_eve] {
        assert_eq!(told(stream).await, (0, 1));
    }

    let asked = requests(&fixture, &eve).await;
    fixture.subgraph.data(&eve, ACCEPT, json!({ "id": asked[0]["id"] })).await;
    for stream in [&mut to_ada, &mut to_eve] {
        assert_eq!(told(stream).await, (1, 0));
    }
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn no_emission_tells_a_sender_that_an_address_has_an_account_or_its_owner_declines() {
    let fixture = telling().await;
    let (ada, mallory) = (fixture.person("ada@example.org").await, fixture.person("mallory@example.org").await);
    let mut to_ada = watch(&fixture, &ada).await;
    send(&fixture, &ada, "eve@example.org").await;
    assert_eq!(told(&mut to_ada).await, (0, 1));

    let eve = fixture.person("eve@example.org").await;
    let asked = requests(&fixture, &eve).await;
    fixture.subgraph.data(&eve, DECLINE, json!({ "id": asked[0]["id"] })).await;
    fixture.subgraph.data(&eve, BLOCK, json!({ "id": id_of(&ada) })).await;

    // Only later events are expected below.
    fixture.subgraph.data(&mallory, SEND_TO, json!({ "id": id_of(&ada) })).await;
    assert_eq!(told(&mut to_ada).await, (0, 2));
    fixture.subgraph.close().await;
}
