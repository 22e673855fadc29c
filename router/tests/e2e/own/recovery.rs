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
async fn where_those_that_serve_consume_too_reports_and_advice_follow() {
    let stack = Stack::start_small().await;
    let trip = Trip::of(&stack, &["Ada", "Ben"]).await;
    trip.spend(0, "100.00", "one process").await;
    caught_up(&trip, 1).await;
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

/// A table of Splitwise with this number of expenses of 10.00, which Ada paid for both.
fn table(rows: usize) -> String {
    let row = |number: usize| format!("2026-07-{:02},Coffee {number},Food,10.00,EUR,5.00,-5.00", number % 28 + 1);
    let rows: Vec<String> = (0..rows).map(row).collect();
    format!("Date,Description,Category,Cost,Currency,Ada,Ben\n{}", rows.join("\n"))
}

#[tokio::test]
async fn an_import_whose_process_is_killed_is_finished_by_its_successor() {
    const ROWS: usize = 300;
    let mut stack = Stack::start().await;
    let ada = stack.register("Ada").await;
    let import = "mutation($input: ImportInput!) { importLedger(input: $input) { expenses group { id } } }";
    let input =
        json!({ "format": "SPLITWISE_CSV", "content": table(ROWS), "idempotencyKey": "k", "groupName": "Flat" });
    let sent = json!({ "input": input });
    let moved = "subscription { importMoved(idempotencyKey: \"k\") { status entered } }";
    let mut progress = ada.subscribe(moved, json!({})).await;
    let (_, entered) = tokio::join!(ada.attempt(import, &sent), async {
        loop {
            let message = progress.message().await;
            assert_eq!(message["type"], "next", "{message:#}");
            let entered = message["payload"]["data"]["importMoved"]["entered"].as_u64().unwrap_or(0);
            if entered > 0 {
                stack.kill("expenses").await;
                return entered;
            }
        }
    });
    assert!(entered < ROWS as u64, "killed in the middle");
    stack.restart("expenses").await;

    let groups = "{ groups { edges { node { name expenses { totalCount } balances { net { amount } } } } } }";
    let found = eventually("the import is finished", async || {
        let answer = ada.attempt(groups, &json!({})).await?;
        let edges = answer["data"]["groups"]["edges"].as_array()?.clone();
        edges.into_iter().find(|edge| edge["node"]["expenses"]["totalCount"] == ROWS)
    })
    .await;
    let mut nets: Vec<&str> = found["node"]["balances"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["net"]["amount"].as_str().unwrap())
        .collect();
    nets.sort_unstable();
    assert_eq!(nets, ["-1500.00", "1500.00"]);
    assert!(stack.verify("expenses").await.0);
    let again = ada.data(import, sent).await;
    assert_eq!(again["importLedger"]["expenses"], ROWS, "sent again, it is the same import");
    assert_eq!(ada.data(groups, json!({})).await["groups"]["edges"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn due_expenses_are_entered_once_however_often_the_service_is_killed() {
    const DAYS: usize = 25;
    let mut stack = Stack::start().await;
    let trip = Trip::of(&stack, &["Ada", "Ben"]).await;
    let create = "mutation($input: CreateScheduleInput!) { createSchedule(input: $input) { id } }";
    let today: chrono::NaiveDate = kit::Clock::system().now().to_string()[..10].parse().unwrap();
    let start = today - chrono::Days::new(DAYS as u64 - 1);
    for number in 0..3 {
        let mut input = trip.expense(0, "10.00", &format!("k{number}"));
        let plan = json!({ "description": format!("Rent {number}"), "date": start.to_string(), "frequency": "DAILY",
            "until": today.to_string(), "timeZone": "UTC" });
        input.as_object_mut().unwrap().extend(plan.as_object().unwrap().clone());
        trip.people[0].data(create, json!({ "input": input })).await;
        stack.kill("expenses").await;
        stack.restart("expenses").await;
    }
    let list = "query($id: ID!) { group(id: $id) { expenses(first: 100) { totalCount edges { node { description date } } } } }";
    let edges = eventually("all due expenses are entered", async || {
        let answer = trip.people[1].attempt(list, &json!({ "id": trip.id })).await?;
        let expenses = &answer["data"]["group"]["expenses"];
        (expenses["totalCount"] == 3 * DAYS).then(|| expenses["edges"].as_array().unwrap().clone())
    })
    .await;
    let different: std::collections::BTreeSet<String> = edges.iter().map(|edge| edge["node"].to_string()).collect();
    assert_eq!(different.len(), 3 * DAYS, "each date of each schedule once");
    assert_eq!(balance(&trip.group(1).await, "Ben"), format!("-{}.00", 3 * DAYS * 5));
    assert!(stack.verify("expenses").await.0);
}
