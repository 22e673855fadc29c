//! One subgraph is down: the others continue to work, and no response contains wrong data.

use rustix::process::Signal;
use serde_json::{Value, json};

use crate::{
    person::GROUP,
    stack::{ROUTER_KEY, Stack, eventually},
    trip::{Trip, balance, create_expense},
};

const WITH_REPORT: &str = "mutation($input: CreateExpenseInput!) { createExpense(input: $input) {
    id total { amount } group { id name balances { net { amount } } report { upToVersion } members { name user { id name } } } } }";

fn errors(answer: &Value) -> usize {
    answer["errors"].as_array().map_or(0, Vec::len)
}

async fn create(trip: &Trip, key: &str) -> Value {
    trip.people[0].ask(WITH_REPORT, json!({ "input": trip.expense(0, "100.00", key) })).await
}

#[tokio::test]
async fn a_saved_expense_is_answered_while_another_subgraph_is_down() {
    let mut stack = Stack::start().await;
    let trip = Trip::of(&stack, &["Ada", "Ben"]).await;

    stack.kill("payments").await;
    let answer = create(&trip, "without payments").await;
    let saved = &answer["data"]["createExpense"];
    assert_eq!(saved["total"]["amount"], "100.00", "{answer:#}");
    assert_eq!(saved["group"]["balances"], Value::Null);
    assert_eq!(saved["group"]["name"], "Trip");
    assert!(errors(&answer) > 0 && !answer["errors"].to_string().contains("127.0.0.1"), "{answer:#}");
    stack.restart("payments").await;

    stack.kill("reports").await;
    let answer = create(&trip, "without reports").await;
    let saved = &answer["data"]["createExpense"];
    assert_eq!(saved["group"]["report"], Value::Null, "{answer:#}");
    assert_eq!(saved["group"]["balances"].as_array().map(Vec::len), Some(2), "{answer:#}");
    assert!(errors(&answer) > 0);
    stack.restart("reports").await;

    stack.kill("users").await;
    let answer = create(&trip, "without users").await;
    let saved = &answer["data"]["createExpense"];
    assert_eq!(saved["total"]["amount"], "100.00", "{answer:#}");
    assert_eq!(saved["group"]["members"][0]["name"], "Ada", "groups has names of its own");
    assert_eq!(saved["group"]["members"][0]["user"]["name"], Value::Null);
    assert!(errors(&answer) > 0);
    stack.restart("users").await;

    // Payments knows all expenses, including the one that was created while payments was down.
    assert_eq!(balance(&trip.group(1).await, "Ben"), "-150.00");
}

#[tokio::test]
async fn without_groups_nothing_is_saved() {
    let mut stack = Stack::start().await;
    let trip = Trip::of(&stack, &["Ada", "Ben"]).await;
    stack.kill("groups").await;
    assert_asks_for_another_try(&trip).await;
    stack.restart("groups").await;
    // It still runs, but takes longer than anybody waits.
    stack.signal("groups", Signal::STOP);
    assert_asks_for_another_try(&trip).await;
    stack.signal("groups", Signal::CONT);
    assert_eq!(trip.group(0).await["ledgerVersion"], 0);
    assert_eq!(trip.group(0).await["balances"], json!([]));
}

/// Asserts that an expense is refused with a code after which an app tries again.
async fn assert_asks_for_another_try(trip: &Trip) {
    let answer = trip.people[0].ask(&create_expense(), json!({ "input": trip.expense(0, "100.00", "k") })).await;
    assert!(answer["data"].is_null() || answer["data"]["createExpense"].is_null(), "{answer:#}");
    assert_eq!(answer["errors"][0]["extensions"]["code"], "SERVICE_UNAVAILABLE", "{answer:#}");
}

#[tokio::test]
async fn without_expenses_no_balance_is_shown_rather_than_a_wrong_one() {
    let mut stack = Stack::start().await;
    let trip = Trip::of(&stack, &["Ada", "Ben"]).await;
    trip.spend(0, "100.00", "k").await;
    stack.kill("expenses").await;
    let query = format!("query($id: ID!) {{ group(id: $id) {{ {GROUP} name payments {{ totalCount }} }} }}");
    let answer = trip.people[1].ask(&query, json!({ "id": trip.id })).await;
    let group = &answer["data"]["group"];
    for field in ["balances", "settlement", "ledgerVersion"] {
        assert_eq!(group[field], Value::Null, "{answer:#}");
    }
    assert_eq!((&group["name"], &group["payments"]["totalCount"]), (&json!("Trip"), &json!(0)), "{answer:#}");
    assert!(errors(&answer) > 0);
    stack.restart("expenses").await;
    eventually("the balance is back", async || {
        let answer = trip.people[1].ask(&query, json!({ "id": trip.id })).await;
        let group = &answer["data"]["group"];
        (!group["balances"].is_null()).then(|| assert_eq!(balance(group, "Ben"), "-50.00"))
    })
    .await;
}

#[tokio::test]
async fn payments_refuses_without_what_it_requires() {
    let stack = Stack::start().await;
    let trip = Trip::of(&stack, &["Ada", "Ben"]).await;
    trip.spend(0, "100.00", "k").await;
    let query = "query($r: [_Any!]!) { _entities(representations: $r) { ... on Group { balances { net { amount } } settlement { minimal } ledgerVersion } } }";
    let bare = json!({ "__typename": "Group", "id": trip.id });
    let with_null = json!({ "__typename": "Group", "id": trip.id, "simplify": true, "expenseNets": null });
    for representation in [bare, with_null] {
        let url = stack.url("payments", "/graphql");
        let headers = [("x-router-key", ROUTER_KEY)];
        let asked = json!({ "r": [representation] });
        let answer = trip.people[0].ask_subgraph(&url, query, asked, &headers).await;
        let group = &answer["data"]["_entities"][0];
        assert!(group.is_null() || group["balances"].is_null(), "{answer:#}");
        assert!(errors(&answer) > 0, "{answer:#}");
    }
}
