//! Migrations bring documents of earlier versions to the present format without moving money.

use expenses::Services;
use futures::TryStreamExt;
use kit::{Subgraph, migrations::migrate};
use mongodb::bson::{Document, doc};
use serde_json::json;

use crate::fixture::Fixture;

const READ: &str = "query($id: ID!) { expense(id: $id) { shares { amount { amount } } } }";
const DESCRIBE: &str = "mutation($input: UpdateExpenseInput!) { updateExpense(input: $input) {
    description shares { amount { amount } } } }";

async fn documents(fixture: &Fixture) -> Vec<Document> {
    let expenses = fixture.subgraph.resources.database.collection::<Document>("expenses");
    expenses.find(doc! {}).sort(doc! { "_id": 1 }).await.unwrap().try_collect().await.unwrap()
}

/// Brings a document to the format from before the rounding offset.
async fn make_early(fixture: &Fixture) {
    let early = doc! { "$unset": { "sharers": "", "turn": "" } };
    fixture.subgraph.resources.database.collection::<Document>("expenses").update_many(doc! {}, early).await.unwrap();
}

async fn migrated(fixture: &Fixture) {
    fixture.subgraph.resources.database.collection::<Document>("migrations").drop().await.unwrap();
    migrate(&fixture.subgraph.resources.database, Services::MIGRATIONS).await.unwrap().unwrap();
}

#[tokio::test]
async fn migrated_rounding_offsets_reproduce_the_stored_shares() {
    let fixture = Fixture::open().await;
    let caller = fixture.caller(0);
    for key in ["a", "b", "c"] {
        fixture.create(0, fixture.dinner(key)).await;
    }
    let items = json!([
        { "name": "Pizza", "amount": "60.01", "memberIds": [fixture.member(0).to_string(), fixture.member(1).to_string()] },
        { "name": "Wine", "amount": "39.99", "memberIds": [fixture.member(1).to_string(), fixture.member(2).to_string()] },
    ]);
    fixture.create(0, fixture.dinner_with("d", &json!({ "split": { "items": { "items": items } } }))).await;
    let before = documents(&fixture).await;
    let ids: Vec<&str> = before.iter().map(|document| document.get_str("_id").unwrap()).collect();
    let mut shares = Vec::new();
    for id in &ids {
        shares.push(fixture.subgraph.data(&caller, READ, json!({ "id": id })).await["expense"]["shares"].take());
    }

    make_early(&fixture).await;
    assert_eq!(fixture.subgraph.code(&caller, READ, json!({ "id": ids[0] })).await, "INTERNAL");
    migrated(&fixture).await;
    for (migrated, before) in documents(&fixture).await.iter().zip(&before) {
        assert_eq!(migrated.get("sharers"), before.get("sharers"));
    }
    for (id, shares) in ids.iter().zip(&shares) {
        let edit = json!({ "input": { "id": id, "expectedVersion": 1, "description": "Supper" } });
        let edited = fixture.subgraph.data(&caller, DESCRIBE, edit).await["updateExpense"].take();
        assert_eq!(edited, json!({ "description": "Supper", "shares": shares }));
    }
    fixture.create(0, fixture.dinner("e")).await;
    let newest = documents(&fixture).await.iter().filter_map(|document| document.get_i64("turn").ok()).max();
    assert_eq!(newest, Some(4), "the early expenses of the same people are counted");
    assert_eq!(fixture.verified().await, 9);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn migrations_are_idempotent() {
    let fixture = Fixture::open().await;
    for key in ["a", "b"] {
        fixture.create(0, fixture.dinner(key)).await;
    }
    let written = documents(&fixture).await;
    migrated(&fixture).await;
    assert_eq!(documents(&fixture).await, written, "what has turns keeps them");

    make_early(&fixture).await;
    migrated(&fixture).await;
    let once = documents(&fixture).await;
    migrated(&fixture).await;
    assert_eq!(documents(&fixture).await, once);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn expenses_from_before_the_word_index_are_found_after_migration() {
    let fixture = Fixture::open().await;
    fixture.create(0, fixture.dinner_with("a", &json!({ "notes": "Crème brûlée" }))).await;
    let written = documents(&fixture).await;
    let expenses = fixture.subgraph.resources.database.collection::<Document>("expenses");
    expenses.update_many(doc! {}, doc! { "$unset": { "words": "", "people": "" } }).await.unwrap();
    migrated(&fixture).await;
    let words = |documents: &[Document]| documents[0].get_array("words").unwrap().clone();
    assert_eq!(words(&documents(&fixture).await), words(&written));
    assert_eq!(documents(&fixture).await[0].get("people"), written[0].get("people"));
    assert!(words(&written).contains(&"brul".into()));
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn drafts_without_an_expiry_get_one() {
    let fixture = Fixture::open_at("2026-11-22T09:30:00Z").await;
    let draft = fixture.read(0, "Dinner 30").await;
    let drafts = fixture.subgraph.resources.database.collection::<Document>("drafts");
    let stored = drafts.find_one(doc! {}).await.unwrap();
    drafts.update_many(doc! {}, doc! { "$unset": { "purge_at": "" } }).await.unwrap();
    migrated(&fixture).await;
    assert_eq!(drafts.find_one(doc! {}).await.unwrap(), stored);
    assert_eq!(fixture.show(0, &draft).await, draft);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn expenses_commented_before_comments_were_searched_are_found_after_migration() {
    let fixture = Fixture::open().await;
    let id = fixture.create(0, fixture.dinner("k")).await["id"].take();
    fixture.create(0, fixture.dinner("without comments")).await;
    let comment = "mutation($id: ID!) { addComment(expenseId: $id, text: \"The umbrella\") { id } }";
    fixture.subgraph.data(&fixture.caller(1), comment, json!({ "id": id })).await;
    let written = documents(&fixture).await;
    let expenses = fixture.subgraph.resources.database.collection::<Document>("expenses");
    let early = doc! { "$unset": { "commented": "" }, "$pull": { "words": { "$in": ["u", "um", "umb", "umbr"] } } };
    expenses.update_many(doc! {}, early).await.unwrap();
    migrated(&fixture).await;
    let now = documents(&fixture).await;
    for field in ["words", "commented"] {
        assert_eq!(now[0].get(field), written[0].get(field), "{field}");
    }
    assert_eq!(now[1].get("commented"), None);
    fixture.subgraph.close().await;
}
