//! Invalid requests are refused before anything is done.

use reqwest::{RequestBuilder, StatusCode};
use serde_json::{Value, json};

use crate::served::Fixture;

/// The largest accepted request.
const LARGEST: usize = 6 * 1024 * 1024;

async fn answer(question: RequestBuilder) -> (StatusCode, Value) {
    let answer = question.send().await.unwrap();
    (answer.status(), answer.json().await.unwrap())
}

/// A request of this length.
fn long(bytes: usize) -> String {
    let short = json!({ "query": "{ read }" }).to_string();
    format!("{short}{}", " ".repeat(bytes - short.len()))
}

#[tokio::test]
async fn the_largest_request_is_accepted_and_a_larger_one_refused() {
    let fixture = Fixture::open().await;
    let send = |body| answer(fixture.question().header("content-type", "application/json").body(body));
    let (status, answered) = send(long(LARGEST)).await;
    assert_eq!((status, &answered["data"]["read"]), (StatusCode::OK, &json!(true)));
    for body in [long(LARGEST + 1), "{ read }".to_owned(), String::new()] {
        let (status, refused) = send(body).await;
        assert_eq!(status, StatusCode::BAD_REQUEST);
        assert_eq!(refused["errors"][0]["extensions"]["code"], "VALIDATION", "{refused:#}");
        assert_eq!(refused.get("data").unwrap_or(&Value::Null), &Value::Null);
    }
    fixture.close().await;
}
