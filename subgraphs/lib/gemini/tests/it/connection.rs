//! Connections that are slow, cut, endless or redirected.

use std::time::{Duration, Instant};

use axum::http::{StatusCode, header};
use gemini::GeminiFailure;
use tokio::net::TcpListener;

use crate::{
    stand_in::{self, Say, StandIn},
    table::{equal, pizza, question},
};

fn right() -> Say {
    Say::text(&pizza(&equal(&["p1", "p2"])).to_string())
}

#[tokio::test]
async fn a_reading_ends_at_the_deadline() {
    let late = Say::Late(Duration::from_mins(1), Box::new(right()));
    let (_, gemini) = StandIn::with_timeout([late], Duration::from_millis(300)).await;
    let begin = Instant::now();
    assert_eq!(gemini.read(&question("pizza 30")).await, Err(GeminiFailure::TooLate));
    assert!((Duration::from_millis(300)..Duration::from_secs(30)).contains(&begin.elapsed()));
}

#[tokio::test]
async fn retries_do_not_extend_the_deadline() {
    let late = Say::Late(Duration::from_mins(1), Box::new(right()));
    let (stand_in, gemini) = StandIn::with_timeout([Say::exhausted("0.1s"), late], Duration::from_secs(2)).await;
    let begin = Instant::now();
    assert_eq!(gemini.read(&question("pizza 30")).await, Err(GeminiFailure::TooLate));
    assert!((Duration::from_secs(2)..Duration::from_secs(30)).contains(&begin.elapsed()));
    assert_eq!(stand_in.heard().len(), 2);
}

#[tokio::test]
async fn a_cut_connection_is_tried_again() {
    let (stand_in, gemini) = StandIn::with([Say::Cut, right()]).await;
    assert!(gemini.read(&question("pizza 30")).await.is_ok());
    assert_eq!(stand_in.heard().len(), 2);

    let (stand_in, gemini) = StandIn::with([Say::Cut, Say::Cut, Say::Cut, right()]).await;
    assert!(matches!(gemini.read(&question("pizza 30")).await, Err(GeminiFailure::Unreachable(_))));
    assert_eq!(stand_in.heard().len(), 3);
}

#[tokio::test]
async fn an_unreachable_server_is_a_failure() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let gemini = stand_in::client(&format!("http://{address}"), stand_in::MODEL, Duration::from_secs(20));
    let failure = gemini.read(&question("pizza 30")).await.unwrap_err();
    assert!(matches!(failure, GeminiFailure::Unreachable(_)), "{failure:?}");
}

#[tokio::test]
async fn an_endless_answer_is_cut_off() {
    let (stand_in, gemini) = StandIn::with([Say::Endless, right()]).await;
    let read = gemini.read(&question("pizza 30")).await;
    assert_eq!(read, Err(GeminiFailure::Invalid("it is too long")));
    assert_eq!(stand_in.heard().len(), 1);
}

#[tokio::test]
async fn a_long_text_in_an_answer_is_refused() {
    let mut answer = pizza(&equal(&["p1"]));
    answer["description"] = "x".repeat(70_000).into();
    let (_, gemini) = StandIn::with([Say::text(&answer.to_string())]).await;
    let read = gemini.read(&question("pizza 30")).await;
    assert_eq!(read, Err(GeminiFailure::Invalid("its text is too long")));
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let (elsewhere, _) = StandIn::with([right()]).await;
    for status in [StatusCode::FOUND, StatusCode::TEMPORARY_REDIRECT, StatusCode::PERMANENT_REDIRECT] {
        let to = format!("/v1beta/models/{}:generateContent", stand_in::MODEL);
        let away = Say::With(header::LOCATION, to, Box::new(Say::Reply(status, "text/plain", String::new())));
        let (here, gemini) = StandIn::with([away, right()]).await;
        assert_eq!(gemini.read(&question("pizza 30")).await, Err(GeminiFailure::Refused(status.as_u16())));
        assert_eq!((here.heard().len(), elsewhere.heard().len()), (1, 0));
    }
}
