//! Card payments, with a stand-in for Stripe behind the real client.

use contracts::UserId;
use kit::{Caller, testing::person};
use mongodb::bson::{Bson, Document, doc};
use reqwest::StatusCode;
use serde_json::json;
use stripe_double::{SECRETS, signature};

use crate::{
    fixture::Fixture,
    shop::{CONNECT, PAYOUTS, QUOTE, START, Shop},
};

const HOUR_MS: i64 = 3_600_000;

#[tokio::test]
async fn without_keys_card_payments_are_refused() {
    let fixture = Fixture::open().await;
    let input = json!({
        "groupId": fixture.group.group_id.to_string(), "toMemberId": fixture.member(0).to_string(),
        "amount": { "amount": "30.00", "currency": "EUR" }, "idempotencyKey": "k",
    });
    for (operation, variables) in [(START, json!({ "input": input })), (CONNECT, json!({})), (PAYOUTS, json!({}))] {
        assert_eq!(fixture.subgraph.code(&fixture.caller(1), operation, variables).await, "NOT_CONFIGURED");
    }
    let quote = fixture.subgraph.data(&fixture.caller(1), QUOTE, input).await;
    assert_eq!(quote["cardQuote"], json!(null));
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_person_can_be_paid_after_onboarding() {
    let shop = Shop::open().await;
    assert_eq!(shop.payouts(1).await, "NONE");
    let ada = shop.fixture.caller(1);
    for _ in 0..2 {
        let address = shop.fixture.subgraph.data(&ada, CONNECT, json!({})).await["connectPayouts"].take();
        let onboarding =
            format!("{}onboarding/acct_2?back=https%3A%2F%2Fquits.example%2Fsettings%2Fpay-handles", shop.stripe.url);
        assert_eq!(address, onboarding.as_str());
    }
    assert_eq!(shop.stripe.accounts().len(), 2, "one account a person");
    assert_eq!(shop.payouts(1).await, "INCOMPLETE");
    shop.stripe.set_ready("acct_2", true);
    assert_eq!(shop.payouts(1).await, "READY");

    // Stripe may revoke that.
    shop.stripe.set_ready("acct_2", false);
    shop.tell(&shop.stripe.event("account.updated", &json!({ "id": "acct_2", "object": "account" }))).await;
    for _ in 0..500 {
        if shop.payouts(1).await == "INCOMPLETE" {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    assert_eq!(shop.payouts(1).await, "INCOMPLETE");
    assert_eq!(shop.fixture.subgraph.code(&Caller::anonymous(), PAYOUTS, json!({})).await, "UNAUTHENTICATED");
    assert_eq!(shop.fixture.subgraph.code(&Caller::anonymous(), CONNECT, json!({})).await, "UNAUTHENTICATED");
    shop.close().await;
}

#[tokio::test]
async fn starting_twice_with_one_key_makes_one_payment_that_moves_nothing_yet() {
    let shop = Shop::open().await;
    let ben = shop.fixture.caller(1);
    let (first, second) =
        tokio::join!(shop.try_to_start(&ben, shop.input("k")), shop.try_to_start(&ben, shop.input("k")));
    let third = shop.try_to_start(&ben, shop.input("k")).await;
    assert_eq!((&first, &second), (&second, &third));
    let started = &first["data"]["startCardPayment"];
    assert_eq!((&started["payment"]["status"], &started["payment"]["method"]), (&json!("PENDING"), &json!("CARD")));
    assert_eq!(started["publishableKey"], "pk_test_quits");
    let [id] = &shop.stripe.intents()[..] else { panic!("one intent") };
    let intent = shop.stripe.intent(id);
    assert_eq!((intent.amount, intent.currency.as_str(), intent.destination.as_str()), (30_00, "eur", "acct_1"));
    assert_eq!(started["payment"]["id"], intent.payment_id);
    assert_eq!(shop.receiver_net().await, 0);

    let mut other = shop.input("k");
    other["amount"]["amount"] = "31.00".into();
    assert_eq!(shop.try_to_start(&ben, other).await["errors"][0]["extensions"]["code"], "IDEMPOTENCY_KEY_REUSED");
    shop.close().await;
}

#[tokio::test]
async fn the_balance_moves_when_the_money_has_moved_and_once() {
    let shop = Shop::open().await;
    let (id, intent) = shop.start("k").await;
    // A failed attempt can be followed by another.
    shop.happens(&intent, "payment_intent.payment_failed", |_| {}).await;
    shop.settles().await;
    assert_eq!(shop.payment(&id).await["status"], "PENDING");

    shop.stripe.change(&intent, |intent| intent.status = "succeeded");
    let event = shop.stripe.event("payment_intent.succeeded", &shop.stripe.intent(&intent).object());
    for _ in 0..3 {
        shop.tell(&event).await;
    }
    let payment = shop.becomes(&id, "PROCESSED", "0.00").await;
    assert_eq!(payment["history"], json!([{ "change": "STARTED" }, { "change": "RECORDED" }]));
    assert_eq!(shop.receiver_net().await, -30_00);
    let events = shop.fixture.subgraph.resources.database.collection::<Document>("stripe_events");
    assert_eq!(events.count_documents(doc! {}).await.unwrap(), 2);
    shop.close().await;
}

#[tokio::test]
async fn unsigned_webhooks_have_no_effect() {
    let shop = Shop::open().await;
    let (id, intent) = shop.start("k").await;
    shop.stripe.change(&intent, |intent| intent.status = "succeeded");
    let body = shop.stripe.event("payment_intent.succeeded", &shop.stripe.intent(&intent).object());
    let now = shop.fixture.subgraph.resources.clock.now().unix_seconds();
    let good = signature(SECRETS[1], now, &body);
    for (signature, body) in [
        (good.clone(), body.replace("evt_1", "evt_2")),
        (signature(SECRETS[1], now - 301, &body), body.clone()),
        (signature("whsec_unknown", now, &body), body.clone()),
        (String::new(), body.clone()),
    ] {
        assert_eq!(shop.deliver(signature, body).await, StatusCode::BAD_REQUEST);
    }
    shop.settles().await;
    assert_eq!(shop.payment(&id).await["status"], "PENDING");
    assert_eq!(shop.deliver(good, body).await, StatusCode::OK);
    shop.becomes(&id, "PROCESSED", "0.00").await;
    shop.close().await;
}

#[tokio::test]
async fn refunds_and_lost_disputes_restore_the_debt() {
    let shop = Shop::open().await;
    let (id, intent) = shop.start("k").await;
    shop.happens(&intent, "charge.succeeded", |intent| intent.status = "succeeded").await;
    shop.becomes(&id, "PROCESSED", "0.00").await;
    shop.happens(&intent, "charge.refunded", |intent| intent.refunded = 10_00).await;
    shop.becomes(&id, "PROCESSED", "10.00").await;
    assert_eq!(shop.receiver_net().await, -20_00);
    // A failed refund returns nothing.
    shop.happens(&intent, "refund.failed", |intent| intent.refunded = 0).await;
    shop.becomes(&id, "PROCESSED", "0.00").await;
    assert_eq!(shop.receiver_net().await, -30_00);

    shop.happens(&intent, "charge.dispute.created", |intent| intent.dispute = Some("needs_response")).await;
    let disputed = shop.becomes(&id, "DISPUTED", "0.00").await;
    assert_eq!(disputed["disputeReason"], "The payer disputes it with the card's provider.");
    assert_eq!(shop.receiver_net().await, -30_00);
    shop.happens(&intent, "charge.dispute.closed", |intent| intent.dispute = Some("won")).await;
    shop.becomes(&id, "PROCESSED", "0.00").await;
    // A dispute about a part of it that is lost is over, and the rest counts.
    shop.happens(&intent, "charge.dispute.created", |intent| {
        (intent.dispute, intent.disputed) = (Some("needs_response"), Some(10_00));
    })
    .await;
    shop.becomes(&id, "DISPUTED", "0.00").await;
    shop.happens(&intent, "charge.dispute.closed", |intent| intent.dispute = Some("lost")).await;
    shop.becomes(&id, "PROCESSED", "10.00").await;
    assert_eq!(shop.receiver_net().await, -20_00);
    shop.happens(&intent, "charge.dispute.closed", |intent| intent.disputed = None).await;
    shop.becomes(&id, "REFUNDED", "30.00").await;
    assert_eq!(shop.receiver_net().await, 0);
    shop.close().await;
}

#[tokio::test]
async fn the_payer_is_told_the_fee_and_pays_it_beside_the_amount() {
    let shop = Shop::with_fees(150, "EUR:25").await;
    let ben = shop.fixture.caller(1);
    let quote = shop.fixture.subgraph.data(&ben, QUOTE, shop.input("k")).await["cardQuote"].take();
    let money = |amount: &str| json!({ "amount": amount });
    let expected = json!({ "amount": money("30.00"), "fee": money("0.70"), "total": money("30.70"), "isTest": true });
    assert_eq!(quote, expected);

    let (id, intent) = shop.start("k").await;
    let charged = shop.stripe.intent(&intent);
    assert_eq!((charged.amount, charged.fee), (30_70, 70));
    shop.happens(&intent, "charge.succeeded", |intent| intent.status = "succeeded").await;
    shop.becomes(&id, "PROCESSED", "0.00").await;
    assert_eq!(shop.receiver_net().await, -30_00);
    // What is returned is the debt's first, and never more than the debt.
    shop.happens(&intent, "charge.refunded", |intent| intent.refunded = 10_00).await;
    shop.becomes(&id, "PROCESSED", "10.00").await;
    assert_eq!(shop.receiver_net().await, -20_00);
    shop.happens(&intent, "charge.refunded", |intent| intent.refunded = 30_70).await;
    shop.becomes(&id, "REFUNDED", "30.00").await;
    assert_eq!(shop.receiver_net().await, 0);
    shop.close().await;
}

#[tokio::test]
async fn no_quote_is_given_where_a_card_payment_would_be_refused() {
    let mut shop = Shop::with_fees(150, "").await;
    let ben = shop.fixture.caller(1);
    let member = |index: usize| json!({ "toMemberId": shop.fixture.member(index).to_string() });
    let changes = [member(2), member(3), json!({ "amount": { "amount": "1.234", "currency": "KWD" } })];
    for change in changes {
        let mut asked = shop.input("k");
        asked.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        let answer = shop.fixture.subgraph.data(&ben, QUOTE, asked).await;
        assert_eq!(answer["cardQuote"], json!(null), "{change}");
    }
    for (caller, code) in [(Caller::anonymous(), "UNAUTHENTICATED"), (person(UserId::new()), "GROUP_NOT_FOUND")] {
        assert_eq!(shop.fixture.subgraph.code(&caller, QUOTE, shop.input("k")).await, code);
    }
    shop.fixture.leave(1);
    let left = shop.fixture.caller(1);
    assert_eq!(shop.fixture.subgraph.code(&left, QUOTE, shop.input("k")).await, "GROUP_NOT_FOUND");
    shop.close().await;
}

#[tokio::test]
async fn a_canceled_payment_is_failed() {
    let shop = Shop::open().await;
    let (id, intent) = shop.start("k").await;
    shop.happens(&intent, "payment_intent.canceled", |intent| intent.status = "canceled").await;
    shop.becomes(&id, "FAILED", "0.00").await;
    assert_eq!(shop.receiver_net().await, 0);
    shop.close().await;
}

#[tokio::test]
async fn a_lost_response_of_stripe_makes_no_second_intent() {
    let shop = Shop::open().await;
    shop.stripe.lose_next_answer();
    let lost = shop.try_to_start(&shop.fixture.caller(1), shop.input("k")).await;
    assert_eq!(lost["errors"][0]["extensions"]["code"], "SERVICE_UNAVAILABLE");
    let (id, intent) = shop.start("k").await;
    assert_eq!(shop.stripe.intents(), std::slice::from_ref(&intent));

    // As after a crash between Stripe's response and storing it.
    let checks = shop.fixture.subgraph.resources.database.collection::<Document>("card_intents");
    checks.update_one(doc! {}, doc! { "$set": { "intent_id": Bson::Null } }).await.unwrap();
    assert_eq!(shop.start("k").await, (id.clone(), intent.clone()));
    shop.happens(&intent, "charge.succeeded", |intent| intent.status = "succeeded").await;
    shop.becomes(&id, "PROCESSED", "0.00").await;
    assert_eq!(shop.receiver_net().await, -30_00);
    shop.close().await;
}

#[tokio::test]
async fn a_payment_that_never_reached_stripe_is_given_up() {
    let shop = Shop::open().await;
    shop.stripe.set_down(true);
    let failed = shop.try_to_start(&shop.fixture.caller(1), shop.input("k")).await;
    assert_eq!(failed["errors"][0]["extensions"]["code"], "SERVICE_UNAVAILABLE");
    let payments = shop.fixture.subgraph.resources.database.collection::<Document>("payments");
    let kept = payments.find_one(doc! {}).await.unwrap().unwrap();
    let id = json!(kept.get_str("_id").unwrap());
    assert_eq!(shop.payment(&id).await["status"], "PENDING");
    shop.fixture.subgraph.resources.clock.advance_ms(24 * HOUR_MS);
    shop.becomes(&id, "FAILED", "0.00").await;
    shop.close().await;
}

#[tokio::test]
async fn a_payment_that_nobody_completes_is_given_up_after_a_day() {
    let shop = Shop::open().await;
    let (left, left_intent) = shop.start("left").await;
    let (slow, slow_intent) = shop.start("slow").await;
    shop.stripe.change(&slow_intent, |intent| intent.status = "processing");
    shop.fixture.subgraph.resources.clock.advance_ms(HOUR_MS);
    shop.settles().await;
    assert_eq!(
        (&shop.payment(&left).await["status"], shop.stripe.intent(&left_intent).status),
        (&json!("PENDING"), "requires_payment_method")
    );

    shop.fixture.subgraph.resources.clock.advance_ms(24 * HOUR_MS);
    shop.becomes(&left, "FAILED", "0.00").await;
    assert_eq!(shop.stripe.intent(&left_intent).status, "canceled", "nobody can pay it any more");
    shop.settles().await;
    assert_eq!(shop.payment(&slow).await["status"], "PENDING", "the bank decides");
    shop.stripe.change(&slow_intent, |intent| intent.status = "succeeded");
    shop.fixture.subgraph.resources.clock.advance_ms(HOUR_MS);
    shop.becomes(&slow, "PROCESSED", "0.00").await;
    shop.close().await;
}

#[tokio::test]
async fn invalid_card_payments_are_refused() {
    let shop = Shop::open().await;
    let ben = shop.fixture.caller(1);
    let guest = shop.fixture.member(3).to_string();
    let cases = [
        (json!({ "toMemberId": shop.fixture.member(2).to_string() }), "input.toMemberId"),
        (json!({ "toMemberId": guest }), "input.toMemberId"),
        (json!({ "toMemberId": "?" }), "input.toMemberId"),
        (json!({ "amount": { "amount": "0.00", "currency": "EUR" } }), "input.amount.amount"),
        (json!({ "amount": { "amount": "1.234", "currency": "KWD" } }), "input.amount"),
    ];
    for (changes, field) in cases {
        let mut input = shop.input("k");
        input.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        let answer = shop.try_to_start(&ben, input).await;
        let extensions = &answer["errors"][0]["extensions"];
        assert_eq!((&extensions["code"], &extensions["field"]), (&json!("VALIDATION"), &json!(field)), "{changes}");
    }
    assert!(shop.stripe.intents().is_empty());
    // A payment that Stripe refuses does not stay open.
    let mut small = shop.input("small");
    small["amount"]["amount"] = "0.10".into();
    assert_eq!(shop.try_to_start(&ben, small).await["errors"][0]["extensions"]["code"], "VALIDATION");
    let payments = shop.fixture.subgraph.resources.database.collection::<Document>("payments");
    assert_eq!(payments.count_documents(doc! { "status": "failed" }).await.unwrap(), 1);
    assert_eq!(payments.count_documents(doc! { "status": "pending" }).await.unwrap(), 0);
    shop.close().await;
}

#[tokio::test]
async fn only_members_start_card_payments() {
    let mut shop = Shop::open().await;
    let input = || shop.input("k");
    for (caller, code) in [(Caller::anonymous(), "UNAUTHENTICATED"), (person(UserId::new()), "GROUP_NOT_FOUND")] {
        assert_eq!(shop.try_to_start(&caller, input()).await["errors"][0]["extensions"]["code"], code);
    }
    let input = input();
    shop.fixture.leave(1);
    let left = shop.fixture.caller(1);
    assert_eq!(shop.try_to_start(&left, input.clone()).await["errors"][0]["extensions"]["code"], "GROUP_NOT_FOUND");
    let mut unknown = input;
    unknown["groupId"] = "?".into();
    let answer = shop.try_to_start(&shop.fixture.caller(2), unknown).await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "GROUP_NOT_FOUND");
    assert!(shop.stripe.intents().is_empty());
    shop.close().await;
}
