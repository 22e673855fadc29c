//! Payments by card, through Stripe: receivers with a Connect account, a payment intent for each payment, and webhooks.
//!
//! A webhook is never believed beyond its signature: it says where to look. What counts is the object as Stripe gives it
//! when asked, so that events may come twice, late, in any order or not at all.

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

/// A payment that is under way is asked about this often, also if no webhook says so.
const PENDING_MS: i64 = HOUR_MS;
/// One whose money has moved is asked about this often, for as long as it can be disputed.
const SETTLED_MS: i64 = DAY_MS;
const DISPUTABLE_MS: i64 = 180 * DAY_MS;

/// After this long Stripe forgets the key of a request: one that has brought no intent by then never will.
const FORGOTTEN_MS: i64 = 23 * HOUR_MS;

/// Currencies that Stripe counts in whole units, and those with three decimals, of which the last has to be a zero. All
/// others it counts in hundredths. As of its documentation of currencies in 2026.
const WHOLE: [&str; 15] =
    ["BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF"];
const THOUSANDTHS: [&str; 5] = ["BHD", "JOD", "KWD", "OMR", "TND"];

/// The intent of a payment, and when Stripe is asked about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct IntentCheck {
    #[serde(rename = "_id")]
    pub(crate) payment_id: PaymentId,
    /// The intent; `None` until Stripe has answered.
    pub(crate) intent_id: Option<String>,
    /// When the payment was begun.
    pub(crate) begun_at: Timestamp,
    /// When Stripe is asked the next time.
    pub(crate) due_at: Timestamp,
}

/// Where a person is paid out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PayoutAccount {
    #[serde(rename = "_id")]
    pub(crate) user_id: UserId,
    /// Stripe's name for it.
    pub(crate) account_id: String,
    /// Whether it can receive.
    pub(crate) ready: bool,
    /// When Stripe is asked about it, if something may have changed.
    pub(crate) due_at: Option<Timestamp>,
}

/// Whether a person can be paid by card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PayoutState {
    /// Nothing was done for it.
    None,
    /// Stripe wants to know more.
    Incomplete,
    /// Yes.
    Ready,
}

/// How many decimals Stripe counts a currency in.
fn decimals(currency: Currency) -> u32 {
    match currency.code() {
        code if WHOLE.contains(&code) => 0,
        code if THOUSANDTHS.contains(&code) => 3,
        _ => 2,
    }
}

/// An amount as Stripe wants it; refuses what Stripe cannot charge.
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

/// What Stripe says of an amount, in our minor units.
fn minor(units: i64, currency: Currency) -> i64 {
    let (ours, theirs) = (currency.exponent(), decimals(currency));
    if ours > theirs { units.saturating_mul(10_i64.pow(ours - theirs)) } else { units / 10_i64.pow(theirs - ours) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_amount_is_what_stripe_wants_and_comes_back_as_it_was() {
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
