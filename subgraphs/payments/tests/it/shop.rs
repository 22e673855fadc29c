//! A group with card payments and the stand-in for Stripe.

use std::sync::Arc;

use kit::{
    Caller, Clock, Subgraph,
    auth::{Keys, TokenCheck},
    testing::resources,
};
use mongodb::bson::{Document, doc};
use payments::{Config, Services};
use reqwest::{StatusCode, Url};
use serde_json::{Value, json};

use stripe_double::{Intent, SECRETS, Stripe, serve, signature};

use crate::fixture::{Fixture, config};

pub(crate) const START: &str = "mutation($input: StartCardPaymentInput!) { startCardPayment(input: $input) {
    payment { id status method version date } clientSecret publishableKey scriptUrl } }";
pub(crate) const CONNECT: &str = "mutation { connectPayouts }";
pub(crate) const PAYOUTS: &str = "{ payouts }";
pub(crate) const QUOTE: &str = "query($groupId: ID!, $toMemberId: ID!, $amount: MoneyInput!) {
    cardQuote(groupId: $groupId, toMemberId: $toMemberId, amount: $amount) {
        amount { amount } fee { amount } total { amount } isTest } }";
const PAYMENT: &str =
    "query($id: ID!) { payment(id: $id) { status disputeReason refunded { amount } history { change } } }";

/// A group whose first member can be paid by card, and the stand-in for Stripe.
pub(crate) struct Shop {
    pub(crate) fixture: Fixture,
    pub(crate) stripe: Stripe,
    webhooks: Url,
}

impl Shop {
    pub(crate) async fn open() -> Self {
        Self::with_fees(0, "").await
    }

    /// Opens one whose operator asks for a fee.
    pub(crate) async fn with_fees(card_fee_basis_points: u16, fixed: &str) -> Self {
        let stripe = Stripe::start().await;
        let own = Config {
            stripe_secret_key: Some("sk_test_quits".into()),
            stripe_publishable_key: Some("pk_test_quits".to_owned()),
            stripe_webhook_secrets: Some(SECRETS.join(", ").as_str().into()),
            stripe_url: stripe.url.clone(),
            stripe_script_url: stripe.url.join("stripe.js").unwrap(),
            card_fee_basis_points,
            card_fee_fixed: fixed.parse().unwrap(),
            ..config()
        };
        let mut resources = resources::<Services>(own).await;
        resources.clock = Clock::standing_at(Clock::system().now());
        let fixture = Fixture::over(resources);
        fixture.subgraph.services.prepare().await.unwrap();
        fixture.subgraph.run("serve");
        let tokens = Arc::new(TokenCheck::new(Keys::Published(stripe.url.clone()), "quits", "quits").unwrap());
        let webhooks = serve(fixture.subgraph.services.routes(&tokens)).await.join("webhooks/stripe").unwrap();
        let shop = Self { fixture, stripe, webhooks };
        shop.fixture.subgraph.data(&shop.fixture.caller(0), CONNECT, json!({})).await;
        shop.stripe.set_ready("acct_1", true);
        assert_eq!(shop.payouts(0).await, "READY");
        shop
    }

    pub(crate) async fn payouts(&self, user: usize) -> Value {
        self.fixture.subgraph.data(&self.fixture.caller(user), PAYOUTS, json!({})).await["payouts"].take()
    }

    /// A card payment of 30.00 EUR from the second member to the first.
    pub(crate) fn input(&self, key: &str) -> Value {
        json!({
            "groupId": self.fixture.group.group_id.to_string(), "toMemberId": self.fixture.member(0).to_string(),
            "amount": { "amount": "30.00", "currency": "EUR" }, "idempotencyKey": key,
        })
    }

    #[must_use]
    pub(crate) async fn try_to_start(&self, caller: &Caller, input: Value) -> Value {
        self.fixture.subgraph.ask(caller, START, json!({ "input": input })).await
    }

    /// Returns the started payment and the id of its intent.
    pub(crate) async fn start(&self, key: &str) -> (Value, String) {
        let mut answer = self.try_to_start(&self.fixture.caller(1), self.input(key)).await;
        assert!(answer.get("errors").is_none(), "{answer:#}");
        let started = answer["data"]["startCardPayment"].take();
        let intent = started["clientSecret"].as_str().unwrap().trim_end_matches("_secret").to_owned();
        (started["payment"]["id"].clone(), intent)
    }

    pub(crate) async fn deliver(&self, signature: String, body: String) -> StatusCode {
        let request = reqwest::Client::new().post(self.webhooks.clone()).header("stripe-signature", signature);
        request.body(body).send().await.unwrap().status()
    }

    /// Delivers an event signed by Stripe.
    pub(crate) async fn tell(&self, body: &str) {
        let now = self.fixture.subgraph.resources.clock.now().unix_seconds();
        assert_eq!(self.deliver(signature(SECRETS[0], now, body), body.to_owned()).await, StatusCode::OK);
    }

    /// Changes an intent at Stripe and delivers the event about it.
    pub(crate) async fn happens(&self, intent: &str, kind: &str, change: impl FnOnce(&mut Intent)) {
        self.stripe.change(intent, change);
        self.tell(&self.stripe.event(kind, &self.stripe.intent(intent).charge())).await;
    }

    pub(crate) async fn payment(&self, id: &Value) -> Value {
        self.fixture.subgraph.data(&self.fixture.caller(1), PAYMENT, json!({ "id": id })).await["payment"].take()
    }

    /// Waits until a payment has this state and refunded amount.
    pub(crate) async fn becomes(&self, id: &Value, status: &str, refunded: &str) -> Value {
        for _ in 0..1_000 {
            let payment = self.payment(id).await;
            if payment["status"] == status && payment["refunded"]["amount"] == refunded {
                self.fixture.verify_documents().await;
                return payment;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        panic!("it never becomes {status} with {refunded} back: {:#}", self.payment(id).await);
    }

    /// Waits until no check is due.
    pub(crate) async fn settles(&self) {
        let database = &self.fixture.subgraph.resources.database;
        let soon = self.fixture.subgraph.resources.clock.now().plus_ms(60_000).to_string();
        for _ in 0..1_000 {
            // A claimed check is due within a minute.
            let due = doc! { "due_at": { "$lte": &soon } };
            let waiting = database.collection::<Document>("card_intents").count_documents(due).await.unwrap();
            if waiting == 0 {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
        panic!("it never settles");
    }

    /// Returns the receiver's net from payments, in cents.
    pub(crate) async fn receiver_net(&self) -> i64 {
        let head = self.fixture.subgraph.resources.journal.head(self.fixture.group.group_id.0).await.unwrap();
        let rows = head.map(|head| head.ledger.nets).unwrap_or_default();
        rows.iter().find(|row| row.member_id == self.fixture.member(0)).map_or(0, |row| row.amount_minor)
    }

    pub(crate) async fn close(self) {
        let journal = &self.fixture.subgraph.resources.journal;
        assert!(journal.verify(Services::postings()).await.unwrap().is_ok(), "the journal adds up");
        self.fixture.subgraph.close().await;
    }
}
