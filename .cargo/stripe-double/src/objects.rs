//! Stripe's objects, with the fields that its client requires.

use std::collections::HashMap;

use serde_json::{Value, json};

/// A payment intent and its state.
#[derive(Clone, Debug)]
pub struct Intent {
    /// The id.
    pub id: String,
    /// What the payer pays, in Stripe's units.
    pub amount: i64,
    /// The part of it that the installation keeps, in Stripe's units.
    pub fee: i64,
    /// The currency in lower case.
    pub currency: String,
    /// The Connect account that gets the money.
    pub destination: String,
    /// The payment it was created for.
    pub payment_id: String,
    /// The status in Stripe's terms.
    pub status: &'static str,
    /// How much was returned, in Stripe's units.
    pub refunded: i64,
    /// The status of its dispute, in Stripe's terms.
    pub dispute: Option<&'static str>,
    /// How much the dispute is about, in Stripe's units; all that was not returned, if that is not said.
    pub disputed: Option<i64>,
}

impl Intent {
    pub(crate) fn new(id: &str, amount: i64, form: &HashMap<String, String>) -> Self {
        Self {
            id: id.to_owned(),
            amount,
            fee: form.get("application_fee_amount").map_or(0, |fee| fee.parse().unwrap()),
            currency: form["currency"].clone(),
            destination: form["transfer_data[destination]"].clone(),
            payment_id: form["metadata[payment_id]"].clone(),
            status: "requires_payment_method",
            refunded: 0,
            dispute: None,
            disputed: None,
        }
    }

    /// Stripe's object of it.
    pub fn object(&self) -> Value {
        json!({
            "id": self.id, "object": "payment_intent", "amount": self.amount, "amount_capturable": 0,
            "amount_received": 0, "capture_method": "automatic", "confirmation_method": "automatic", "created": 1,
            "currency": self.currency, "livemode": false, "metadata": { "payment_id": self.payment_id },
            "payment_method_types": ["card"], "status": self.status, "client_secret": format!("{}_secret", self.id),
            "latest_charge": (self.status == "succeeded").then(|| self.charge()),
        })
    }

    /// Stripe's object of its charge.
    pub fn charge(&self) -> Value {
        json!({
            "id": format!("ch_{}", self.id), "object": "charge", "amount": self.amount, "amount_captured": self.amount,
            "amount_refunded": self.refunded, "billing_details": {}, "captured": true, "created": 1,
            "currency": self.currency, "disputed": self.dispute.is_some(), "livemode": false, "metadata": {},
            "paid": true, "refunded": self.refunded == self.amount, "status": "succeeded",
            "payment_intent": self.id,
        })
    }

    pub(crate) fn disputes(&self) -> Vec<Value> {
        let dispute = |status: &'static str| {
            json!({
                "id": format!("dp_{}", self.id), "object": "dispute", "amount": self.disputed.unwrap_or(self.amount - self.refunded),
                "balance_transactions": [], "charge": format!("ch_{}", self.id), "created": 1,
                "currency": self.currency, "enhanced_eligibility_types": [], "evidence": { "enhanced_evidence": {} },
                "evidence_details": {
                    "enhanced_eligibility": {}, "has_evidence": false, "past_due": false, "submission_count": 0,
                },
                "is_charge_refundable": false, "livemode": false, "metadata": {}, "reason": "general",
                "status": status, "payment_intent": self.id,
            })
        };
        self.dispute.map(dispute).into_iter().collect()
    }
}

/// A Connect account.
pub(crate) fn account(id: &str, ready: bool) -> Value {
    let transfers = if ready { "active" } else { "inactive" };
    json!({ "id": id, "object": "account", "capabilities": { "transfers": transfers } })
}
