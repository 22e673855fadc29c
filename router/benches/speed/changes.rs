//! Creating expenses, next to the raw transaction with the same writes.

use std::time::{Duration, Instant};

use futures::future::join_all;
use serde_json::json;

use crate::{
    machine::{cpu, floor, ratio, shared, used},
    stack::Stack,
    trip::Trip,
};

const GROUPS: usize = 16;
const SECONDS: u64 = 10;
const CREATE: &str = "mutation($input: CreateExpenseInput!) { createExpense(input: $input) { id } }";

pub(crate) async fn measure(stack: &Stack) {
    let mut trips = Vec::new();
    for _ in 0..GROUPS {
        trips.push(Trip::of(stack, &["Ada", "Ben", "Cleo"]).await);
    }
    let many: Vec<&Trip> = trips.iter().collect();
    compare(stack, "groups", &many, GROUPS as u64).await;
    compare(stack, "group", &[&trips[0]; GROUPS], 1).await;
}

/// Measures floor, changes and floor again, and compares with the better floor.
async fn compare(stack: &Stack, name: &str, trips: &[&Trip], streams: u64) {
    let raw = || floor("raw_transaction", &[streams, SECONDS]);
    let first = raw();
    let before = cpu(stack);
    let created = create(stack, name, trips).await;
    let used = used(&before, &cpu(stack));
    let rate = created / SECONDS;
    let raw = first.max(raw());
    println!(
        "createExpense, {streams} {name}: {rate}/s, raw transaction {raw}/s, ratio {}; CPU each: {}",
        ratio(rate, raw),
        shared(&used, created)
    );
}

/// Creates expenses at the subgraph, one after the other for each of these. Returns how many.
async fn create(stack: &Stack, name: &str, trips: &[&Trip]) -> u64 {
    let (end, url) = (Instant::now() + Duration::from_secs(SECONDS), stack.url("expenses", "/graphql"));
    let created = join_all(trips.iter().enumerate().map(async |(client, trip)| {
        let mut created = 0;
        while Instant::now() < end {
            create_one(&url, trip, &format!("{name}{client}"), created).await;
            created += 1;
        }
        created
    }));
    created.await.into_iter().sum()
}

/// Creates an expense at this URL of the subgraph. It gets no advice: none of the same total has this description.
pub(crate) async fn create_one(url: &str, trip: &Trip, client: &str, number: u64) {
    let mut input = trip.expense(0, &format!("{}.00", number + 1), &format!("{client} {number}"));
    input["description"] = json!(client);
    let answer = trip.people[0].ask_subgraph(url, CREATE, json!({ "input": input }), &[]).await;
    assert!(answer["errors"].is_null(), "{answer:#}");
}
