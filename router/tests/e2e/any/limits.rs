//! Requests that are too large, too expensive or too frequent are refused before they are executed.

use serde_json::json;

use crate::{
    installation::Quits,
    person::{Person, code},
    trip::Trip,
};

const LOGIN: &str = "mutation($input: LoginInput!) { login(input: $input) { accessToken } }";

#[tokio::test]
async fn an_operation_is_bounded_in_text_size_and_cost() {
    let quits = Quits::shared().await;
    let trip = Trip::of(&quits, &["Ada"]).await;
    let ada = &trip.people[0];

    let long = format!("{{ me {{ id }} }} # {}", "x".repeat(32 * 1024));
    assert_eq!(ada.code(&long, json!({})).await, "VALIDATION");

    let name = "x".repeat(300 * 1024);
    let large = json!({ "id": trip.id, "name": name });
    let unused = "query($id: ID!, $name: String!) { group(id: $id) { name } me { a: name @skip(if: true) } invite(token: $name) { groupName } }";
    assert_eq!(ada.code(unused, large).await, "VALIDATION");

    let pages = "{ groups(first: 100) { edges { node { expenses(first: 100) { edges { node {
        shares { amount { amount } } payers { amount { amount } } } } } } } } }";
    let refused = ada.ask(pages, json!({})).await;
    assert_eq!(code(&refused), "VALIDATION", "{refused:#}");
    let page = pages.replace("100", "20");
    assert!(ada.ask(&page, json!({})).await["errors"].is_null());
}

#[tokio::test]
async fn one_request_logs_in_once() {
    let quits = Quits::shared().await;
    let nobody = Person::nobody(&quits);
    let two = "mutation($input: LoginInput!) {
        a: login(input: $input) { accessToken } b: login(input: $input) { accessToken } }";
    let input = json!({ "input": { "email": "nobody@example.org", "password": "correct horse battery" } });
    assert_eq!(nobody.code(two, input.clone()).await, "VALIDATION");
    assert_eq!(nobody.code(LOGIN, input).await, "BAD_CREDENTIALS");
}

#[tokio::test]
async fn responses_must_not_be_cached() {
    let quits = Quits::shared().await;
    let body = json!({ "query": "{ __typename }" });
    let answer = quits.http().post(quits.api()).json(&body).send().await.unwrap();
    assert_eq!(answer.headers()["cache-control"], "no-store");
}
