//! Subscriptions to groups.

use std::{sync::atomic::Ordering, time::Duration};

use contracts::UserId;
use futures::{
    StreamExt,
    stream::{self, BoxStream},
};
use kit::{Caller, testing::person};
use serde_json::{Value, json};
use tokio::time::timeout;

use crate::fixture::Fixture;

const MOVED: &str = "subscription($id: ID!) { groupMoved(groupId: $id) { id payments { totalCount } } }";
/// A timeout long enough for a slow machine; passing tests never wait for it.
const PATIENCE: Duration = Duration::from_secs(20);
/// Several heartbeats.
const A_WHILE: Duration = Duration::from_millis(300);

fn watch(fixture: &Fixture, caller: &Caller) -> BoxStream<'static, Value> {
    fixture.subgraph.stream(caller, MOVED, json!({ "id": fixture.group.group_id.to_string() }))
}

async fn next(stream: &mut BoxStream<'static, Value>) -> Option<Value> {
    timeout(PATIENCE, stream.next()).await.expect("the stream goes on or ends")
}

/// Returns the number of payments in the emitted group.
async fn count(stream: &mut BoxStream<'static, Value>) -> i64 {
    let answer = next(stream).await.expect("the stream goes on");
    answer["data"]["groupMoved"]["payments"]["totalCount"].as_i64().unwrap_or_else(|| panic!("{answer:#}"))
}

/// Starts everything that runs in the background of a service.
fn run(fixture: &Fixture) {
    fixture.subgraph.publish();
    fixture.subgraph.run("serve");
}

