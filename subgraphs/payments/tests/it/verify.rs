//! The verification of the journal.

use kit::Subgraph;
use mongodb::bson::{Document, doc};
use payments::Services;
use serde_json::json;

use crate::fixture::Fixture;

#[tokio::test]
async fn a_changed_journal_fails_verification() {
    let fixture = Fixture::open().await;
    fixture.record(0, fixture.cash("a")).await;
    fixture.record(0, fixture.cash_with("b", &json!({ "amount": { "amount": "1", "currency": "JPY" } }))).await;
    let journal = &fixture.subgraph.resources.journal;
    assert_eq!(journal.verify(Services::postings()).await.unwrap(), Ok(2));

    let entries = fixture.subgraph.resources.database.collection::<Document>("journal");
    let last = entries.find_one(doc! { "version": 2_i64 }).await.unwrap().unwrap();
    let tampered = doc! { "$set": { "event.data.amount.amount_minor": 2_i64 } };
    let id = last.get_str("_id").unwrap();
    assert_eq!(entries.update_one(doc! { "_id": id }, tampered).await.unwrap().modified_count, 1);
    let difference = journal.verify(Services::postings()).await.unwrap().unwrap_err();
    assert_eq!(difference.id, id);
    assert_eq!(difference.stream, fixture.group.group_id.to_string());
    fixture.subgraph.close().await;
}
