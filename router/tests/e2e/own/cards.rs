//! Payments is killed while Stripe answers: nothing is lost, and everything is booked once.

use std::time::Duration;

use serde_json::json;

use crate::{shop::Shop, stack::eventually};

/// Fails rather than waiting for an answer that nobody asks for.
async fn soon<T>(wanted: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(30), wanted).await.expect("Stripe is asked")
}

#[tokio::test]
async fn killed_before_it_knows_the_intent_payments_makes_no_second_one() {
    let mut shop = Shop::open(&["Ada", "Ben"]).await;
    let mut started = Vec::new();
    // Stripe has made the intent each time; its answer is never read, or is on its way.
    for (round, is_answered) in [false, true, true].into_iter().enumerate() {
        let key = format!("k{round}");
        let held = shop.stripe.hold_next_answer();
        let starting = tokio::spawn(shop.ask_to_start(1, &key));
        let release = soon(held).await.unwrap();
        assert_eq!(shop.stripe.intents().len(), round + 1);
        if is_answered {
            release.send(()).unwrap();
            shop.stack.kill("payments").await;
        } else {
            shop.stack.kill("payments").await;
            drop(release);
        }
        starting.await.unwrap();
        shop.stack.restart("payments").await;

        let again = shop.start(1, &key).await;
        assert_eq!(shop.stripe.intent(&again.intent).payment_id, again.payment);
        assert_eq!(shop.stripe.intents().len(), round + 1, "one intent for each payment");
        assert_eq!(shop.status(0, &again.payment).await, "PENDING");
        started.push(again);
    }
    let listed = "query($id: ID!) { group(id: $id) { payments { totalCount } } }";
    let group = shop.trip.people[0].data(listed, json!({ "id": shop.trip.id })).await;
    assert_eq!(group["group"]["payments"]["totalCount"], 3);
    assert_eq!(shop.balance("Ben").await, "0.00", "no money has moved");

    for one in &started {
        shop.happens(&one.intent, "payment_intent.succeeded", |intent| intent.status = "succeeded").await;
        shop.happens(&one.intent, "charge.succeeded", |_| {}).await;
    }
    eventually("all are booked", async || (shop.balance("Ben").await == "90.00").then_some(())).await;
    let (is_sound, findings) = shop.stack.verify("payments").await;
    assert!(is_sound, "{findings}");
}

#[tokio::test]
async fn killed_before_it_books_payments_books_a_paid_card_once() {
    let mut shop = Shop::open(&["Ada", "Ben"]).await;
    let one = shop.start(1, "k").await;
    shop.stripe.change(&one.intent, |intent| intent.status = "succeeded");
    let event = shop.stripe.event("payment_intent.succeeded", &shop.stripe.intent(&one.intent).object());
    let held = shop.stripe.hold_next_answer();
    shop.tell(&event).await;
    let release = soon(held).await.unwrap();
    shop.stack.kill("payments").await;
    drop(release);
    shop.stack.restart("payments").await;
    // It was received before the end, so that a repetition says nothing new.
    shop.tell(&event).await;

    // Whoever takes over waits for as long as another process might still be at it.
    eventually("it is booked", async || (shop.status(1, &one.payment).await == "PROCESSED").then_some(())).await;
    assert_eq!(shop.balance("Ben").await, "30.00");
    shop.happens(&one.intent, "charge.succeeded", |_| {}).await;
    shop.happens(&one.intent, "charge.refunded", |intent| intent.refunded = 10_00).await;
    eventually("a refund reopens its part", async || (shop.balance("Ben").await == "20.00").then_some(())).await;
    let (is_sound, findings) = shop.stack.verify("payments").await;
    assert!(is_sound, "{findings}");
}