#[tokio::test]
async fn only_members_subscribe_to_a_group() {
    let mut fixture = Fixture::open().await;
    fixture.leave(2);
    let cases = [
        (Caller::anonymous(), "UNAUTHENTICATED"),
        (person(UserId::new()), "GROUP_NOT_FOUND"),
        (fixture.caller(2), "GROUP_NOT_FOUND"),
    ];
    for (caller, code) in cases {
        let mut stream = watch(&fixture, &caller);
        assert_eq!(next(&mut stream).await.unwrap()["errors"][0]["extensions"]["code"], code);
        assert_eq!(next(&mut stream).await, None);
    }
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_group_is_emitted_at_once_and_after_a_payment() {
    let fixture = Fixture::open().await;
    run(&fixture);
    let mut stream = watch(&fixture, &fixture.caller(2));
    assert_eq!(count(&mut stream).await, 0);
    // A new subscription emits once after connecting, because changes may have been missed.
    assert_eq!(count(&mut stream).await, 0);
    fixture.record(0, fixture.cash("a")).await;
    assert_eq!(count(&mut stream).await, 1);
    fixture.record(0, fixture.cash("b")).await;
    assert_eq!(count(&mut stream).await, 2);
    drop(stream);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn an_unchanged_group_is_not_emitted_again() {
    let fixture = Fixture::open().await;
    let mut stream = watch(&fixture, &fixture.caller(0));
    assert_eq!(count(&mut stream).await, 0);
    assert!(timeout(A_WHILE, stream.next()).await.is_err());
    assert!(fixture.groups.asked.load(Ordering::SeqCst) > 1, "the heart has beaten");
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn the_stream_ends_when_the_member_leaves() {
    let mut fixture = Fixture::open().await;
    let mut stream = watch(&fixture, &fixture.caller(2));
    assert_eq!(count(&mut stream).await, 0);
    fixture.leave(2);
    assert_eq!(next(&mut stream).await, None);

    // A member who is removed from the roster altogether.
    let mut stream = watch(&fixture, &fixture.caller(1));
    assert_eq!(count(&mut stream).await, 0);
    fixture.group.members[1].user_id = None;
    fixture.groups.fixed.put(fixture.group.clone());
    assert_eq!(next(&mut stream).await, None);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn nothing_is_emitted_while_groups_is_unreachable() {
    let fixture = Fixture::open().await;
    let mut stream = watch(&fixture, &fixture.caller(0));
    assert_eq!(count(&mut stream).await, 0);
    fixture.groups.down.store(true, Ordering::SeqCst);
    run(&fixture);
    assert!(timeout(A_WHILE, stream.next()).await.is_err());
    fixture.groups.down.store(false, Ordering::SeqCst);
    assert_eq!(count(&mut stream).await, 0);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_subscription_waits_for_a_subgraph_that_is_away() {
    let fixture = Fixture::open().await;
    fixture.groups.down.store(true, Ordering::SeqCst);
    let mut stream = watch(&fixture, &fixture.caller(0));
    assert!(timeout(A_WHILE, stream.next()).await.is_err());
    fixture.groups.down.store(false, Ordering::SeqCst);
    assert_eq!(count(&mut stream).await, 0);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn an_emission_without_expenses_is_repeated_once_they_are_back() {
    let fixture = Fixture::open().await;
    fixture.ledgers.down.store(true, Ordering::SeqCst);
    let mut stream = watch(&fixture, &fixture.caller(0));
    assert_eq!(count(&mut stream).await, 0);
    assert!(timeout(A_WHILE, stream.next()).await.is_err());
    fixture.ledgers.down.store(false, Ordering::SeqCst);
    assert_eq!(count(&mut stream).await, 0);
    assert!(timeout(A_WHILE, stream.next()).await.is_err(), "once");
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_change_without_a_nudge_is_emitted_on_the_next_heartbeat() {
    let mut fixture = Fixture::open().await;
    let mut stream = watch(&fixture, &fixture.caller(0));
    assert_eq!(count(&mut stream).await, 0);
    fixture.record(0, fixture.cash("a")).await;
    assert_eq!(count(&mut stream).await, 1);
    fixture.ledgers.set_version(fixture.group.group_id, 7);
    assert_eq!(count(&mut stream).await, 1);
    fixture.group.version += 1;
    fixture.groups.fixed.put(fixture.group.clone());
    assert_eq!(count(&mut stream).await, 1);
    assert!(timeout(A_WHILE, stream.next()).await.is_err());
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_push_carries_balances_and_settlement_even_while_expenses_is_away() {
    const WHOLE: &str = "subscription($id: ID!) { groupMoved(groupId: $id) { version simplify ledgerVersion
        balances { member { name } net { amount } }
        settlement { transfers { from { name } to { name } amount { amount } } } } }";
    let fixture = Fixture::open().await;
    let (ada, ben) = (fixture.member(0), fixture.member(1));
    fixture.ledgers.set(fixture.group.group_id, &[(ben, ada, 33_33, "EUR")]);
    let subscribe = || {
        let id = json!({ "id": fixture.group.group_id.to_string() });
        fixture.subgraph.stream(&fixture.caller(0), WHOLE, id)
    };
    let names: Vec<&str> = fixture.group.members.iter().map(|member| member.name.as_str()).collect();
    let group = next(&mut subscribe()).await.unwrap()["data"]["groupMoved"].take();
    assert_eq!((&group["version"], &group["ledgerVersion"]), (&json!(fixture.group.version), &json!(1)));
    let rows = group["balances"].as_array().unwrap();
    let row = |place: usize, net: &str| json!({ "member": { "name": names[place] }, "net": { "amount": net } });
    assert!(rows.contains(&row(0, "33.33")) && rows.contains(&row(1, "-33.33")), "{rows:?}");
    let transfer =
        json!([{ "from": { "name": names[1] }, "to": { "name": names[0] }, "amount": { "amount": "33.33" } }]);
    assert_eq!(group["settlement"]["transfers"], transfer);

    fixture.ledgers.down.store(true, Ordering::SeqCst);
    let mut stream = subscribe();
    let answer = next(&mut stream).await.unwrap();
    assert_eq!(answer["errors"][0]["extensions"]["code"], "SERVICE_UNAVAILABLE", "{answer:#}");
    let partly = &answer["data"]["groupMoved"];
    assert_eq!((&partly["version"], &partly["balances"]), (&group["version"], &Value::Null));
    fixture.ledgers.down.store(false, Ordering::SeqCst);
    assert_eq!(next(&mut stream).await.unwrap()["data"]["groupMoved"], group);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn what_a_push_has_for_the_router_is_refused_to_members() {
    const NETS: &str =
        "subscription($id: ID!) { groupMoved(groupId: $id) { expenseNets { version nets { amount } } } }";
    let fixture = Fixture::open().await;
    let id = json!({ "id": fixture.group.group_id.to_string() });
    let mut stream = fixture.subgraph.stream(&fixture.caller(0), NETS, id.clone());
    assert_eq!(next(&mut stream).await.unwrap()["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
    let mut stream = fixture.subgraph.stream(&fixture.router(0), NETS, id);
    let nets = json!({ "version": 0, "nets": [] });
    assert_eq!(next(&mut stream).await.unwrap()["data"]["groupMoved"]["expenseNets"], nets);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn subscribers_of_a_group_share_one_roster_request() {
    let fixture = Fixture::open().await;
    run(&fixture);
    let mut streams: Vec<_> = (0..60).map(|place| watch(&fixture, &fixture.caller(place % 3))).collect();
    let mut heard = stream::FuturesUnordered::new();
    for stream in &mut streams {
        heard.push(async move { while count(stream).await < 1 {} });
    }
    let settled = async { while heard.next().await.is_some() {} };
    let recording = async {
        tokio::time::sleep(A_WHILE).await;
        fixture.groups.asked.store(0, Ordering::SeqCst);
        fixture.record(0, fixture.cash("a")).await;
    };
    timeout(PATIENCE, async { tokio::join!(settled, recording) }).await.expect("everybody hears of it");
    let asked = fixture.groups.asked.load(Ordering::SeqCst);
    assert!(asked < 60, "{asked} questions for 60 watchers");
    drop(heard);
    drop(streams);
    fixture.subgraph.close().await;
}
