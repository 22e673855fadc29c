//! An outage of the broker or a killed service loses nothing and only delays events.

use serde_json::{Value, json};

use crate::{
    stack::{Stack, eventually},
    trip::{Trip, balance},
};

const HISTORY: &str = "query($id: ID!) { group(id: $id) { report { upToVersion total { amount } }
    activity { totalCount edges { node { type } } } expenses { edges { node { advice { category } } } } } }";

async fn history(trip: &Trip) -> Value {
    trip.people[1].data(HISTORY, json!({ "id": trip.id })).await["group"].take()
}

/// Waits until report, advice and activity feed contain this number of expenses, each once.
async fn caught_up(trip: &Trip, expenses: usize) -> Value {
    eventually("the report catches up", async || {
        let group = history(trip).await;
        let total = json!([{ "amount": format!("{}.00", expenses * 100) }]);
        let edges = group["expenses"]["edges"].as_array().unwrap();
        // Of identical expenses the first gets advice on its category, and the others that they may be duplicates.
        let advised = edges.iter().filter(|edge| !edge["node"]["advice"].is_null()).count();
        // Creating the group, its invitation and joining are activities too: 3 more, which may arrive last.
        let told = group["activity"]["totalCount"] == 3 + expenses;
        (group["report"]["total"] == total && advised == expenses && told).then_some(group)
    })
    .await
}

#[tokio::test]
async fn without_the_broker_expenses_are_saved_and_reports_follow() {
    let stack = Stack::start().await;
    let trip = Trip::of(&stack, &["Ada", "Ben"]).await;
    trip.spend(0, "100.00", "before").await;
    caught_up(&trip, 1).await;
    let mut ben = trip.people[1].watch(&trip.id).await;
    ben.group_at(1).await;

    stack.broker.cut();
    let answer = trip.spend(0, "100.00", "while away").await;
    assert!(answer.get("errors").is_none(), "{answer:#}");
    assert_eq!(balance(&answer["data"]["createExpense"]["group"], "Ben"), "-100.00");

    stack.broker.mend();
    assert_eq!(balance(&ben.group_at(2).await, "Ben"), "-100.00", "open groups are pushed again");
    caught_up(&trip, 2).await;
}

#[tokio::test]
async fn a_killed_service_loses_nothing() {
    let mut stack = Stack::start().await;
    let trip = Trip::of(&stack, &["Ada", "Ben"]).await;
    for number in 0..5 {
        trip.spend(0, "100.00", &format!("k{number}")).await;
    }
    // Killed immediately, while most events are in the journal and not published yet.
    stack.kill("expenses").await;
    stack.restart("expenses").await;
    assert_eq!(balance(&trip.group(1).await, "Ben"), "-250.00");
    let group = caught_up(&trip, 5).await;
    let created = |edge: &&Value| edge["node"]["type"].as_str().is_some_and(|kind| kind.starts_with("expense.created"));
    assert_eq!(group["activity"]["edges"].as_array().unwrap().iter().filter(created).count(), 5);
}
