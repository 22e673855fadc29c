//! What is left of an account that was deleted.

use futures::TryStreamExt;
use kit::Caller;
use mongodb::bson::{Document, doc};
use serde_json::json;

use crate::{
    fixture::*,
    friends::{BLOCK, id_of, send},
};

const DELETE: &str = "mutation ($password: String!) { deleteAccount(password: $password) }";

/// All that may name who was deleted: the account under its new name, the journal with its streams, and a count of
/// requests, which goes after an hour.
const KEPT: [&str; 4] = ["accounts", "friend_requests_sent", "journal", "ledger"];

/// Returns the names of the collections with a document that contains a text.
async fn naming(fixture: &Fixture, what: &str) -> Vec<String> {
    let database = &fixture.subgraph.resources.database;
    let mut found = Vec::new();
    for name in database.list_collection_names().await.unwrap() {
        let documents = database.collection::<Document>(&name).find(doc! {}).await.unwrap();
        let documents: Vec<Document> = documents.try_collect().await.unwrap();
        if documents.iter().any(|document| document.to_string().contains(what)) {
            found.push(name);
        }
    }
    found
}

#[tokio::test]
async fn nothing_else_names_who_was_deleted() {
    let (fixture, server) = Fixture::open_with_mail().await;
    let ada = fixture.caller(&fixture.join(&server, "ada@example.org").await);
    let ben = fixture.caller(&fixture.join(&server, "ben@example.org").await);
    let eve = fixture.caller(&fixture.join(&server, "eve@example.org").await);
    for (from, to) in [(&ada, "ben@example.org"), (&ben, "ada@example.org"), (&eve, "ada@example.org")] {
        send(&fixture, from, to).await;
    }
    fixture.subgraph.data(&ada, BLOCK, json!({ "id": id_of(&eve) })).await;
    let handles = "mutation { setPayHandles(handles: [{ kind: PAYPAL, value: \"paypal.me/ada\" }]) { id } }";
    fixture.subgraph.data(&ada, handles, json!({})).await;
    let reset = "mutation { requestPasswordReset(email: \"ada@example.org\") }";
    fixture.subgraph.data(&Caller::anonymous(), reset, json!({})).await;
    let id = id_of(&ada);
    for name in ["blocks", "devices", "friendships", "mail_links", "pay_handles", "sessions"] {
        eventually(async || naming(&fixture, &id).await.iter().any(|found| found == name)).await;
    }

    fixture.subgraph.data(&ada, DELETE, json!({ "password": PASSWORD })).await;

    let after = naming(&fixture, &id).await;
    assert!(after.iter().all(|name| KEPT.contains(&name.as_str())), "{after:?}");
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_deletion_that_fails_midway_can_be_tried_again() {
    let fixture = Fixture::open().await;
    let ada = fixture.person("ada@example.org").await;
    let database = &fixture.subgraph.resources.database;
    // From a view nothing can be deleted.
    database.create_collection("pay_handles").view_on("accounts".to_owned()).await.unwrap();
    assert_eq!(fixture.subgraph.code(&ada, DELETE, json!({ "password": PASSWORD })).await, "INTERNAL");
    fixture.subgraph.data(&ada, "{ me { id } }", json!({})).await;

    database.collection::<Document>("pay_handles").drop().await.unwrap();
    fixture.subgraph.data(&ada, DELETE, json!({ "password": PASSWORD })).await;
    assert_eq!(fixture.subgraph.code(&ada, "{ me { id } }", json!({})).await, "UNAUTHENTICATED");
    fixture.subgraph.close().await;
}
