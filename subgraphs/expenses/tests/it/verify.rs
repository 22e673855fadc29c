//! The comparison of documents with the journal.

use expenses::Services;
use kit::{Subgraph, journal::Difference};
use mongodb::bson::{Document, doc};
use serde_json::json;

use crate::fixture::Fixture;

async fn verified(fixture: &Fixture) -> Result<u64, Difference> {
    let [expenses] = <[_; 1]>::try_from(Services::documents()).ok().unwrap();
    fixture.subgraph.resources.journal.verify_documents(&expenses).await.unwrap()
}

#[tokio::test]
async fn an_expense_that_differs_from_its_events_is_reported() {
    let fixture = Fixture::open().await;
    let dinner = fixture.create(0, fixture.dinner("k1")).await;
    fixture.create(0, fixture.dinner_with("k2", &json!({ "description": "Lunch" }))).await;
    assert_eq!(verified(&fixture).await, Ok(2));

    let documents = fixture.subgraph.resources.database.collection::<Document>("expenses");
    let id = dinner["id"].as_str().unwrap();
    let change = |fields| documents.update_one(doc! { "_id": id }, doc! { "$set": fields });
    change(doc! { "total.amount_minor": 20_000_i64 }).await.unwrap();
    assert_eq!(verified(&fixture).await.unwrap_err().id, id);
    change(doc! { "total.amount_minor": 10_000_i64 }).await.unwrap();
    assert_eq!(verified(&fixture).await, Ok(2));

    documents.delete_one(doc! { "_id": id }).await.unwrap();
    assert!(verified(&fixture).await.is_err());
    fixture.subgraph.close().await;
}
