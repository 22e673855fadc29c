//! The comparison of documents with the journal.

use kit::{Subgraph, journal::Difference};
use mongodb::bson::{Document, doc};
use serde_json::json;
use users::Services;

use crate::fixture::{Fixture, PASSWORD};

async fn verified(fixture: &Fixture) -> Result<u64, Difference> {
    let [accounts] = <[_; 1]>::try_from(Services::documents()).ok().unwrap();
    fixture.subgraph.resources.journal.verify_documents(&accounts).await.unwrap()
}

#[tokio::test]
async fn an_account_that_differs_from_its_events_is_reported() {
    let fixture = Fixture::open().await;
    let ada = fixture.person("ada@example.org").await;
    let ben = fixture.person("ben@example.org").await;
    let rename = "mutation { updateProfile(input: { name: \"Ada L.\" }) { id } }";
    fixture.subgraph.data(&ada, rename, json!({})).await;
    let delete = "mutation($password: String!) { deleteAccount(password: $password) }";
    fixture.subgraph.data(&ben, delete, json!({ "password": PASSWORD })).await;
    assert_eq!(verified(&fixture).await, Ok(2));

    let documents = fixture.subgraph.resources.database.collection::<Document>("accounts");
    for (account, field, value) in
        [(&ada, "profile.name", "Eve".into()), (&ben, "deleted_at", mongodb::bson::Bson::Null)]
    {
        let id = account.user().unwrap().to_string();
        let before = documents.find_one(doc! { "_id": &id }).await.unwrap().unwrap();
        documents.update_one(doc! { "_id": &id }, doc! { "$set": { field: value } }).await.unwrap();
        assert_eq!(verified(&fixture).await.unwrap_err().id, id);
        documents.replace_one(doc! { "_id": &id }, before).await.unwrap();
        assert_eq!(verified(&fixture).await, Ok(2));
    }
    fixture.subgraph.close().await;
}
