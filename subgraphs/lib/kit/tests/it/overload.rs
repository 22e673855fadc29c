//! No client can starve others: abandoned requests and subscriptions, and more requests than a process can handle.

use std::time::{Duration, Instant};

use contracts::Trace;
use futures::{StreamExt, future::join_all, stream::FuturesUnordered};
use mongodb::bson::doc;
use serde_json::json;
use tokio::{io::AsyncWriteExt, net::TcpStream, time::timeout};
use uuid::Uuid;

use crate::served::Fixture;

const COUNT: &str = "{ count }";
/// The configured connections less the reserved ones.
const PLACES: usize = 56;
const ASKED: usize = 600;

async fn with_a_note() -> Fixture {
    let fixture = Fixture::open().await;
    let notes = fixture.resources.database.collection("notes");
    notes.insert_one(doc! { "_id": Uuid::now_v7().to_string() }).await.unwrap();
    fixture
}

/// Sends a request and resets the connection before the response.
async fn give_up(fixture: &Fixture, query: &str, accept: &str) {
    let body = json!({ "query": query }).to_string();
    let address = fixture.url.strip_prefix("http://").unwrap();
    let mut connection = TcpStream::connect(address).await.unwrap();
    let length = body.len();
    let request = format!(
        "POST /graphql HTTP/1.1\r\nhost: {address}\r\ncontent-type: application/json\r\naccept: {accept}\r\n\
         content-length: {length}\r\n\r\n{body}"
    );
    connection.write_all(request.as_bytes()).await.unwrap();
    tokio::time::sleep(Duration::from_millis(60)).await;
    connection.set_zero_linger().unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn abandoned_requests_do_not_delay_others() {
    not_delayed_by_abandoned(COUNT, "application/json").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn abandoned_subscriptions_do_not_delay_others() {
    not_delayed_by_abandoned("subscription { pushed { count } }", "text/event-stream").await;
}

async fn not_delayed_by_abandoned(query: &str, accept: &str) {
    let fixture = with_a_note().await;
    join_all((0..200).map(|_| give_up(&fixture, query, accept))).await;
    // Running requests finish; afterwards nothing of them is left.
    let started = Instant::now();
    let answer = timeout(Duration::from_secs(20), fixture.ask(COUNT, Trace::start())).await.expect("an answer");
    assert_eq!(answer["data"]["count"], 1, "{answer:#}");
    let first = started.elapsed();
    let started = Instant::now();
    assert_eq!(fixture.ask(COUNT, Trace::start()).await["data"]["count"], 1);
    assert!(started.elapsed() < Duration::from_secs(1), "{first:?}, then {:?}", started.elapsed());
    assert!(first < Duration::from_secs(3), "{first:?}");
    fixture.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn excess_requests_are_refused_and_the_process_stays_ready() {
    let fixture = Fixture::open().await;
    let mut flood: FuturesUnordered<_> = (0..ASKED).map(|_| fixture.ask("{ wait }", Trace::start())).collect();
    // As many requests as there are places are running; all others are refused, some of them after a moment.
    for _ in 0..ASKED - PLACES {
        let refused = flood.next().await.unwrap();
        assert_eq!(refused["errors"][0]["extensions"]["code"], "OVERLOADED", "{refused:#}");
    }
    assert!(fixture.ready().await.is_success());
    fixture.served.gate.add_permits(PLACES);
    while let Some(answer) = flood.next().await {
        assert_eq!(answer["data"]["wait"], true, "{answer:#}");
    }
    drop(flood);
    fixture.close().await;
}
