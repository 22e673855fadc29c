//! The router answers what was asked, where its library once did not.

use serde_json::json;

use crate::{
    installation::Quits,
    trip::{Trip, balance},
};

#[tokio::test]
async fn a_field_is_what_was_asked_for_whatever_it_is_called() {
    let quits = Quits::shared().await;
    let trip = Trip::of(&quits, &["Ada", "Ben"]).await;
    trip.spend(0, "10.00", "k").await;
    let query = "query($id: ID!) { group(id: $id) { id: name name: id balances { net { amount } } } }";
    let group = trip.people[0].data(query, json!({ "id": trip.id })).await["group"].take();
    assert_eq!((&group["id"], &group["name"]), (&json!("Trip"), &json!(trip.id)), "{group:#}");
    assert_eq!(group["balances"].as_array().map(Vec::len), Some(2), "{group:#}");
}

#[tokio::test]
async fn the_first_mutation_of_two_shows_its_own_effect_alone() {
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
async fn one_of_several_means_one_also_in_a_variable() {
    let quits = Quits::shared().await;
    let trip = Trip::of(&quits, &["Ada", "Ben"]).await;
    let mut input = trip.expense(0, "10.00", "k");
    input["split"]["weights"] = json!([{ "memberId": trip.members[0], "weight": "1" }]);
    let answer = trip.people[0].ask(&crate::trip::create_expense(), json!({ "input": input })).await;
    assert!(answer["errors"].is_array(), "{answer:#}");
    assert_eq!(trip.group(0).await["ledgerVersion"], 0, "nothing was saved");
}
