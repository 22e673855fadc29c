//! Card payments and the limits of a group's ledger.

use mongodb::bson::{Document, doc};
use serde_json::json;

use crate::{fixture::CURRENCIES, shop::Shop};

/// Records a payment by hand in each of the most currencies that a group can have, without euros.
async fn fill(shop: &Shop) {
    for code in CURRENCIES {
        let amount = json!({ "amount": { "amount": "1.00", "currency": code } });
        shop.fixture.record(0, shop.fixture.cash_with(code, &amount)).await;
    }
}

#[tokio::test]
async fn a_card_payment_that_the_ledger_has_no_room_for_is_not_started() {
    let shop = Shop::open().await;
    fill(&shop).await;
    let refused = shop.try_to_start(&shop.fixture.caller(1), shop.input("k")).await;
    assert_eq!(refused["errors"][0]["extensions"]["code"], "LEDGER_FULL");
    assert!(shop.stripe.intents().is_empty());
    let payments = shop.fixture.subgraph.resources.database.collection::<Document>("payments");
    assert_eq!(payments.count_documents(doc! { "method": "card" }).await.unwrap(), 0);
    shop.close().await;
}

#[tokio::test]
async fn money_that_has_moved_is_booked_although_the_ledger_is_full() {
    let shop = Shop::open().await;
    let (id, intent) = shop.start("k").await;
    fill(&shop).await;
    shop.happens(&intent, "charge.succeeded", |intent| intent.status = "succeeded").await;
    shop.becomes(&id, "PROCESSED", "0.00").await;
    let head = shop.fixture.subgraph.resources.journal.head(shop.fixture.group.group_id.0).await.unwrap().unwrap();
    let receiver = shop.fixture.member(0);
    let net = head.ledger.nets.iter().find(|row| row.member_id == receiver && row.currency.code() == "EUR");
    assert_eq!(net.map(|row| row.amount_minor), Some(-30_00));
    // What is given back is booked as well.
    shop.happens(&intent, "charge.refunded", |intent| intent.refunded = 10_00).await;
    shop.becomes(&id, "PROCESSED", "10.00").await;
    shop.close().await;
}
