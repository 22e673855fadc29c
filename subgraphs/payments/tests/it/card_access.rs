//! The access to people's accounts at Stripe, and what the stand-in for it refuses as Stripe does.

use std::time::Duration;

use reqwest::StatusCode;
use serde_json::{Value, json};
use stripe_double::{SECRETS, signature};

use crate::shop::{CONNECT, Shop};

#[tokio::test]
async fn who_has_ended_the_access_cannot_be_paid_and_can_connect_again() {
    let shop = Shop::open().await;
    shop.stripe.forget("acct_1");
    let application = json!({ "id": "ca_1", "object": "application" });
    let told = json!({
        "id": "evt_gone", "object": "event", "type": "account.application.deauthorized", "account": "acct_1",
        "data": { "object": application },
    });
    let (body, now) = (told.to_string(), shop.fixture.subgraph.resources.clock.now().unix_seconds());
    assert_eq!(shop.deliver(signature(SECRETS[1], now, &body), body).await, StatusCode::OK);
    for _ in 0..500 {
        if shop.payouts(0).await == "INCOMPLETE" {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(shop.payouts(0).await, "INCOMPLETE");
    let refused = shop.try_to_start(&shop.fixture.caller(1), shop.input("k")).await;
    let extensions = &refused["errors"][0]["extensions"];
    assert_eq!((&extensions["code"], &extensions["field"]), (&json!("VALIDATION"), &json!("input.toMemberId")));

    for _ in 0..2 {
        let address = shop.fixture.subgraph.data(&shop.fixture.caller(0), CONNECT, json!({})).await;
        let page = address["connectPayouts"].as_str().unwrap();
        assert!(page.contains("/onboarding/acct_2?"), "one new account: {page}");
    }
    shop.stripe.set_ready("acct_2", true);
    assert_eq!(shop.payouts(0).await, "READY");
    let (_, intent) = shop.start("k").await;
    assert_eq!(shop.stripe.intent(&intent).destination, "acct_2");
    shop.close().await;
}

#[tokio::test]
async fn a_key_that_is_used_for_something_else_is_refused() {
    let shop = Shop::open().await;
    let send = async |amount: &str| -> (StatusCode, Value) {
        let form = format!(
            "amount={amount}&currency=eur&transfer_data[destination]=acct_1&metadata[payment_id]=0197c5a0-0000-7000-8000-000000000000"
        );
        let address = shop.stripe.url.join("v1/payment_intents").unwrap();
        let request = reqwest::Client::new().post(address).header("idempotency-key", "payment/1").body(form);
        let answer = request.send().await.unwrap();
        let status = answer.status();
        (status, serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap())
    };
    let first = send("3000").await;
    assert_eq!(first.0, StatusCode::OK);
    assert_eq!(send("3000").await, first);
    let other = send("3100").await;
    assert_eq!((other.0, &other.1["error"]["type"]), (StatusCode::BAD_REQUEST, &json!("idempotency_error")));
    assert_eq!(shop.stripe.intents().len(), 1);
    shop.close().await;
}
