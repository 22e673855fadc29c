//! Webhooks of card payments: however they arrive, the result is the state at Stripe.

use std::slice;

use contracts::PaymentId;
use futures::future::join_all;
use mongodb::bson::{Document, doc};
use serde_json::Value;
use stripe_double::{Deliveries, Intent};

use crate::shop::Shop;

/// After this time every payment that may still change has been checked.
const DAY_MS: i64 = 24 * 3_600_000;

/// How many payments are processed concurrently.
const AT_A_TIME: usize = 12;

/// A step of a payment at Stripe: the type of the event, and the change of the intent that it reports.
type Step = (&'static str, fn(&mut Intent));

/// A payment that fails at first, and part of which is refunded while the payer disputes it in vain.
const LIFE: [Step; 5] = [
    ("payment_intent.payment_failed", |intent| intent.status = "requires_payment_method"),
    ("payment_intent.processing", |intent| intent.status = "processing"),
    ("payment_intent.succeeded", |intent| intent.status = "succeeded"),
    ("charge.refunded", |intent| intent.refunded = 5_00),
    ("charge.dispute.closed", |intent| intent.dispute = Some("won")),
];

/// Returns all orders of these.
fn orders<T: Clone>(all: &[T]) -> Vec<Vec<T>> {
    if all.is_empty() {
        return vec![Vec::new()];
    }
    let first = |place: usize| {
        let mut rest = all.to_vec();
        let first = rest.remove(place);
        orders(&rest).into_iter().map(move |rest| [slice::from_ref(&first), &rest[..]].concat())
    };
    (0..all.len()).flat_map(first).collect()
}

/// Lets a step happen at Stripe, and returns its event, which is not delivered yet.
fn happen(shop: &Shop, intent: &str, (kind, change): Step) -> String {
    shop.stripe.change(intent, change);
    shop.stripe.event(kind, &shop.stripe.intent(intent).charge())
}

/// Lets the periodic check find what lost events would have told, and expects the state at Stripe of each payment.
async fn expect_the_end(shop: &Shop, payments: &[Value], delivered: usize) {
    shop.fixture.subgraph.resources.clock.advance_ms(DAY_MS);
    for id in payments {
        shop.becomes(id, "PROCESSED", "5.00").await;
    }
    let counted = i64::try_from(payments.len()).unwrap() * 25_00;
    assert_eq!(shop.receiver_net().await, -counted, "each is booked once");
    let events = shop.fixture.subgraph.resources.database.collection::<Document>("stripe_events");
    let known = events.count_documents(doc! {}).await.unwrap();
    assert_eq!(known, u64::try_from(delivered).unwrap(), "each event is known once");
}

/// The order in which the events of a payment arrive, and how often each does.
type Plan = (Vec<usize>, [usize; 5]);

/// Lets a payment happen at Stripe, and delivers its events by this plan.
async fn pay_by(shop: &Shop, (order, times): &Plan) -> Value {
    let (id, intent) = shop.start(&PaymentId::new().to_string()).await;
    let events = LIFE.map(|step| happen(shop, &intent, step));
    for place in order {
        for _ in 0..times[*place] {
            shop.tell(&events[*place]).await;
        }
    }
    id
}

#[tokio::test]
async fn the_order_of_events_their_repetition_and_loss_do_not_matter() {
    let shop = Shop::open().await;
    let mut deliveries = Deliveries::new(20_261_129);
    let orders = orders(&[0, 1, 2, 3, 4]);
    assert_eq!(orders.len(), 120);
    let plans: Vec<Plan> = orders.into_iter().map(|order| (order, LIFE.map(|_| deliveries.times()))).collect();
    let mut payments = Vec::new();
    for some in plans.chunks(AT_A_TIME) {
        payments.extend(join_all(some.iter().map(|plan| pay_by(&shop, plan))).await);
    }
    let delivered = plans.iter().flat_map(|(_, times)| times).filter(|times| **times > 0).count();
    expect_the_end(&shop, &payments, delivered).await;
    shop.close().await;
}

#[tokio::test]
async fn events_that_arrive_while_a_payment_goes_on_lead_to_its_last_state() {
    let shop = Shop::open().await;
    let mut deliveries = Deliveries::new(15);
    let (mut payments, mut delivered) = (Vec::new(), 0);
    for number in 0..20 {
        let (id, intent) = shop.start(&format!("k{number}")).await;
        for step in LIFE {
            delivered += usize::from(deliveries.add(&happen(&shop, &intent, step)));
            for event in deliveries.some() {
                shop.tell(&event).await;
            }
        }
        for event in deliveries.rest() {
            shop.tell(&event).await;
        }
        payments.push(id);
    }
    expect_the_end(&shop, &payments, delivered).await;
    shop.close().await;
}
