//! Payments by card, through Stripe: receivers with a Connect account, a payment intent for each payment, and webhooks.
//!
//! A webhook is only trusted to name an object; its content is ignored. The state of the object is then fetched from
//! Stripe, so that events may be repeated, late, reordered or lost.

mod fees;
pub(crate) mod operations;
pub(crate) mod store;
mod stripe;
pub(crate) mod webhook;

use contracts::{PaymentId, Timestamp, UserId};
use money::{Amount, Currency};
use serde::{Deserialize, Serialize};

use crate::refusal::Refusal;

const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 60 * MINUTE_MS;
const DAY_MS: i64 = 24 * HOUR_MS;

/// The interval at which a pending payment is checked without a webhook.
const PENDING_MS: i64 = HOUR_MS;
/// The interval at which a processed payment is checked for as long as it can be disputed.
const SETTLED_MS: i64 = DAY_MS;
const DISPUTABLE_MS: i64 = 180 * DAY_MS;

/// The time after which Stripe forgets idempotency keys: a request that has not created an intent by then never will.
const FORGOTTEN_MS: i64 = 23 * HOUR_MS;

/// The age at which a payment that its payer has not completed is given up. Until then another card may be tried.
const ABANDONED_MS: i64 = DAY_MS;

/// Currencies without decimals at Stripe, and those with three decimals, of which the last must be zero. All others
/// have two. From Stripe's documentation of currencies, 2026.
const WHOLE: [&str; 15] =
    ["BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF"];
const THOUSANDTHS: [&str; 5] = ["BHD", "JOD", "KWD", "OMR", "TND"];

/// The payment intent of a payment, and when to check it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct IntentCheck {
    #[serde(rename = "_id")]
    pub(crate) payment_id: PaymentId,
    /// The id of the intent; `None` until Stripe has created it.
    pub(crate) intent_id: Option<String>,
    /// What the payer pays beside the amount, in minor units; fixed at the start.
    #[serde(default)]
    pub(crate) fee_minor: i64,
    /// When the payment was started.
    pub(crate) begun_at: Timestamp,
    /// When it is checked next.
    pub(crate) due_at: Timestamp,
}

/// A person's Connect account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PayoutAccount {
    #[serde(rename = "_id")]
    pub(crate) user_id: UserId,
    /// The id of the account at Stripe.
    pub(crate) account_id: String,
    /// Whether it can receive payments.
    pub(crate) ready: bool,
    /// When to check it; `None` if nothing may have changed.
    pub(crate) due_at: Option<Timestamp>,
}

/// What this installation can do with a person's account at Stripe.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Access {
    /// Pay it.
    Ready,
    /// Nothing yet: Stripe needs more information.
    Incomplete,
    /// Nothing any more: its owner has ended the access.
    Lost,
}

/// Whether a person can be paid by card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PayoutState {
    /// There is no account.
    None,
    /// Stripe needs more information.
    Incomplete,
    /// The person can be paid.
    Ready,
}

/// The number of decimals that a currency has at Stripe.
fn decimals(currency: Currency) -> u32 {
    match currency.code() {
        code if WHOLE.contains(&code) => 0,
        code if THOUSANDTHS.contains(&code) => 3,
        _ => 2,
    }
}

/// Converts an amount to Stripe's units; refuses what Stripe cannot charge.
fn units(amount: Amount) -> Result<i64, Refusal> {
    let (ours, theirs) = (amount.currency.exponent(), decimals(amount.currency));
    let units = if ours > theirs {
        let step = 10_i64.pow(ours - theirs);
        if amount.minor % step == 0 { Some(amount.minor / step) } else { None }
    } else {
        amount.minor.checked_mul(10_i64.pow(theirs - ours))
    };
    let smallest = if theirs == 3 { 10 } else { 1 };
    units.filter(|units| units % smallest == 0).ok_or(Refusal::NotByCard)
}

/// Converts Stripe's units to minor units.
fn minor(units: i64, currency: Currency) -> i64 {
    let (ours, theirs) = (currency.exponent(), decimals(currency));
    if ours > theirs { units.saturating_mul(10_i64.pow(ours - theirs)) } else { units / 10_i64.pow(theirs - ours) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_convert_to_the_units_of_stripe_and_back() {
        let table = [
            ("EUR", 12_34, Some(1234)),
            ("USD", 1, Some(1)),
            ("JPY", 500, Some(500)),
            ("KRW", 5, Some(5)),
            ("KWD", 1_230, Some(1230)),
            ("KWD", 1_234, None),
            ("ISK", 500, Some(50_000)),
            ("UGX", 7, Some(700)),
            ("HUF", 5_00, Some(500)),
            ("TWD", 12_34, Some(1234)),
            ("MGA", 5_00, Some(5)),
            ("MGA", 5_01, None),
            ("ISK", i64::MAX, None),
        ];
        for (code, ours, theirs) in table {
            let currency = Currency::from_code(code).unwrap();
            assert_eq!(units(Amount::new(ours, currency)).ok(), theirs, "{code} {ours}");
            if let Some(theirs) = theirs {
                assert_eq!(minor(theirs, currency), ours, "{code} {theirs}");
            }
        }
    }
}
