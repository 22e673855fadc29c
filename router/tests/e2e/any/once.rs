//! A request that is sent twice takes effect once.

use serde_json::json;

use crate::{
    installation::Quits,
    trip::{Trip, balance},
};

#[tokio::test]
async fn the_same_expense_sent_twice_concurrently_is_saved_once() {
    let quits = Quits::shared().await;
    let trip = Trip::of(&quits, &["Ada", "Ben"]).await;
    let (one, two) = tokio::join!(trip.spend(0, "100.00", "k"), trip.spend(0, "100.00", "k"));
    assert_eq!(one["data"]["createExpense"]["id"], two["data"]["createExpense"]["id"], "{one:#} {two:#}");
    let count = "query($id: ID!) { group(id: $id) { expenses { totalCount } } }";
    let group = trip.people[1].data(count, json!({ "id": trip.id })).await;
    assert_eq!(group["group"]["expenses"]["totalCount"], 1);
    assert_eq!(balance(&trip.group(1).await, "Ben"), "-50.00");
}
