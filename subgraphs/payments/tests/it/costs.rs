//! What operations cost: commands to the database and questions to other subgraphs. A number here may fall; a change that
//! raises one makes the operation slower for everybody.

use std::sync::atomic::Ordering;

use futures::future::join_all;
use kit::testing::recorded_resources;
use payments::Services;
use serde_json::{Value, json};

use crate::fixture::{Fixture, config};

const BALANCES: &str = "query($r: [_Any!]!) { _entities(representations: $r) { ... on Group {
    balances { net { amount } } settlement { transfers { amount { amount } } } ledgerVersion } } }";

/// How many people watch the same group.
const WATCHERS: usize = 60;

#[tokio::test]
async fn the_balances_of_a_group_cost_one_read_and_one_question() {
    let (resources, commands) = recorded_resources::<Services>(config()).await;
    let fixture = Fixture::over(resources);
    fixture.record(0, fixture.cash("k")).await;
    commands.take();
    fixture.groups.asked.store(0, Ordering::SeqCst);
    let answer = fixture.subgraph.data(&fixture.router(0), BALANCES, json!({ "r": [fixture.represented()] })).await;
    assert_eq!(answer["_entities"][0]["ledgerVersion"], 5);
    assert_eq!(commands.take(), ["find"]);
    assert_eq!(fixture.groups.asked.load(Ordering::SeqCst), 1);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_payment_costs_five_commands() {
    let (resources, commands) = recorded_resources::<Services>(config()).await;
    let fixture = Fixture::over(resources);
    fixture.record(0, fixture.cash("first")).await;
    commands.take();
    fixture.record(0, fixture.cash("second")).await;
    assert_eq!(commands.take(), ["update", "insert", "insert", "insert", "commitTransaction"]);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn all_who_watch_a_group_share_reads() {
    let (resources, commands) = recorded_resources::<Services>(config()).await;
    let fixture = Fixture::over(resources);
    fixture.record(0, fixture.cash("k")).await;
    commands.take();
    let group = fixture.represented();
    let callers: Vec<_> = (0..WATCHERS).map(|number| fixture.router(number % 3)).collect();
    let asking = callers.iter().map(|caller| fixture.subgraph.data(caller, BALANCES, json!({ "r": [group] })));
    let answers: Vec<Value> = join_all(asking).await;
    assert!(answers.iter().all(|answer| *answer == answers[0] && !answer["_entities"][0].is_null()));
    let sent = commands.take();
    assert!(sent.len() < WATCHERS, "{} commands", sent.len());
    fixture.subgraph.close().await;
}
