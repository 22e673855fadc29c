//! Entities of accounts for the router.

use contracts::UserId;
use kit::testing::{person, through_router};

use kit::Caller;
use serde_json::{Value, json};

use crate::fixture::*;

const PUBLIC: &str = "id name avatarUrl email";

async fn entities(fixture: &Fixture, caller: &Caller, fields: &str, ids: &[&str]) -> Value {
    let query = format!("query($r: [_Any!]!) {{ _entities(representations: $r) {{ ... on User {{ {fields} }} }} }}");
    let representations: Vec<_> = ids.iter().map(|id| json!({ "__typename": "User", "id": id })).collect();
    fixture.subgraph.ask(caller, &query, json!({ "r": representations })).await
}

async fn new_user(fixture: &Fixture, email: &str) -> UserId {
    text(&fixture.register(email).await["user"]["id"]).parse().unwrap()
}

#[tokio::test]
async fn only_the_router_with_a_signed_in_caller_gets_entities() {
    let fixture = Fixture::open().await;
    let ada = new_user(&fixture, "ada@example.org").await;
    let id = ada.to_string();
    for caller in [Caller::anonymous(), through_router(Caller::anonymous()), person(ada)] {
        let answer = entities(&fixture, &caller, PUBLIC, &[&id]).await;
        assert_eq!(refusal(&answer).0, "UNAUTHENTICATED");
        assert!(!answer.to_string().contains("Ada"), "{answer}");
    }
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn others_see_only_name_and_picture() {
    let fixture = Fixture::open().await;
    let ada = new_user(&fixture, "ada@example.org").await.to_string();
    let eve = through_router(person(new_user(&fixture, "eve@example.org").await));
    let seen = accepted(entities(&fixture, &eve, PUBLIC, &[&ada]).await, "_entities");
    assert_eq!(seen, json!([{ "id": ada, "name": "Ada", "avatarUrl": null, "email": null }]));
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_private_field_of_others_fails_alone() {
    let fixture = Fixture::open().await;
    let ada = new_user(&fixture, "ada@example.org").await.to_string();
    let eve = new_user(&fixture, "eve@example.org").await;
    let caller = through_router(person(eve));
    for field in ["defaultCurrency", "locale", "timeZone", "createdAt"] {
        let fields = format!("id {field}");
        let answer = entities(&fixture, &caller, &fields, &[&ada, &eve.to_string()]).await;
        assert_eq!(refusal(&answer).0, "NOT_ALLOWED");
        assert_eq!(answer["data"]["_entities"][0][field], Value::Null);
        assert_eq!(answer["data"]["_entities"][1]["id"], eve.to_string());
        assert!(answer["data"]["_entities"][1][field].is_string());
    }
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn the_owner_sees_all_fields() {
    let fixture = Fixture::open().await;
    let ada = new_user(&fixture, "ada@example.org").await;
    let fields = "email defaultCurrency locale timeZone";
    let answer = entities(&fixture, &through_router(person(ada)), fields, &[&ada.to_string()]).await;
    let seen = json!([{ "email": "ada@example.org", "defaultCurrency": "EUR", "locale": "en", "timeZone": "UTC" }]);
    assert_eq!(accepted(answer, "_entities"), seen);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn unknown_ids_are_null_and_do_not_affect_others() {
    let fixture = Fixture::open().await;
    let ada = new_user(&fixture, "ada@example.org").await;
    let known = ada.to_string();
    let unknown = UserId::new().to_string();
    let ids = [unknown.as_str(), &known, "not an id", &known];
    let answer = entities(&fixture, &through_router(person(ada)), "id", &ids).await;
    assert_eq!(accepted(answer, "_entities"), json!([null, { "id": known }, null, { "id": known }]));
    fixture.subgraph.close().await;
}
