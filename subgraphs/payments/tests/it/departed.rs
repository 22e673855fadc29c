//! What payments of others may do to the balance of somebody who has left.

use serde_json::{Value, json};

use crate::fixture::Fixture;

const EDIT: &str = "mutation($input: EditPaymentInput!) { editPayment(input: $input) { version } }";
const VOID: &str = "mutation($id: ID!) { voidPayment(id: $id) { status } }";
const DISPUTE: &str = "mutation($id: ID!) { disputePayment(id: $id, reason: \"not so\") { status } }";

fn amount(amount: &str) -> Value {
    json!({ "amount": { "amount": amount, "currency": "EUR" } })
}

async fn refuses(fixture: &Fixture, user: usize, input: Value) {
    assert_eq!(fixture.refusal(&fixture.caller(user), input).await.0, "NOT_ALLOWED");
}

/// Returns the new version, or the code of the refusal.
async fn edit(fixture: &Fixture, user: usize, id: &Value, version: i32, amount: Value) -> String {
    let input = json!({ "id": id, "expectedVersion": version, "amount": amount });
    let answer = fixture.subgraph.ask(&fixture.caller(user), EDIT, json!({ "input": input })).await;
    let edited = &answer["data"]["editPayment"]["version"];
    edited.as_i64().map_or_else(|| answer["errors"][0]["extensions"]["code"].to_string(), |version| version.to_string())
}

#[tokio::test]
async fn who_has_left_is_paid_at_most_what_is_owed() {
    let mut fixture = Fixture::open().await;
    fixture.past.set(&[(fixture.member(0), 30_00), (fixture.member(1), -30_00)]);
    fixture.leave(0);
    for too_much in ["1000000.00", "30.01"] {
        refuses(&fixture, 1, fixture.cash_with("k", &amount(too_much))).await;
        // Nor by somebody else, or in a currency in which nothing is owed.
        refuses(&fixture, 2, fixture.cash_with("k", &amount(too_much))).await;
    }
    let dollars = json!({ "amount": { "amount": "0.01", "currency": "USD" } });
    refuses(&fixture, 1, fixture.cash_with("k", &dollars)).await;
    assert!(fixture.subgraph.resources.journal.head(fixture.group.group_id.0).await.unwrap().is_none());

    let paid = fixture.record(1, fixture.cash("k")).await;
    assert_eq!(fixture.record(1, fixture.cash("k")).await["id"], paid["id"], "although nothing is owed any more");
    refuses(&fixture, 2, fixture.cash_with("more", &amount("0.01"))).await;
    let (id, euros) = (&paid["id"], |figure: &str| amount(figure)["amount"].clone());
    assert_eq!(edit(&fixture, 1, id, 1, euros("30.01")).await, "\"NOT_ALLOWED\"");
    assert_eq!(edit(&fixture, 1, id, 1, json!({ "amount": "30.00", "currency": "USD" })).await, "\"NOT_ALLOWED\"");
    assert_eq!(edit(&fixture, 1, id, 1, euros("20.00")).await, "2");
    assert_eq!(edit(&fixture, 1, id, 2, euros("30.00")).await, "3");
    let voided = fixture.subgraph.data(&fixture.caller(1), VOID, json!({ "id": id })).await;
    assert_eq!(voided["voidPayment"]["status"], "VOIDED", "who has left is owed it again");
    fixture.verify_documents().await;
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn what_was_settled_before_somebody_left_stays_settled() {
    let mut fixture = Fixture::open().await;
    fixture.past.set(&[(fixture.member(0), 30_00), (fixture.member(1), -30_00)]);
    let id = fixture.record(2, fixture.cash("k")).await["id"].take();
    fixture.leave(1);
    for by in [0, 2] {
        assert_eq!(edit(&fixture, by, &id, 1, amount("20.00")["amount"].clone()).await, "\"NOT_ALLOWED\"");
        assert_eq!(fixture.subgraph.code(&fixture.caller(by), VOID, json!({ "id": id })).await, "NOT_ALLOWED");
    }
    // The receiver can still say that it never came.
    let disputed = fixture.subgraph.data(&fixture.caller(0), DISPUTE, json!({ "id": id })).await;
    assert_eq!(disputed["disputePayment"]["status"], "DISPUTED");
    assert_eq!(edit(&fixture, 0, &id, 2, amount("40.00")["amount"].clone()).await, "3");
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn what_is_recorded_for_somebody_who_has_left_can_be_undone_and_not_be_taken_in_between() {
    let mut fixture = Fixture::open().await;
    fixture.past.set(&[(fixture.member(0), 30_00), (fixture.member(1), -30_00)]);
    fixture.leave(1);
    let id = fixture.record(2, fixture.cash_with("k", &amount("60.00"))).await["id"].take();
    let back = json!({ "fromMemberId": fixture.member(0).to_string(), "toMemberId": fixture.member(1).to_string() });
    refuses(&fixture, 0, fixture.cash_with("back", &back)).await;
    let voided = fixture.subgraph.data(&fixture.caller(0), VOID, json!({ "id": id })).await;
    assert_eq!(voided["voidPayment"]["status"], "VOIDED");
    fixture.subgraph.close().await;
}
