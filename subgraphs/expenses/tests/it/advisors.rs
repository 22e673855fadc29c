//! The built-in reader as a fallback for Gemini.

use serde_json::{Value, json};

use crate::fixture::Fixture;

/// Settings with a key for Gemini and an address where nothing listens.
const AWAY: [&str; 6] =
    ["--gemini-api-key", "a key for tests", "--gemini-url", "http://127.0.0.1:9", "--gemini-timeout-ms", "2000"];

const RECEIPT: &str = "mutation($group: ID!) { draftReceipt(groupId: $group,
    photo: { mediaType: \"image/png\", base64: \"iVBORw0KGgo=\" }) { id } }";

fn problems(draft: &Value) -> String {
    let problems = draft["problems"].as_array().unwrap();
    problems.iter().map(|problem| problem.as_str().unwrap()).collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn the_built_in_reader_takes_over_and_gives_the_reason() {
    let fixture = Fixture::open_with(&AWAY).await;
    let draft = fixture.read(0, "Dinner 30").await;
    assert_eq!((&draft["status"], &draft["advisor"]), (&json!("READY"), &json!("RULES")), "{draft:#}");
    assert!(problems(&draft).contains("Gemini"), "{draft:#}");
    assert!(problems(&draft).contains("The built-in reader has read this instead."), "{draft:#}");
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn gemini_is_asked_up_to_the_daily_limit() {
    let fixture = Fixture::open_with(&[&AWAY[..], &["--gemini-calls-per-day", "1"]].concat()).await;
    let spent = "Gemini has read as much as it may today.";
    let first = fixture.read(0, "Dinner 30").await;
    assert!(!problems(&first).contains(spent), "{first:#}");
    let second = fixture.read(1, "Dinner 30").await;
    assert!(problems(&second).contains(spent), "{second:#}");
    assert_eq!((&second["status"], &second["advisor"]), (&json!("READY"), &json!("RULES")));
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn one_person_cannot_use_up_the_common_budget() {
    let limits = ["--gemini-calls-per-person-per-day", "1", "--gemini-calls-per-day", "2"];
    let fixture = Fixture::open_with(&[&AWAY[..], &limits].concat()).await;
    let (own, all) = ("Gemini has read as much for you as it may today.", "Gemini has read as much as it may today.");
    let told = async |user| {
        let draft = fixture.read(user, "Dinner 30").await;
        assert_eq!((&draft["status"], &draft["advisor"]), (&json!("READY"), &json!("RULES")), "{draft:#}");
        let problems = problems(&draft);
        (problems.contains(own), problems.contains(all))
    };
    assert_eq!(told(0).await, (false, false));
    for _ in 0..3 {
        assert_eq!(told(0).await, (true, false), "the first has used up the own ones");
    }
    assert_eq!(told(1).await, (false, false), "the second still has one");
    assert_eq!(told(2).await, (false, true), "the third has none, because there are two for all");
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn an_unread_receipt_is_failed_and_can_be_completed() {
    let fixture = Fixture::open_with(&AWAY).await;
    let asked = fixture.asked("");
    let draft = fixture.subgraph.data(&fixture.caller(0), RECEIPT, asked).await["draftReceipt"].take();
    fixture.consume().await;
    let draft = fixture.show(0, &draft).await;
    assert_eq!((&draft["status"], &draft["text"]), (&json!("FAILED"), &json!("")));
    assert!(problems(&draft).contains("Gemini"), "{draft:#}");

    let ada = fixture.member(0).to_string();
    let changes = json!({
        "description": "Dinner",
        "total": { "amount": "30.00", "currency": "EUR" },
        "payers": [{ "memberId": ada, "amount": "30.00" }],
        "split": { "equal": [ada, fixture.member(1).to_string()] },
    });
    fixture.confirmed(0, &draft, "k", changes).await;
    assert_eq!(fixture.nets().await, [1_500, -1_500, 0, 0]);
    let photos = fixture.subgraph.resources.database.collection::<Value>("photos");
    assert_eq!(photos.estimated_document_count().await.unwrap(), 0);
    fixture.subgraph.close().await;
}
