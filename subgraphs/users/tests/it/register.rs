//! Registering an account.

use contracts::UserId;
use kit::{Caller, testing::person};
use mongodb::bson::{Document, doc};
use serde_json::{Value, json};

use crate::fixture::*;

const ME: &str = "{ me { id name email avatarUrl defaultCurrency locale timeZone createdAt } }";

#[tokio::test]
async fn registering_opens_an_account_and_signs_in() {
    let fixture = Fixture::open().await;
    let input = json!({
        "name": " Ada Lovelace ", "email": " Ada@Example.org ", "password": PASSWORD,
        "defaultCurrency": "GBP", "locale": "en-gb", "timeZone": "Europe/London",
    });
    let signed_in = accepted(fixture.try_to_register(input).await, "register");
    let id: UserId = text(&signed_in["user"]["id"]).parse().unwrap();
    assert_eq!(signed_in["user"]["name"], "Ada Lovelace");

    let me = fixture.subgraph.data(&person(id), ME, json!({})).await["me"].take();
    assert_eq!(me["id"], id.to_string());
    assert_eq!(me["name"], "Ada Lovelace");
    assert_eq!(me["email"], "ada@example.org");
    assert_eq!(me["avatarUrl"], Value::Null);
    assert_eq!(me["defaultCurrency"], "GBP");
    assert_eq!(me["locale"], "en-GB");
    assert_eq!(me["timeZone"], "Europe/London");
    assert!(text(&me["createdAt"]).ends_with('Z'));
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn omitted_fields_have_defaults() {
    let fixture = Fixture::open().await;
    let id = text(&fixture.register("ada@example.org").await["user"]["id"]).parse().unwrap();
    let mut explicit = registration("eve@example.org");
    for field in ["defaultCurrency", "locale", "timeZone"] {
        explicit[field] = Value::Null;
    }
    let explicit = accepted(fixture.try_to_register(explicit).await, "register");
    for id in [id, text(&explicit["user"]["id"]).parse().unwrap()] {
        let me = fixture.subgraph.data(&person(id), ME, json!({})).await["me"].take();
        let chosen = ["defaultCurrency", "locale", "timeZone"].map(|field| text(&me[field]).to_owned());
        assert_eq!(chosen, ["EUR", "en", "UTC"]);
    }
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn me_needs_a_token() {
    let fixture = Fixture::open().await;
    assert_eq!(fixture.subgraph.code(&Caller::anonymous(), ME, json!({})).await, "UNAUTHENTICATED");
    assert_eq!(fixture.subgraph.code(&person(UserId::new()), ME, json!({})).await, "UNAUTHENTICATED");
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn invalid_input_is_refused_with_its_field() {
    let fixture = Fixture::open().await;
    for (field, value) in [
        ("name", " ".to_owned()),
        ("name", "a".repeat(101)),
        ("name", "A\u{7}da".to_owned()),
        ("email", "ada".to_owned()),
        ("password", "1234567".to_owned()),
        ("password", "123456789".to_owned()),
        ("password", "1234567890".to_owned()),
        ("password", "a".repeat(201)),
        ("defaultCurrency", "XXX".to_owned()),
        ("defaultCurrency", "eur".to_owned()),
        ("locale", "not a locale".to_owned()),
        ("timeZone", "Mars/Olympus".to_owned()),
    ] {
        let mut input = registration("ada@example.org");
        input[field] = json!(value);
        let answer = fixture.try_to_register(input).await;
        assert_eq!(refusal(&answer), ("VALIDATION", Some(format!("input.{field}").as_str())), "{value:?}");
    }
    fixture.register("ada@example.org").await;
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_taken_address_is_refused_in_any_case() {
    let fixture = Fixture::open().await;
    fixture.register("ada@example.org").await;
    for email in ["ada@example.org", "ADA@example.org", " Ada@Example.Org "] {
        let answer = fixture.try_to_register(registration(email)).await;
        assert_eq!(refusal(&answer), ("EMAIL_TAKEN", Some("input.email")));
    }
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn of_concurrent_registrations_of_an_address_one_succeeds() {
    let fixture = Fixture::open().await;
    let answers =
        futures::future::join_all((0..6).map(|_| fixture.try_to_register(registration("ada@example.org")))).await;
    let (taken, opened): (Vec<_>, Vec<_>) = answers.into_iter().partition(|answer| answer.get("errors").is_some());
    assert_eq!(opened.len(), 1);
    assert!(taken.iter().all(|answer| refusal(answer) == ("EMAIL_TAKEN", Some("input.email"))), "{taken:#?}");
    let accounts = fixture.subgraph.resources.database.collection::<Document>("accounts");
    assert_eq!(accounts.count_documents(doc! {}).await.unwrap(), 1);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn the_account_is_journalled_without_its_secrets() {
    let fixture = Fixture::open().await;
    let signed_in = fixture.register("ada@example.org").await;
    let id = text(&signed_in["user"]["id"]);
    let journal = fixture.subgraph.resources.database.collection::<Document>("journal");
    let entry = journal.find_one(doc! { "stream": id, "version": 1_i64 }).await.unwrap().expect("an entry");
    assert_eq!(entry.get_str("actor").unwrap(), id);
    let event = entry.get_document("event").unwrap();
    assert_eq!(event.get_str("type").unwrap(), "user.registered.v1");
    assert_eq!(event.get_document("data").unwrap(), &doc! { "user_id": id, "name": "Ada" });
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn neither_password_nor_refresh_token_is_stored() {
    let fixture = Fixture::open().await;
    let signed_in = fixture.register("ada@example.org").await;
    let token = text(&signed_in["refreshToken"]).to_owned();
    accepted(fixture.try_to_refresh(&token).await, "refreshSession");
    for name in fixture.subgraph.resources.database.list_collection_names().await.unwrap() {
        let mut documents =
            fixture.subgraph.resources.database.collection::<Document>(&name).find(doc! {}).await.unwrap();
        while documents.advance().await.unwrap() {
            let stored = format!("{:?}", documents.deserialize_current().unwrap());
            assert!(!stored.contains(PASSWORD) && !stored.contains(&token), "in {name}");
        }
    }
    fixture.subgraph.close().await;
}
