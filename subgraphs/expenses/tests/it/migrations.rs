//! Documents that earlier programs wrote are brought to the present form, and no money moves by that.

use expenses::Expenses;
use futures::TryStreamExt;
use kit::{Subgraph, migrations::migrate};
use mongodb::bson::{Document, doc};
use serde_json::json;

use crate::house::House;

const READ: &str = "query($id: ID!) { expense(id: $id) { shares { amount { amount } } } }";
const DESCRIBE: &str = "mutation($input: UpdateExpenseInput!) { updateExpense(input: $input) {
    description shares { amount { amount } } } }";

async fn documents(house: &House) -> Vec<Document> {
    let expenses = house.bed.parts.database.collection::<Document>("expenses");
    expenses.find(doc! {}).sort(doc! { "_id": 1 }).await.unwrap().try_collect().await.unwrap()
}

/// As an expense was stored before the people who share it took turns.
async fn make_early(house: &House) {
    let early = doc! { "$unset": { "sharers": "", "turn": "" } };
    house.bed.parts.database.collection::<Document>("expenses").update_many(doc! {}, early).await.unwrap();
}

async fn migrated(house: &House) {
    house.bed.parts.database.collection::<Document>("migrations").drop().await.unwrap();
    migrate(&house.bed.parts.database, Expenses::MIGRATIONS).await.unwrap().unwrap();
}

#[tokio::test]
async fn expenses_without_turns_get_those_that_deal_the_odd_cents_as_they_were_dealt() {
    let house = House::open().await;
    let caller = house.caller(0);
    for key in ["a", "b", "c"] {
        house.create(0, house.dinner(key)).await;
    }
    let items = json!([
        { "name": "Pizza", "amount": "60.01", "memberIds": [house.member(0).to_string(), house.member(1).to_string()] },
        { "name": "Wine", "amount": "39.99", "memberIds": [house.member(1).to_string(), house.member(2).to_string()] },
    ]);
    house.create(0, house.dinner_with("d", &json!({ "split": { "items": { "items": items } } }))).await;
    let before = documents(&house).await;
    let ids: Vec<&str> = before.iter().map(|document| document.get_str("_id").unwrap()).collect();
    let mut shares = Vec::new();
    for id in &ids {
        shares.push(house.bed.data(&caller, READ, json!({ "id": id })).await["expense"]["shares"].take());
    }

    make_early(&house).await;
    assert_eq!(house.bed.code(&caller, READ, json!({ "id": ids[0] })).await, "INTERNAL");
    migrated(&house).await;
    for (migrated, before) in documents(&house).await.iter().zip(&before) {
        assert_eq!(migrated.get("sharers"), before.get("sharers"));
    }
    for (id, shares) in ids.iter().zip(&shares) {
        let edit = json!({ "input": { "id": id, "expectedVersion": 1, "description": "Supper" } });
        let edited = house.bed.data(&caller, DESCRIBE, edit).await["updateExpense"].take();
        assert_eq!(edited, json!({ "description": "Supper", "shares": shares }));
    }
    house.create(0, house.dinner("e")).await;
    let newest = documents(&house).await.iter().filter_map(|document| document.get_i64("turn").ok()).max();
    assert_eq!(newest, Some(4), "the early expenses of the same people are counted");
    assert_eq!(house.verified().await, 9);
    house.bed.close().await;
}

#[tokio::test]
async fn a_migration_that_is_run_again_changes_nothing() {
    let house = House::open().await;
    for key in ["a", "b"] {
        house.create(0, house.dinner(key)).await;
    }
    let written = documents(&house).await;
    migrated(&house).await;
    assert_eq!(documents(&house).await, written, "what has turns keeps them");

    make_early(&house).await;
    migrated(&house).await;
    let once = documents(&house).await;
    migrated(&house).await;
    assert_eq!(documents(&house).await, once);
    house.bed.close().await;
}
