//! Subscriptions to drafts, over the real broker.

use std::time::Duration;

use futures::{StreamExt, stream::BoxStream};
use serde_json::{Value, json};
use tokio::time::timeout;

use crate::{
    draft::{CHANGED, DISCARD},
    fixture::Fixture,
};

/// A timeout long enough for a slow machine; passing tests never wait for it.
const PATIENCE: Duration = Duration::from_secs(20);
/// Much shorter than the interval of the fallback look.
const A_WHILE: Duration = Duration::from_millis(300);

/// Starts everything that runs in the background of a service.
fn run(fixture: &Fixture, roles: &[&'static str]) {
    fixture.subgraph.publish();
    for role in roles {
        fixture.subgraph.run(role);
    }
}

async fn status(stream: &mut BoxStream<'static, Value>) -> Option<String> {
    let answer = timeout(PATIENCE, stream.next()).await.expect("the stream goes on or ends")?;
    Some(answer["data"]["draftChanged"]["status"].as_str().unwrap_or_else(|| panic!("{answer:#}")).to_owned())
}

#[tokio::test]
async fn a_draft_is_emitted_at_once_and_when_it_has_been_read() {
    let fixture = Fixture::open().await;
    run(&fixture, &["serve", "advise"]);
    for (text, outcome) in [("Dinner 30", "READY"), ("Dinner", "FAILED")] {
        let draft = fixture.draft(0, text).await;
        let mut stream = fixture.subgraph.stream(&fixture.caller(0), CHANGED, json!({ "id": draft["id"] }));
        let mut seen = vec![status(&mut stream).await.unwrap()];
        if seen == ["PENDING"] {
            seen.push(status(&mut stream).await.unwrap());
        }
        assert_eq!(seen.last().unwrap(), outcome, "{seen:?}");
        assert_eq!(status(&mut stream).await, None);
        // A late subscriber gets one value, and the stream ends.
        let mut late = fixture.subgraph.stream(&fixture.caller(0), CHANGED, json!({ "id": draft["id"] }));
        assert_eq!((status(&mut late).await, status(&mut late).await), (Some(outcome.to_owned()), None));
    }
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn another_draft_causes_no_emission() {
    let fixture = Fixture::open().await;
    let draft = fixture.draft(0, "Dinner 30").await;
    run(&fixture, &["serve"]);
    let mut stream = fixture.subgraph.stream(&fixture.caller(0), CHANGED, json!({ "id": draft["id"] }));
    assert_eq!(status(&mut stream).await.unwrap(), "PENDING");
    let other = fixture.draft(0, "Taxi 20").await;
    fixture.subgraph.data(&fixture.caller(0), DISCARD, json!({ "id": other["id"] })).await;
    assert!(timeout(A_WHILE, stream.next()).await.is_err());
    fixture.subgraph.data(&fixture.caller(0), DISCARD, json!({ "id": draft["id"] })).await;
    assert_eq!((status(&mut stream).await, status(&mut stream).await), (Some("DISCARDED".to_owned()), None));
    fixture.subgraph.close().await;
}
