//! What an installation that is open to the world does otherwise.

use reqwest::header::HeaderMap;
use serde_json::json;

use crate::{person::Person, stack::Stack};

const INTROSPECTION: &str = "{ __schema { queryType { name } } }";
/// The title of the playground's page, and of the one that is shown where it is not built.
const TITLE: &str = "<title>Quits playground</title>";
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
    let (headers, page) = playground(&stack).await;
    assert!(!page.contains(TITLE), "{page}");
    assert!(headers[HSTS].to_str().unwrap().starts_with("max-age="), "{headers:?}");
}

#[tokio::test]
async fn on_one_machine_the_schema_is_open_and_plain_http_stays_possible() {
    let stack = Stack::start().await;

    let data = Person::nobody(&stack).data(INTROSPECTION, json!({})).await;
    assert_eq!(data["__schema"]["queryType"]["name"], "Query");
    let (headers, page) = playground(&stack).await;
    assert!(page.contains(TITLE), "{page}");
    assert!(!headers.contains_key(HSTS));
}

/// Returns the headers and the text of the playground's address.
async fn playground(stack: &Stack) -> (HeaderMap, String) {
    let answer = stack.http().get(stack.url("router", "/playground")).send().await.unwrap();
    (answer.headers().clone(), answer.text().await.unwrap())
}
