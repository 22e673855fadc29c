//! Authorisation of each subgraph, tested directly, bypassing the router.

use serde_json::json;

use crate::{
    person::{Person, broken_tokens, code},
    stack::{ROUTER_KEY, Stack},
    trip::Trip,
};

const SUBGRAPHS: &[(&str, &str)] =
    &[("users", "User"), ("groups", "Group"), ("expenses", "Group"), ("payments", "Group"), ("reports", "Group")];

#[tokio::test]
async fn every_subgraph_checks_tokens_and_access_itself() {
    let stack = Stack::start().await;
    let trip = Trip::of(&stack, &["Ada", "Ben", "Left"]).await;
    let eve = stack.register("Eve").await;
    let left = &trip.people[2];
    left.data("mutation($id: ID!) { leaveGroup(groupId: $id) }", json!({ "id": trip.id })).await;
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
        for outsider in [&eve, left] {
            let seen = outsider.ask_subgraph(&url, &query, asked.clone(), &router_key).await;
            assert_eq!(seen["data"]["_entities"], json!([null]), "{name} asked by {}: {seen:#}", outsider.name);
        }
        for token in broken_tokens(trip.people[0].token.as_ref().unwrap()) {
            let broken = nobody.with_token(&token).ask_subgraph(&url, &query, asked.clone(), &router_key).await;
            assert_eq!(code(&broken), "UNAUTHENTICATED", "{name}");
        }
    }
}

#[tokio::test]
async fn subgraphs_refuse_direct_operations_like_the_router() {
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
