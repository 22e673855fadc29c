//! Queries of payments, by persons and by the router.

use std::sync::atomic::Ordering;

use contracts::{PaymentId, UserId, testing::roster};
use kit::{
    Caller,
    testing::{person, through_router},
};
use serde_json::{Value, json};

use crate::fixture::Fixture;

const PAYMENT: &str = "query($id: ID!) { payment(id: $id) { amount { amount } } }";
const PAYMENTS: &str =
    "query($r: [_Any!]!) { _entities(representations: $r) { ... on Payment { id amount { amount } } } }";
const PAGES: &str = "query($r: [_Any!]!, $first: Int, $after: String) { _entities(representations: $r) { ... on Group {
    payments(first: $first, after: $after) { totalCount pageInfo { hasNextPage endCursor } edges { node { date } } } } } }";

#[tokio::test]
async fn a_payment_is_shown_to_its_group_only() {
    let mut fixture = Fixture::open().await;
    let id = fixture.record(0, fixture.cash("k")).await["id"].clone();
    fixture.leave(2);
    for user in 0..2 {
        let shown = fixture.subgraph.data(&fixture.caller(user), PAYMENT, json!({ "id": id })).await;
        assert_eq!(shown["payment"]["amount"]["amount"], "30.00");
    }
    for outsider in [fixture.caller(2), person(UserId::new())] {
        assert_eq!(fixture.subgraph.code(&outsider, PAYMENT, json!({ "id": id })).await, "PAYMENT_NOT_FOUND");
    }
    assert_eq!(fixture.subgraph.code(&fixture.caller(0), PAYMENT, json!({ "id": "none" })).await, "PAYMENT_NOT_FOUND");
    for id in [id, json!(PaymentId::new().to_string())] {
        assert_eq!(fixture.subgraph.code(&Caller::anonymous(), PAYMENT, json!({ "id": id })).await, "UNAUTHENTICATED");
    }
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn the_router_gets_payments_that_the_caller_may_see() {
    let fixture = Fixture::open().await;
    let mut asked = Vec::new();
    for key in ["a", "b"] {
        asked.push(payment(&fixture.record(0, fixture.cash(key)).await["id"]));
    }
    asked.extend([payment(&json!(PaymentId::new().to_string())), payment(&json!("?"))]);
    fixture.groups.asked.store(0, Ordering::SeqCst);
    let answer = fixture.subgraph.data(&fixture.router(1), PAYMENTS, json!({ "r": asked })).await;
    let entities = answer["_entities"].as_array().unwrap();
    assert_eq!((&entities[0]["id"], &entities[1]["id"]), (&asked[0]["id"], &asked[1]["id"]));
    assert_eq!((&entities[2], &entities[3]), (&Value::Null, &Value::Null));
    assert_eq!(fixture.groups.asked.load(Ordering::SeqCst), 1);

    let stranger = through_router(person(UserId::new()));
    let answer = fixture.subgraph.data(&stranger, PAYMENTS, json!({ "r": asked })).await;
    assert_eq!(answer["_entities"], json!([null, null, null, null]));
    for caller in [fixture.caller(1), Caller::anonymous(), through_router(Caller::anonymous())] {
        assert_eq!(fixture.subgraph.code(&caller, PAYMENTS, json!({ "r": asked })).await, "UNAUTHENTICATED");
    }
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn payments_are_paged_the_latest_first() {
    let fixture = Fixture::open().await;
    for day in ["2026-03-02", "2026-03-04", "2026-03-01", "2026-03-03", "2026-03-04"] {
        let key = format!("{day} {}", PaymentId::new());
        fixture.record(0, fixture.cash_with(&key, &json!({ "date": day }))).await;
    }
    let (mut days, mut after) = (Vec::new(), Value::Null);
    loop {
        let page = page(&fixture, &json!({ "r": [fixture.represented()], "first": 2, "after": after })).await;
        assert_eq!(page["totalCount"], 5);
        days.extend(page["edges"].as_array().unwrap().iter().map(|edge| edge["node"]["date"].clone()));
        if page["pageInfo"]["hasNextPage"] == false {
            break;
        }
        after = page["pageInfo"]["endCursor"].clone();
    }
    assert_eq!(days, ["2026-03-04", "2026-03-04", "2026-03-03", "2026-03-02", "2026-03-01"]);
    let all = page(&fixture, &json!({ "r": [fixture.represented()] })).await;
    assert_eq!(all["edges"].as_array().unwrap().len(), 5);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn many_groups_take_one_query_and_show_only_their_own() {
    let fixture = Fixture::open().await;
    fixture.record(0, fixture.cash("k")).await;
    let (other, foreign) = (roster(&fixture.users[..1], 1), roster(&[UserId::new()], 1));
    let ids = [&fixture.group, &other, &foreign].map(|roster| roster.group_id.to_string());
    fixture.groups.fixed.put(other);
    fixture.groups.fixed.put(foreign);
    let asked: Vec<_> = ids.iter().map(|id| json!({ "__typename": "Group", "id": id })).collect();
    fixture.groups.asked.store(0, Ordering::SeqCst);
    let answer = fixture.subgraph.data(&fixture.router(0), PAGES, json!({ "r": asked })).await;
    let counts: Vec<_> = (0..3).map(|place| answer["_entities"][place]["payments"]["totalCount"].clone()).collect();
    assert_eq!(counts, [json!(1), json!(0), Value::Null]);
    assert_eq!(answer["_entities"][2], Value::Null);
    assert_eq!(fixture.groups.asked.load(Ordering::SeqCst), 1);
    fixture.subgraph.close().await;
}

async fn page(fixture: &Fixture, variables: &Value) -> Value {
    fixture.subgraph.data(&fixture.router(0), PAGES, variables.clone()).await["_entities"][0]["payments"].take()
}

fn payment(id: &Value) -> Value {
    json!({ "__typename": "Payment", "id": id })
}
