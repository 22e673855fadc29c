//! What an installation that is open to the world does otherwise.

use reqwest::StatusCode;
use serde_json::json;

use crate::{person::Person, stack::Stack};

const INTROSPECTION: &str = "{ __schema { queryType { name } } }";
const HSTS: &str = "strict-transport-security";

#[tokio::test]
async fn behind_tls_https_is_required_and_the_schema_can_be_kept_back() {
    let stack = Stack::start_with(&[
        ("QUITS_APP_URL", "https://quits.example"),
        ("QUITS_INTROSPECTION", "false"),
        ("QUITS_SERVE_PLAYGROUND", "false"),
    ])
    .await;

    let answer = Person::nobody(&stack).ask(INTROSPECTION, json!({})).await;
    assert!(answer["errors"].is_array() && answer["data"]["__schema"].is_null(), "{answer:#}");
    let playground = playground(&stack).await;
    assert_eq!(playground.status(), StatusCode::NOT_FOUND);
    assert!(playground.headers()[HSTS].to_str().unwrap().starts_with("max-age="), "{:?}", playground.headers());
}

#[tokio::test]
async fn on_one_machine_the_schema_is_open_and_plain_http_stays_possible() {
    let stack = Stack::start().await;

    let data = Person::nobody(&stack).data(INTROSPECTION, json!({})).await;
    assert_eq!(data["__schema"]["queryType"]["name"], "Query");
    let playground = playground(&stack).await;
    assert_eq!(playground.status(), StatusCode::OK);
    assert!(!playground.headers().contains_key(HSTS));
}

async fn playground(stack: &Stack) -> reqwest::Response {
    let url = stack.url("router", "/playground");
    stack.http().get(url).send().await.unwrap()
}
