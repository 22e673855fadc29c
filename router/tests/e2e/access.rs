//! Who may see what: at the router, and at every subgraph past the router.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use serde_json::{Value, json};

use crate::{
    person::{GROUP, Person, code},
    stack::{ROUTER_KEY, Stack},
    trip::{Trip, create_expense},
};

const SUBGRAPHS: &[(&str, &str)] =
    &[("users", "User"), ("groups", "Group"), ("expenses", "Group"), ("payments", "Group"), ("reports", "Group")];

/// Tokens that must not count: nonsense, another's claims under Ada's signature, no signature at all.
fn broken_tokens(token: &str) -> Vec<String> {
    let parts: Vec<&str> = token.split('.').collect();
    let mut claims: Value = serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(parts[1]).unwrap()).unwrap();
    claims["sub"] = json!(uuid::Uuid::now_v7().to_string());
    let forged = BASE64_URL_SAFE_NO_PAD.encode(claims.to_string());
    let none = BASE64_URL_SAFE_NO_PAD.encode(json!({ "alg": "none", "typ": "JWT" }).to_string());
    vec![
        "nonsense".to_owned(),
        format!("{}.{forged}.{}", parts[0], parts[2]),
        format!("{none}.{}.", parts[1]),
        format!("{}.{}.", parts[0], parts[1]),
    ]
}

#[tokio::test]
async fn the_router_tells_strangers_nothing() {
    let stack = Stack::start().await;
    let trip = Trip::of(&stack, &["Ada", "Ben"]).await;
    let eve = stack.register("Eve").await;
    let group = format!("query($id: ID!) {{ group(id: $id) {{ {GROUP} }} }}");
    let id = json!({ "id": trip.id });

    assert_eq!(eve.code(&group, id.clone()).await, "GROUP_NOT_FOUND");
    assert_eq!(eve.code(&group, json!({ "id": uuid::Uuid::now_v7().to_string() })).await, "GROUP_NOT_FOUND");
    assert_eq!(eve.code(&create_expense(), json!({ "input": trip.expense(0, "1.00", "k") })).await, "GROUP_NOT_FOUND");
    assert_eq!(eve.watch(&trip.id).await.refusal().await, "GROUP_NOT_FOUND");

    let nobody = Person::nobody(&stack);
    assert_eq!(nobody.code(&group, id.clone()).await, "UNAUTHENTICATED");
    assert_eq!(nobody.code("{ me { id } }", json!({})).await, "UNAUTHENTICATED");
    assert_eq!(nobody.watch(&trip.id).await.refusal().await, "UNAUTHENTICATED");

    for token in broken_tokens(trip.people[0].token.as_ref().unwrap()) {
        let broken = nobody.with_token(&token);
        assert_eq!(broken.code(&group, id.clone()).await, "UNAUTHENTICATED", "{token}");
        assert_eq!(broken.watch(&trip.id).await.refusal().await, "UNAUTHENTICATED", "{token}");
    }
}

#[tokio::test]
async fn every_subgraph_checks_again() {
    let stack = Stack::start().await;
    let trip = Trip::of(&stack, &["Ada", "Ben"]).await;
    let eve = stack.register("Eve").await;
    let nobody = Person::nobody(&stack);
    let router_key = [("x-router-key", ROUTER_KEY)];
    for (name, entity) in SUBGRAPHS {
        let url = stack.url(name, "/graphql");
        let id = if *entity == "User" { json!(uuid::Uuid::now_v7().to_string()) } else { json!(trip.id) };
        let asked = json!({ "r": [{ "__typename": entity, "id": id }] });
        let query = format!("query($r: [_Any!]!) {{ _entities(representations: $r) {{ ... on {entity} {{ id }} }} }}");

        let past_the_router = trip.people[0].ask_subgraph(&url, &query, asked.clone(), &[]).await;
        assert_eq!(code(&past_the_router), "UNAUTHENTICATED", "{name}");
        let wrong_key = [("x-router-key", "another key than the router's own")];
        let forged = trip.people[0].ask_subgraph(&url, &query, asked.clone(), &wrong_key).await;
        assert_eq!(code(&forged), "UNAUTHENTICATED", "{name}");
        let anonymous = nobody.ask_subgraph(&url, &query, asked.clone(), &router_key).await;
        let nothing = anonymous["data"]["_entities"] == json!([null]) || code(&anonymous) == "UNAUTHENTICATED";
        assert!(nothing, "{name}: {anonymous:#}");
        let stranger = eve.ask_subgraph(&url, &query, asked.clone(), &router_key).await;
        assert_eq!(stranger["data"]["_entities"], json!([null]), "{name}: {stranger:#}");
        for token in broken_tokens(trip.people[0].token.as_ref().unwrap()) {
            let broken = nobody.with_token(&token).ask_subgraph(&url, &query, asked.clone(), &router_key).await;
            assert_eq!(code(&broken), "UNAUTHENTICATED", "{name}");
        }
    }
}

