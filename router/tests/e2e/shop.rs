//! A trip whose people pay each other by card, and the stand-in for Stripe.

use serde_json::{Value, json};
use stripe_double::{Intent, SECRETS, Stripe, signature, unix_seconds};

use crate::{
    stack::Stack,
    trip::{Trip, balance},
};

const START: &str = "mutation($input: StartCardPaymentInput!) {
    startCardPayment(input: $input) { payment { id status } clientSecret } }";

/// A stack with card payments, and a trip whose first person can be paid by card.
pub(crate) struct Shop {
    pub stack: Stack,
    pub stripe: Stripe,
    pub trip: Trip,
}

/// A card payment, and its intent at Stripe.
pub(crate) struct Started {
    pub payment: String,
    pub intent: String,
}

impl Shop {
    pub(crate) async fn open(names: &[&str]) -> Self {
        let stripe = Stripe::start().await;
        let stack = Stack::start_with(&[
            ("QUITS_STRIPE_URL", stripe.url.as_str()),
            ("STRIPE_SECRET_KEY", "sk_test_quits"),
            ("STRIPE_PUBLISHABLE_KEY", "pk_test_quits"),
            ("STRIPE_WEBHOOK_SECRETS", &SECRETS.join(",")),
        ])
        .await;
        let trip = Trip::of(&stack, names).await;
        trip.people[0].data("mutation { connectPayouts }", json!({})).await;
        stripe.set_ready(&stripe.accounts()[0], true);
        assert_eq!(trip.people[0].data("{ payouts }", json!({})).await["payouts"], "READY");
        Self { stack, stripe, trip }
    }

    /// Asks to pay the first person 30.00 EUR by card; returns the whole response. May outlive the shop's other uses.
    pub(crate) fn ask_to_start(&self, payer: usize, key: &str) -> impl Future<Output = Value> + use<> {
        let input = json!({
            "groupId": self.trip.id, "toMemberId": self.trip.members[0],
            "amount": { "amount": "30.00", "currency": "EUR" }, "idempotencyKey": key,
        });
        let person = self.trip.people[payer].clone();
        async move { person.ask(START, json!({ "input": input })).await }
    }

    /// Starts such a payment, or repeats that with the same key.
    pub(crate) async fn start(&self, payer: usize, key: &str) -> Started {
        let answer = self.ask_to_start(payer, key).await;
        let started = &answer["data"]["startCardPayment"];
        let text = |value: &Value| value.as_str().unwrap_or_else(|| panic!("{answer:#}")).to_owned();
        Started {
            payment: text(&started["payment"]["id"]),
            intent: text(&started["clientSecret"]).trim_end_matches("_secret").to_owned(),
        }
    }

    /// Changes an intent at Stripe, and delivers the signed event about it.
    pub(crate) async fn happens(&self, intent: &str, kind: &str, change: impl FnOnce(&mut Intent)) {
        self.stripe.change(intent, change);
        self.tell(&self.stripe.event(kind, &self.stripe.intent(intent).charge())).await;
    }

    /// Delivers a signed event, as often as wanted.
    pub(crate) async fn tell(&self, event: &str) {
        let url = self.stack.url("payments", "/webhooks/stripe");
        let signed = signature(SECRETS[0], unix_seconds(), event);
        let request = self.stack.http().post(url).header("stripe-signature", signed).body(event.to_owned());
        assert_eq!(request.send().await.unwrap().status(), 200);
    }

    /// Returns the state of a payment as one of the people sees it.
    pub(crate) async fn status(&self, person: usize, payment: &str) -> Value {
        let query = "query($id: ID!) { payment(id: $id) { status } }";
        self.trip.people[person].data(query, json!({ "id": payment })).await["payment"]["status"].take()
    }

    /// Returns the balance of the person with this name; zero before anything has moved.
    pub(crate) async fn balance(&self, name: &str) -> String {
        let group = self.trip.group(0).await;
        if group["balances"] == json!([]) { "0.00".to_owned() } else { balance(&group, name) }
    }
}
