//! What the events about payments carry.

use chrono::NaiveDate;
use money::Amount;
use serde::{Deserialize, Serialize};

use crate::{GroupId, MemberId, PaymentId, amount};

/// A payment as it is after a change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PaymentFacts {
    /// Which payment.
    pub payment_id: PaymentId,
    /// Whose ledger it is in.
    pub group_id: GroupId,
    /// Who paid.
    pub from: MemberId,
    /// Who received.
    pub to: MemberId,
    /// How much.
    #[serde(with = "amount")]
    pub amount: Amount,
    /// The day the money moved.
    pub date: NaiveDate,
    /// What the recorder wrote beside it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Who entered it.
    pub created_by: MemberId,
}

/// A payment before and after an edit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PaymentChange {
    /// As it was.
    pub before: PaymentFacts,
    /// As it is.
    pub after: PaymentFacts,
    /// Who changed it.
    pub by: MemberId,
}

/// A step in the life of a payment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PaymentStep {
    /// The payment.
    pub payment: PaymentFacts,
    /// Who made the step.
    pub by: MemberId,
    /// Why, where a reason was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// Somebody who is owed has reminded somebody who owes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReminderFacts {
    /// In which group.
    pub group_id: GroupId,
    /// Who owes.
    pub debtor: MemberId,
    /// Who is owed, and has reminded.
    pub creditor: MemberId,
    /// What is to be paid, by currency; more than zero.
    pub owed: Vec<OwedFacts>,
    /// Whether the debtor does not want to be reminded by the creditor.
    pub muted: bool,
}

/// An amount that is to be paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwedFacts {
    /// How much.
    #[serde(with = "amount")]
    pub amount: Amount,
}

/// How much of a payment has gone back, before and after.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PaymentRefund {
    /// The payment, with its whole amount.
    pub payment: PaymentFacts,
    /// How much had gone back before, in minor units.
    pub before_minor: i64,
    /// How much has gone back now, in minor units.
    pub after_minor: i64,
}
