//! Watching a group.

use std::{
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use contracts::UserId;
use futures::{StreamExt, stream::BoxStream};
use kit::{Caller, Role, Subgraph, journal::Relay, testing::person};
use serde_json::{Value, json};
use tokio::time::timeout;
use tokio_util::sync::{CancellationToken, DropGuard};

use crate::house::House;

const MOVED: &str = "subscription($id: ID!) { groupMoved(groupId: $id) { id payments { totalCount } } }";
/// Long enough for a slow machine; no test waits for it when all is well.
const PATIENCE: Duration = Duration::from_secs(20);
/// Several heartbeats.
const A_WHILE: Duration = Duration::from_millis(300);

fn watch(house: &House, caller: &Caller) -> BoxStream<'static, Value> {
    house.bed.stream(caller, MOVED, json!({ "id": house.group.group_id.to_string() }))
}

async fn next(stream: &mut BoxStream<'static, Value>) -> Option<Value> {
    timeout(PATIENCE, stream.next()).await.expect("the stream goes on or ends")
}

/// How many payments the group that was sent has.
async fn count(stream: &mut BoxStream<'static, Value>) -> i64 {
    let answer = next(stream).await.expect("the stream goes on");
    answer["data"]["groupMoved"]["payments"]["totalCount"].as_i64().unwrap_or_else(|| panic!("{answer:#}"))
}

/// Everything that runs beside the requests, until dropped.
fn run(house: &House) -> DropGuard {
    let stop = CancellationToken::new();
    let parts = &house.bed.parts;
    let relay = Relay::new(Arc::clone(&parts.journal), parts.bus.clone());
    tokio::spawn(relay.run(stop.clone()));
    tokio::spawn(Arc::clone(&house.bed.subgraph).work(Role::Serve, parts.bus.clone(), stop.clone()));
    stop.drop_guard()
}

#[tokio::test]
async fn only_members_watch_a_group() {
    let mut house = House::open().await;
    house.leave(2);
    let cases = [
        (Caller::anonymous(), "UNAUTHENTICATED"),
        (person(UserId::new()), "GROUP_NOT_FOUND"),
        (house.caller(2), "NOT_ALLOWED"),
    ];
    for (caller, code) in cases {
        let mut stream = watch(&house, &caller);
        assert_eq!(next(&mut stream).await.unwrap()["errors"][0]["extensions"]["code"], code);
        assert_eq!(next(&mut stream).await, None);
    }
    house.bed.close().await;
}

#[tokio::test]
async fn a_group_is_sent_at_once_and_after_a_payment() {
    let house = House::open().await;
    let _running = run(&house);
    let mut stream = watch(&house, &house.caller(2));
    assert_eq!(count(&mut stream).await, 0);
    // Once connected, whatever may have moved before is sent.
    assert_eq!(count(&mut stream).await, 0);
    house.record(0, house.cash("a")).await;
    assert_eq!(count(&mut stream).await, 1);
    house.record(0, house.cash("b")).await;
    assert_eq!(count(&mut stream).await, 2);
    drop(stream);
    house.bed.close().await;
}

#[tokio::test]
async fn a_group_that_does_not_move_is_not_sent_again() {
    let house = House::open().await;
    let mut stream = watch(&house, &house.caller(0));
    assert_eq!(count(&mut stream).await, 0);
    assert!(timeout(A_WHILE, stream.next()).await.is_err());
    assert!(house.groups.asked.load(Ordering::SeqCst) > 1, "the heart has beaten");
    house.bed.close().await;
}

#[tokio::test]
async fn the_stream_ends_when_the_member_is_out() {
    let mut house = House::open().await;
    let mut stream = watch(&house, &house.caller(2));
    assert_eq!(count(&mut stream).await, 0);
    house.leave(2);
    assert_eq!(next(&mut stream).await, None);

    // Somebody who is removed altogether.
    let mut stream = watch(&house, &house.caller(1));
    assert_eq!(count(&mut stream).await, 0);
    house.group.members[1].user_id = None;
    house.groups.fixed.put(house.group.clone());
    assert_eq!(next(&mut stream).await, None);
    house.bed.close().await;
}

#[tokio::test]
async fn nothing_is_sent_while_nobody_says_who_is_in_the_group() {
    let house = House::open().await;
    let mut stream = watch(&house, &house.caller(0));
    assert_eq!(count(&mut stream).await, 0);
    house.groups.down.store(true, Ordering::SeqCst);
    let _running = run(&house);
    assert!(timeout(A_WHILE, stream.next()).await.is_err());
    house.groups.down.store(false, Ordering::SeqCst);
    assert_eq!(count(&mut stream).await, 0);
    house.bed.close().await;
}
