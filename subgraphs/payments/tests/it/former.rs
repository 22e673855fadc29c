//! What former members can still do: settle their own balance.

use contracts::GroupId;
use serde_json::json;

use crate::fixture::{Fixture, RECORD};

/// A group in which the second user owes the first 30.00 and the third 3.00, and has left.
async fn left_with_debts() -> Fixture {
    let mut fixture = Fixture::open().await;
    fixture.past.set(&[(fixture.member(0), 30_00), (fixture.member(1), -33_00), (fixture.member(2), 3_00)]);
    fixture.leave(1);
    fixture
}

fn refused(field: &str) -> (String, String) {
    ("VALIDATION".to_owned(), field.to_owned())
}

#[tokio::test]
async fn a_former_member_pays_at_most_the_open_balance() {
    let fixture = left_with_debts().await;
    let own = fixture.caller(1);
    let paid = fixture.record(1, fixture.cash("k")).await;
    assert_eq!(
        (&paid["status"], &paid["createdBy"]["id"]),
        (&json!("PROCESSED"), &json!(fixture.member(1).to_string()))
    );
    // A repeated request returns the same payment, although less is open now.
    assert_eq!(fixture.record(1, fixture.cash("k")).await["id"], paid["id"]);

    // 3.00 are left: 30.00 is too much, and so is any payment in the other direction.
    assert_eq!(fixture.refusal(&own, fixture.cash("again")).await, refused("input.amount.amount"));
    let member = |place: usize| fixture.member(place).to_string();
    let received = json!({ "fromMemberId": member(0), "toMemberId": member(1) });
    assert_eq!(fixture.refusal(&own, fixture.cash_with("r", &received)).await, refused("input.amount.amount"));
    let dollars = json!({ "amount": { "amount": "1.00", "currency": "USD" } });
    assert_eq!(fixture.refusal(&own, fixture.cash_with("d", &dollars)).await, refused("input.amount.amount"));
    let of_others = json!({ "fromMemberId": member(2), "toMemberId": member(0) });
    assert_eq!(fixture.refusal(&own, fixture.cash_with("o", &of_others)).await, refused("input.fromMemberId"));

    let rest = json!({ "toMemberId": member(2), "amount": { "amount": "3.00", "currency": "EUR" } });
    fixture.record(1, fixture.cash_with("rest", &rest)).await;
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_member_records_what_a_former_member_paid() {
    let fixture = left_with_debts().await;
    let paid = fixture.record(0, fixture.cash("k")).await;
    assert_eq!(paid["from"]["id"], fixture.member(1).to_string());
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_former_member_who_is_owed_records_received_payments() {
    let mut fixture = Fixture::open().await;
    fixture.past.set(&[(fixture.member(0), 30_00), (fixture.member(1), -30_00)]);
    fixture.leave(0);
    let paid = fixture.record(0, fixture.cash("k")).await;
    assert_eq!(paid["to"]["id"], fixture.member(0).to_string());
    assert_eq!(fixture.refusal(&fixture.caller(0), fixture.cash("more")).await, refused("input.amount.amount"));
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn former_members_see_nothing_else_and_archived_groups_take_nothing() {
    let mut fixture = left_with_debts().await;
    let explained = "query($r: [_Any!]!) { _entities(representations: $r) { ... on User {
        formerGroups { transfers { because { edges { node { amount { amount } } } } } } } } }";
    let user = json!({
        "__typename": "User",
        "id": fixture.users[1].to_string(),
        "memberships": [{ "groupId": fixture.group.group_id.to_string(), "memberId": fixture.member(1).to_string(),
            "name": "Trip", "simplify": true }],
        "expenseNets": [{ "groupId": fixture.group.group_id.to_string(), "nets": fixture.represented()["expenseNets"] }],
    });
    let code = fixture.subgraph.code(&fixture.router(1), explained, json!({ "r": [user] })).await;
    assert_eq!(code, "GROUP_NOT_FOUND");

    let elsewhere = fixture.cash_with("k", &json!({ "groupId": GroupId::new().to_string() }));
    assert_eq!(fixture.refusal(&fixture.caller(1), elsewhere).await.0, "GROUP_NOT_FOUND");
    fixture.group.archived = true;
    fixture.groups.fixed.put(fixture.group.clone());
    let archived = fixture.subgraph.code(&fixture.caller(1), RECORD, json!({ "input": fixture.cash("k") })).await;
    assert_eq!(archived, "GROUP_NOT_FOUND");
    fixture.subgraph.close().await;
}
