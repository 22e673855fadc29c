//! Pay handles.

use contracts::UserId;
use kit::{
    Caller,
    testing::{person, through_router},
};
use serde_json::{Value, json};

use crate::fixture::*;

const SET: &str = "mutation ($handles: [PayHandleInput!]!) { setPayHandles(handles: $handles) {
    payHandles { kind value holder } } }";
const OWN: &str = "{ me { payHandles { kind value holder } } }";

fn bank() -> Value {
    json!({ "kind": "IBAN", "value": "DE89 3704 0044 0532 0130 00", "holder": "Ada Lovelace" })
}

#[tokio::test]
async fn new_handles_replace_the_old_ones() {
    let fixture = Fixture::open().await;
    let ada = fixture.person("ada@example.org").await;
    assert_eq!(fixture.subgraph.data(&ada, OWN, json!({})).await["me"]["payHandles"], json!([]));
    let page = json!({ "kind": "PAYPAL", "value": "paypal.me/ada" });
    let handles = json!({ "handles": [bank(), page] });
    let set = fixture.subgraph.data(&ada, SET, handles).await["setPayHandles"]["payHandles"].take();
    let kept = json!([
        { "kind": "IBAN", "value": "DE89370400440532013000", "holder": "Ada Lovelace" },
        { "kind": "PAYPAL", "value": "ada", "holder": null },
    ]);
    assert_eq!(set, kept);
    let upi = json!({ "kind": "UPI", "value": "ada@okbank", "holder": "Ada" });
    fixture.subgraph.data(&ada, SET, json!({ "handles": [upi] })).await;
    let own = fixture.subgraph.data(&ada, OWN, json!({})).await["me"]["payHandles"].take();
    assert_eq!(own, json!([{ "kind": "UPI", "value": "ada@okbank", "holder": "Ada" }]));
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn invalid_handles_are_refused_and_change_nothing() {
    let fixture = Fixture::open().await;
    let ada = fixture.person("ada@example.org").await;
    fixture.subgraph.data(&ada, SET, json!({ "handles": [bank()] })).await;
    let wrong = json!({ "kind": "IBAN", "value": "DE89370400440532013001", "holder": "Ada" });
    let nameless = json!({ "kind": "IBAN", "value": "DE89370400440532013000" });
    let too_many: Vec<Value> = (0..11).map(|_| bank()).collect();
    for handles in [json!([bank(), wrong]), json!([nameless]), json!(too_many)] {
        let answer = fixture.subgraph.ask(&ada, SET, json!({ "handles": handles })).await;
        assert_eq!(refusal(&answer), ("VALIDATION", Some("handles")), "{handles}");
    }
    assert_eq!(fixture.subgraph.data(&ada, OWN, json!({})).await["me"]["payHandles"].as_array().map(Vec::len), Some(1));
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn only_the_owner_reads_and_sets_handles() {
    let fixture = Fixture::open().await;
    let (ada, eve) = (fixture.person("ada@example.org").await, fixture.person("eve@example.org").await);
    fixture.subgraph.data(&ada, SET, json!({ "handles": [bank()] })).await;
    for nobody in [Caller::anonymous(), person(UserId::new())] {
        assert_eq!(fixture.subgraph.code(&nobody, SET, json!({ "handles": [bank()] })).await, "UNAUTHENTICATED");
    }
    let entity = "query ($r: [_Any!]!) { _entities(representations: $r) { ... on User { payHandles { value } } } }";
    let asked = json!({ "r": [{ "__typename": "User", "id": ada.user().unwrap().to_string() }] });
    assert_eq!(fixture.subgraph.code(&through_router(eve), entity, asked.clone()).await, "NOT_ALLOWED");
    let own = fixture.subgraph.data(&through_router(ada), entity, asked).await;
    assert_eq!(own["_entities"][0]["payHandles"][0]["value"], "DE89370400440532013000");
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn handles_are_deleted_with_the_account_and_exported_with_its_data() {
    let fixture = Fixture::open().await;
    let ada = fixture.person("ada@example.org").await;
    fixture.subgraph.data(&ada, SET, json!({ "handles": [bank()] })).await;
    let file = fixture.subgraph.data(&ada, "{ exportMyData { content } }", json!({})).await["exportMyData"].take();
    let data: Value = serde_json::from_str(text(&file["content"])).unwrap();
    assert_eq!(data["payHandles"][0]["iban"], "DE89370400440532013000");
    let delete = "mutation ($password: String!) { deleteAccount(password: $password) }";
    fixture.subgraph.data(&ada, delete, json!({ "password": PASSWORD })).await;
    let kept = fixture.subgraph.resources.database.collection::<mongodb::bson::Document>("pay_handles");
    assert_eq!(kept.count_documents(mongodb::bson::doc! {}).await.unwrap(), 0);
    fixture.subgraph.close().await;
}
