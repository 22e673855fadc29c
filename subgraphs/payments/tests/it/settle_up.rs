//! Everything between two people is settled at once, atomically.

use contracts::{UserId, roster::Roster, testing::roster};
use kit::{Caller, testing::person};
use serde_json::{Value, json};

use crate::fixture::Fixture;

const SETTLE: &str = "mutation($user: ID!, $key: String!) { settleBetween(userId: $user, idempotencyKey: $key) {
    id group { id } from { id } to { id } amount { amount currency } method status createdBy { id } } }";

fn with(user: UserId, key: &str) -> Value {
    json!({ "user": user.to_string(), "key": key })
}

/// Two more groups of the same people. In the first of all three the second user owes the first 30.00 EUR and 500 JPY,
/// in the second the first owes the second 5.00 EUR, and in the third they are even.
async fn three_groups() -> (Fixture, [Roster; 2]) {
    let fixture = Fixture::open().await;
    let others = [roster(&fixture.users, 0), roster(&fixture.users, 0)];
    for group in &others {
        fixture.groups.fixed.put(group.clone());
    }
    let (first, second) = (fixture.member(0), fixture.member(1));
    let debts = [(second, first, 30_00, "EUR"), (second, first, 500, "JPY"), (fixture.member(2), first, 1_00, "EUR")];
    fixture.ledgers.set(fixture.group.group_id, &debts);
    let member = |place: usize| others[0].members[place].member_id;
    fixture.ledgers.set(others[0].group_id, &[(member(0), member(1), 5_00, "EUR")]);
    (fixture, others)
}

async fn settle(fixture: &Fixture, user: usize, other: usize, key: &str) -> Vec<Value> {
    let answer = fixture.subgraph.data(&fixture.caller(user), SETTLE, with(fixture.users[other], key)).await;
    answer["settleBetween"].as_array().unwrap().clone()
}

#[tokio::test]
async fn a_payment_is_recorded_for_every_transfer_between_the_two() {
    let (fixture, others) = three_groups().await;
    let payments = settle(&fixture, 0, 1, "k").await;
    let brief = |payment: &Value| {
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let (from, to) = (text(&payment["from"]["id"]), text(&payment["to"]["id"]));
        (text(&payment["group"]["id"]), from, to, text(&payment["amount"]["amount"]))
    };
    let mut recorded: Vec<_> = payments.iter().map(brief).collect();
    let (one, two) = (fixture.member(0).to_string(), fixture.member(1).to_string());
    let member = |place: usize| others[0].members[place].member_id.to_string();
    let group = fixture.group.group_id.to_string();
    let mut expected = vec![
        (group.clone(), two.clone(), one.clone(), "30.00".to_owned()),
        (group, two, one, "500".to_owned()),
        (others[0].group_id.to_string(), member(0), member(1), "5.00".to_owned()),
    ];
    recorded.sort();
    expected.sort();
    assert_eq!(recorded, expected);
    assert!(payments.iter().all(|payment| payment["status"] == "PROCESSED"));

    // The two are even now, whoever asks; the debts of the third person are unchanged.
    assert!(settle(&fixture, 1, 0, "other").await.is_empty());
    assert_eq!(settle(&fixture, 0, 2, "third").await.len(), 1);
    assert_eq!(settle(&fixture, 0, 1, "k").await, payments, "the same key gives the same payments");
    fixture.verify_documents().await;
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn what_is_not_as_seen_is_not_settled() {
    let (fixture, others) = three_groups().await;
    let query = "mutation($user: ID!, $expected: [ExpectedTransferInput!]) {
        settleBetween(userId: $user, expected: $expected, idempotencyKey: \"k\") { id } }";
    let seen = |group: &Roster, to_caller: bool, amount: &str, currency: &str| {
        json!({ "groupId": group.group_id.to_string(), "toCaller": to_caller,
            "amount": { "amount": amount, "currency": currency } })
    };
    let [first, second] = [seen(&fixture.group, true, "30.00", "EUR"), seen(&others[0], false, "5.00", "EUR")];
    let third = seen(&fixture.group, true, "500", "JPY");
    let code = async |expected: Value| {
        let variables = json!({ "user": fixture.users[1].to_string(), "expected": expected });
        fixture.subgraph.code(&fixture.caller(0), query, variables).await
    };
    let reversed = seen(&others[0], true, "5.00", "EUR");
    let smaller = seen(&fixture.group, true, "29.99", "EUR");
    for outdated in
        [json!([first, second]), json!([first, reversed, third]), json!([smaller, second, third]), json!([])]
    {
        assert_eq!(code(outdated).await, "STALE_VERSION");
    }
    assert_eq!(code(json!([seen(&fixture.group, true, "1.001", "EUR")])).await, "VALIDATION");
    assert!(fixture.subgraph.resources.journal.head(fixture.group.group_id.0).await.unwrap().is_none());
    let variables = json!({ "user": fixture.users[1].to_string(), "expected": [third, first, second] });
    let settled = fixture.subgraph.data(&fixture.caller(0), query, variables.clone()).await;
    assert_eq!(settled["settleBetween"].as_array().map(Vec::len), Some(3));
    assert_eq!(fixture.subgraph.data(&fixture.caller(0), query, variables).await, settled, "once");
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn two_who_settle_at_the_same_time_pay_once() {
    let (fixture, _) = three_groups().await;
    let both = tokio::join!(settle(&fixture, 0, 1, "a"), settle(&fixture, 1, 0, "b"), settle(&fixture, 0, 1, "a"));
    let recorded = [both.0.len(), both.1.len(), both.2.len()];
    assert!([[3, 0, 3], [0, 3, 0]].contains(&recorded), "{recorded:?}");
    let database = &fixture.subgraph.resources.database;
    let kept = database.collection::<mongodb::bson::Document>("payments");
    assert_eq!(kept.count_documents(mongodb::bson::doc! {}).await.unwrap(), 3);
    fixture.verify_documents().await;
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn an_archived_group_prevents_settling_all() {
    let (fixture, mut others) = three_groups().await;
    others[0].archived = true;
    fixture.groups.fixed.put(others[0].clone());
    let code = fixture.subgraph.code(&fixture.caller(0), SETTLE, with(fixture.users[1], "k")).await;
    assert_eq!(code, "NOT_ALLOWED");
    assert!(fixture.subgraph.resources.journal.head(fixture.group.group_id.0).await.unwrap().is_none());
    // An archived group in which they are even does not matter.
    others[0].archived = false;
    others[1].archived = true;
    for group in others {
        fixture.groups.fixed.put(group);
    }
    assert_eq!(settle(&fixture, 0, 1, "k").await.len(), 3);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn only_the_callers_own_debts_in_shared_groups_are_settled() {
    let (mut fixture, _) = three_groups().await;
    assert_eq!(
        fixture.subgraph.code(&Caller::anonymous(), SETTLE, with(fixture.users[1], "k")).await,
        "UNAUTHENTICATED"
    );
    let own = fixture.caller(0);
    for other in [fixture.users[0].to_string(), "?".to_owned()] {
        let answer = fixture.subgraph.ask(&own, SETTLE, json!({ "user": other, "key": "k" })).await;
        assert_eq!(answer["errors"][0]["extensions"]["field"], "userId", "{answer:#}");
    }
    let stranger = fixture.subgraph.data(&person(UserId::new()), SETTLE, with(fixture.users[0], "k")).await;
    assert_eq!(stranger["settleBetween"], json!([]));
    // A group that one of the two has left is no longer shared.
    fixture.leave(1);
    assert_eq!(settle(&fixture, 0, 1, "k").await.len(), 1);
    fixture.subgraph.close().await;
}