#[tokio::test]
async fn subgraphs_refuse_operations_past_the_router_as_the_router_does() {
    let stack = Stack::start().await;
    let trip = Trip::of(&stack, &["Ada", "Ben"]).await;
    let eve = stack.register("Eve").await;
    let nobody = Person::nobody(&stack);
    let create = "mutation($input: CreateExpenseInput!) { createExpense(input: $input) { id } }";
    let pay = "mutation($input: RecordPaymentInput!) { recordPayment(input: $input) { id } }";
    let draft = "mutation($id: ID!) { draftExpense(groupId: $id, text: \"Dinner 30\") { id } }";
    let payment = json!({ "input": {
        "groupId": trip.id, "fromMemberId": trip.members[0], "toMemberId": trip.members[1],
        "amount": { "amount": "1.00", "currency": "EUR" }, "idempotencyKey": "k",
    } });
    let operations = [
        ("groups", "query($id: ID!) { group(id: $id) { id } }", json!({ "id": trip.id })),
        ("expenses", create, json!({ "input": trip.expense(0, "1.00", "k") })),
        ("expenses", draft, json!({ "id": trip.id })),
        ("payments", pay, payment),
    ];
    for (name, query, variables) in operations {
        let url = stack.url(name, "/graphql");
        let stranger = eve.ask_subgraph(&url, query, variables.clone(), &[]).await;
        assert_eq!(code(&stranger), "GROUP_NOT_FOUND", "{name}");
        let anonymous = nobody.ask_subgraph(&url, query, variables, &[]).await;
        assert_eq!(code(&anonymous), "UNAUTHENTICATED", "{name}");
    }
    let me = nobody.ask_subgraph(&stack.url("users", "/graphql"), "{ me { id } }", json!({}), &[]).await;
    assert_eq!(code(&me), "UNAUTHENTICATED");
}

#[tokio::test]
async fn who_has_left_sees_but_does_not_change() {
    let stack = Stack::start().await;
    let trip = Trip::of(&stack, &["Ada", "Ben", "Cleo"]).await;
    trip.spend(0, "30.00", "k").await;
    let mut cleo = trip.people[2].watch(&trip.id).await;
    cleo.group_at(1).await;
    let leave = "mutation($id: ID!) { leaveGroup(groupId: $id) }";
    trip.people[2].data(leave, json!({ "id": trip.id })).await;

    let message = loop {
        let message = cleo.message().await;
        if message["type"] != "next" || message["payload"]["errors"].is_array() {
            break message;
        }
    };
    assert_ne!(message["payload"]["data"]["groupMoved"]["id"], json!(trip.id), "the stream ends");
    assert_eq!(crate::trip::balance(&trip.group(2).await, "Cleo"), "-10.00");
    let again = json!({ "input": trip.expense(2, "1.00", "k2") });
    assert_eq!(trip.people[2].code(&create_expense(), again).await, "NOT_ALLOWED");
    let named = json!({ "input": trip.expense(0, "1.00", "k3") });
    assert_eq!(trip.people[0].code(&create_expense(), named).await, "VALIDATION", "who has left gets no new share");
}
