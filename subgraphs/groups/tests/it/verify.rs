//! The comparison of documents with the journal.

use groups::Services;
use kit::{Subgraph, journal::Difference};
use mongodb::bson::{Document, doc};
use serde_json::json;

use crate::fixture::Fixture;

async fn verified(fixture: &Fixture) -> Result<u64, Difference> {
    let [groups] = <[_; 1]>::try_from(Services::documents()).ok().unwrap();
    fixture.subgraph.resources.journal.verify_documents(&groups).await.unwrap()
}

#[tokio::test]
async fn a_group_that_differs_from_its_events_is_reported() {
    let fixture = Fixture::open().await;
    let (ada, bob) = (fixture.person("Ada"), fixture.person("Bob"));
    let group = fixture.pair(&ada, &bob).await;
    fixture.guest(&ada, &group, "Guest").await;
    fixture.leave(&bob, &group).await;
    for step in ["updateGroup(input: {id: $id, expectedVersion: 4, name: \"Porto\"})", "archiveGroup(id: $id)"] {
        let step = format!("mutation ($id: ID!) {{ {step} {{ id }} }}");
        fixture.subgraph.data(&ada, &step, json!({ "id": group })).await;
    }
    fixture.group(&ada).await;
    assert_eq!(verified(&fixture).await, Ok(2));

    let documents = fixture.subgraph.resources.database.collection::<Document>("groups");
    let change = |fields| documents.update_one(doc! { "_id": &group }, doc! { "$set": fields });
    change(doc! { "members.1.state": "ACTIVE" }).await.unwrap();
    assert_eq!(verified(&fixture).await.unwrap_err().id, group);
    change(doc! { "members.1.state": "LEFT" }).await.unwrap();
    assert_eq!(verified(&fixture).await, Ok(2));
    change(doc! { "archived_at": null }).await.unwrap();
    assert_eq!(verified(&fixture).await.unwrap_err().id, group);
    fixture.subgraph.close().await;
}
