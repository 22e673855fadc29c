//! Reference rates, from a stand-in that speaks HTTP as the source does.

use std::sync::{Arc, Mutex};

use axum::{Router, http::StatusCode, routing::get};
use kit::Caller;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::fixture::Fixture;

const RATE: &str = "query($from: CurrencyCode!, $to: CurrencyCode!, $day: Date) {
    exchangeRate(from: $from, to: $to, day: $day) { rate day } }";

const FRIDAY: &str =
    r#"<Cube time="2026-11-27"><Cube currency="USD" rate="1.1000"/><Cube currency="JPY" rate="165"/></Cube>"#;
const THURSDAY: &str = r#"<Cube time="2026-11-26"><Cube currency="USD" rate="1.0900"/></Cube>"#;
const MONDAY: &str = r#"<Cube time="2026-11-30"><Cube currency="USD" rate="1.2500"/></Cube>"#;

/// A source of rates.
struct Source {
    answer: Arc<Mutex<(StatusCode, String)>>,
    url: String,
}

impl Source {
    async fn open() -> Self {
        let answer = Arc::new(Mutex::new((StatusCode::OK, String::new())));
        let told = Arc::clone(&answer);
        let file = get(move || std::future::ready(told.lock().unwrap().clone()));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/eurofxref.xml", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, Router::new().route("/eurofxref.xml", file)).await });
        Self { answer, url }
    }

    fn publish(&self, days: &[&str]) {
        let text = format!(r#"<e:Envelope xmlns:e="urn:e" xmlns="urn:r"><Cube>{}</Cube></e:Envelope>"#, days.concat());
        *self.answer.lock().unwrap() = (StatusCode::OK, text);
    }

    fn fail(&self, status: StatusCode, text: &str) {
        *self.answer.lock().unwrap() = (status, text.to_owned());
    }
}

impl Fixture {
    async fn rate(&self, from: &str, to: &str, day: Option<&str>) -> Value {
        let asked = json!({ "from": from, "to": to, "day": day });
        self.subgraph.data(&self.caller(0), RATE, asked).await["exchangeRate"].take()
    }
}

fn on(rate: &str, day: &str) -> Value {
    json!({ "rate": rate, "day": day })
}

#[tokio::test]
async fn the_rate_of_a_day_is_suggested_also_between_two_other_currencies() {
    let source = Source::open().await;
    source.publish(&[FRIDAY, THURSDAY]);
    let fixture = Fixture::open_with(&["--rates-url", &source.url]).await;
    assert_eq!(fixture.subgraph.services.fetch_rates().await.unwrap(), 2);
    assert_eq!(fixture.rate("EUR", "USD", Some("2026-11-27")).await, on("1.1", "2026-11-27"));
    assert_eq!(fixture.rate("USD", "EUR", Some("2026-11-27")).await, on("0.9090909091", "2026-11-27"));
    assert_eq!(fixture.rate("USD", "JPY", Some("2026-11-27")).await, on("150", "2026-11-27"));
    assert_eq!(fixture.rate("USD", "EUR", Some("2026-11-26")).await, on("0.9174311927", "2026-11-26"));
    assert_eq!(fixture.rate("EUR", "USD", Some("2026-11-29")).await, on("1.1", "2026-11-27"), "none on a Sunday");
    for (from, to, day) in [
        ("EUR", "CHF", "2026-11-27"),
        ("USD", "JPY", "2026-11-26"),
        ("EUR", "USD", "2026-11-25"),
        ("EUR", "USD", "2026-12-08"),
    ] {
        assert_eq!(fixture.rate(from, to, Some(day)).await, Value::Null, "{from} {to} {day}");
    }
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn new_days_are_added_and_a_broken_source_changes_nothing() {
    let source = Source::open().await;
    source.publish(&[THURSDAY]);
    let fixture = Fixture::open_with(&["--rates-url", &source.url]).await;
    assert_eq!(fixture.subgraph.services.fetch_rates().await.unwrap(), 1);
    source.publish(&[MONDAY, FRIDAY, THURSDAY]);
    assert_eq!(fixture.subgraph.services.fetch_rates().await.unwrap(), 3);
    assert_eq!(fixture.subgraph.services.fetch_rates().await.unwrap(), 1, "only the latest again");
    for (status, text) in [
        (StatusCode::INTERNAL_SERVER_ERROR, FRIDAY),
        (StatusCode::OK, "<html>Moved</html>"),
        (StatusCode::OK, r#"<Cube time="2026-12-01"><Cube currency="USD" rate="0"/></Cube>"#),
    ] {
        source.fail(status, text);
        assert!(fixture.subgraph.services.fetch_rates().await.is_err(), "{text}");
    }
    assert_eq!(fixture.rate("EUR", "USD", Some("2026-12-01")).await, on("1.25", "2026-11-30"));
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn rates_are_for_people_and_off_unless_there_is_a_source() {
    let fixture = Fixture::open().await;
    assert_eq!(fixture.subgraph.services.fetch_rates().await.unwrap(), 0);
    assert_eq!(fixture.rate("EUR", "USD", None).await, Value::Null);
    let asked = json!({ "from": "EUR", "to": "USD" });
    assert_eq!(fixture.subgraph.code(&Caller::anonymous(), RATE, asked).await, "UNAUTHENTICATED");
    for (from, to, day, field) in
        [("XYZ", "EUR", "2026-11-27", "from"), ("EUR", "XYZ", "2026-11-27", "to"), ("EUR", "USD", "27.11.", "day")]
    {
        let asked = json!({ "from": from, "to": to, "day": day });
        let refused = fixture.subgraph.ask(&fixture.caller(0), RATE, asked).await;
        let extensions = &refused["errors"][0]["extensions"];
        assert_eq!((&extensions["code"], &extensions["field"]), (&json!("VALIDATION"), &json!(field)), "{refused:#}");
    }
    fixture.subgraph.close().await;
}
