//! Regression tests for operations that earlier versions of the router's library answered wrongly.

use serde_json::json;

use crate::{
    installation::Quits,
    trip::{Trip, balance},
};

#[tokio::test]
async fn aliases_that_swap_field_names_are_resolved() {
    let quits = Quits::shared().await;
    let trip = Trip::of(&quits, &["Ada", "Ben"]).await;
    trip.spend(0, "10.00", "k").await;
    let query = "query($id: ID!) { group(id: $id) { id: name name: id balances { net { amount } } } }";
    let group = trip.people[0].data(query, json!({ "id": trip.id })).await["group"].take();
    assert_eq!((&group["id"], &group["name"]), (&json!("Trip"), &json!(trip.id)), "{group:#}");
    assert_eq!(group["balances"].as_array().map(Vec::len), Some(2), "{group:#}");
}

#[tokio::test]
async fn the_first_of_two_mutations_shows_only_its_own_effect() {
    let quits = Quits::shared().await;
    let trip = Trip::of(&quits, &["Ada", "Ben"]).await;
    let query = "mutation($e: CreateExpenseInput!, $p: RecordPaymentInput!) {
        e: createExpense(input: $e) { group { balances { member { name } net { amount } } } }
        p: recordPayment(input: $p) { group { balances { member { name } net { amount } } } } }";
    for number in 0..5 {
        let payment = json!({
            "groupId": trip.id, "fromMemberId": trip.members[1], "toMemberId": trip.members[0],
            "amount": { "amount": "5.00", "currency": "EUR" }, "idempotencyKey": format!("p{number}"),
        });
        let asked = json!({ "e": trip.expense(0, "10.00", &format!("e{number}")), "p": payment });
        let answer = trip.people[0].data(query, asked).await;
        assert_eq!(balance(&answer["e"]["group"], "Ada"), "5.00", "{answer:#}");
        assert_eq!(balance(&answer["p"]["group"], "Ada"), "0.00", "{answer:#}");
    }
}

#[tokio::test]
async fn a_one_of_input_in_a_variable_takes_one_field_only() {
    let quits = Quits::shared().await;
    let trip = Trip::of(&quits, &["Ada", "Ben"]).await;
    let mut input = trip.expense(0, "10.00", "k");
    input["split"]["weights"] = json!([{ "memberId": trip.members[0], "weight": "1" }]);
    let answer = trip.people[0].ask(&crate::trip::create_expense(), json!({ "input": input })).await;
    assert!(answer["errors"].is_array(), "{answer:#}");
    assert_eq!(trip.group(0).await["ledgerVersion"], 0, "nothing was saved");
}
