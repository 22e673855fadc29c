//! Stripe's objects, with the fields that its client requires.

use std::collections::HashMap;

use serde_json::{Value, json};

/// A payment intent and its state.
#[derive(Clone, Debug)]
pub(crate) struct Intent {
    pub(crate) id: String,
    pub(crate) amount: i64,
    pub(crate) currency: String,
    pub(crate) destination: String,
    pub(crate) payment_id: String,
    /// The status in Stripe's terms.
    pub(crate) status: &'static str,
    pub(crate) refunded: i64,
    /// The status of its dispute, in Stripe's terms.
    pub(crate) dispute: Option<&'static str>,
}

impl Intent {
    pub(super) fn new(id: &str, amount: i64, form: &HashMap<String, String>) -> Self {
        Self {
            id: id.to_owned(),
            amount,
            currency: form["currency"].clone(),
            destination: form["transfer_data[destination]"].clone(),
            payment_id: form["metadata[payment_id]"].clone(),
            status: "requires_payment_method",
            refunded: 0,
            dispute: None,
        }
    }

    pub(crate) fn object(&self) -> Value {
        json!({
            "id": self.id, "object": "payment_intent", "amount": self.amount, "amount_capturable": 0,
            "amount_received": 0, "capture_method": "automatic", "confirmation_method": "automatic", "created": 1,
            "currency": self.currency, "livemode": false, "metadata": { "payment_id": self.payment_id },
            "payment_method_types": ["card"], "status": self.status, "client_secret": format!("{}_secret", self.id),
            "latest_charge": (self.status == "succeeded").then(|| self.charge()),
        })
    }

    pub(crate) fn charge(&self) -> Value {
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
                "id": format!("dp_{}", self.id), "object": "dispute", "amount": self.amount - self.refunded,
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
pub(super) fn account(id: &str, ready: bool) -> Value {
    let transfers = if ready { "active" } else { "inactive" };
    json!({ "id": id, "object": "account", "capabilities": { "transfers": transfers } })
}
