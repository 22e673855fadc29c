//! Which failures are retried, and when.

use std::time::{Duration, Instant};

use axum::http::{StatusCode, header};
use gemini::GeminiFailure;
use serde_json::json;

use crate::{
    stand_in::{Say, StandIn},
    table::{equal, euros, pizza, question},
};

fn right() -> Say {
    Say::text(&pizza(&equal(&["p1", "p2"])).to_string())
}

fn fault(status: u16) -> Say {
    Say::error(status, "UNAVAILABLE", &json!([]))
}

#[tokio::test]
async fn a_rate_limited_request_is_retried_after_the_requested_delay() {
    let (stand_in, gemini) = StandIn::with([Say::exhausted("0.3s"), right()]).await;
    let begin = Instant::now();
    assert_eq!(gemini.read(&question("pizza 30")).await.unwrap().total, Some(euros(3_000)));
    assert!(begin.elapsed() >= Duration::from_millis(300));
    let heard = stand_in.heard();
    assert_eq!(heard.len(), 2);
    assert_eq!(heard[0].body, heard[1].body);
}

#[tokio::test]
async fn a_retry_after_header_is_respected() {
    let busy = Say::With(header::RETRY_AFTER, "1".to_owned(), Box::new(fault(503)));
    let (_, gemini) = StandIn::with([busy, right()]).await;
    let begin = Instant::now();
    assert!(gemini.read(&question("pizza 30")).await.is_ok());
    assert!(begin.elapsed() >= Duration::from_secs(1));
}

#[tokio::test]
async fn a_delay_beyond_the_deadline_fails_immediately() {
    let (stand_in, gemini) = StandIn::with([Say::exhausted("58.934310785s"), right()]).await;
    let begin = Instant::now();
    let failure = gemini.read(&question("pizza 30")).await.unwrap_err();
    assert_eq!(failure, GeminiFailure::Busy(429));
    assert!(begin.elapsed() < Duration::from_secs(15), "the deadline was waited for");
    assert_eq!(stand_in.heard().len(), 1);
}

#[tokio::test]
async fn transient_failures_are_retried() {
    for status in [429, 500, 502, 503, 504] {
        let (stand_in, gemini) = StandIn::with([fault(status), right()]).await;
        assert!(gemini.read(&question("pizza 30")).await.is_ok(), "{status}");
        assert_eq!(stand_in.heard().len(), 2);
    }
}

#[tokio::test]
async fn a_request_is_sent_at_most_three_times() {
    let (stand_in, gemini) = StandIn::with([fault(500), fault(503), fault(500), right()]).await;
    assert_eq!(gemini.read(&question("pizza 30")).await, Err(GeminiFailure::Busy(500)));
    assert_eq!(stand_in.heard().len(), 3);
}

#[tokio::test]
async fn a_refusal_is_not_retried() {
    for status in [400, 401, 403, 404, 409, 501] {
        let (stand_in, gemini) = StandIn::with([fault(status), right()]).await;
        assert_eq!(gemini.read(&question("pizza 30")).await, Err(GeminiFailure::Refused(status)));
        assert_eq!(stand_in.heard().len(), 1);
    }
}

#[tokio::test]
async fn an_invalid_answer_is_not_retried() {
    let useless = [
        Say::text("Ben paid 30."),
        Say::text("```json\n{}\n```"),
        Say::Reply(StatusCode::OK, "application/json", "{\"candidates\": [".to_owned()),
        Say::Reply(StatusCode::OK, "text/html", pizza(&equal(&["p1"])).to_string()),
        Say::json(StatusCode::OK, &json!({ "promptFeedback": { "blockReason": "PROHIBITED_CONTENT" } })),
        Say::candidate(&json!({ "finishReason": "SAFETY" })),
        Say::candidate(&json!({ "content": { "parts": [{ "text": "{" }] }, "finishReason": "MAX_TOKENS" })),
        Say::json(StatusCode::OK, &json!({ "candidates": [] })),
    ];
    for say in useless {
        let (stand_in, gemini) = StandIn::with([say, right()]).await;
        let failure = gemini.read(&question("pizza 30")).await.unwrap_err();
        assert!(matches!(failure, GeminiFailure::Invalid(_)), "{failure:?}");
        assert_eq!(stand_in.heard().len(), 1);
    }
}
