//! The payloads of events about payments.

use chrono::NaiveDate;
use money::Amount;
use serde::{Deserialize, Serialize};

use crate::{GroupId, MemberId, PaymentId, amount};

/// A payment after a change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PaymentFacts {
    /// The payment.
    pub payment_id: PaymentId,
    /// The group whose ledger it is in.
    pub group_id: GroupId,
    /// The payer.
    pub from: MemberId,
    /// The receiver.
    pub to: MemberId,
    /// The amount that counts in balances; positive.
    #[serde(with = "amount")]
    pub amount: Amount,
    /// What changed hands, if that was in another currency; positive.
    #[serde(default, with = "amount::optional", skip_serializing_if = "Option::is_none")]
    pub paid: Option<Amount>,
    /// The day the money moved.
    pub date: NaiveDate,
    /// Free text of the recorder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Who recorded it.
    pub created_by: MemberId,
}

/// A payment before and after an edit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PaymentChange {
    /// Before the edit.
    pub before: PaymentFacts,
    /// After the edit.
    pub after: PaymentFacts,
    /// Who changed it.
    pub by: MemberId,
}

/// An action on a payment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PaymentStep {
    /// The payment.
    pub payment: PaymentFacts,
    /// Who acted.
    pub by: MemberId,
    /// The reason, if one was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// A reminder by a creditor to a debtor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReminderFacts {
    /// The group.
    pub group_id: GroupId,
    /// Who owes.
    pub debtor: MemberId,
    /// The creditor, who sent the reminder.
    pub creditor: MemberId,
    /// The amounts to be paid, one per currency; positive.
    pub owed: Vec<OwedFacts>,
    /// Whether the debtor has muted reminders by the creditor.
    pub muted: bool,
}

/// An amount that is to be paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwedFacts {
    /// The amount.
    #[serde(with = "amount")]
    pub amount: Amount,
}

/// A change of the returned amount of a payment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PaymentRefund {
    /// The payment, with its whole amount.
    pub payment: PaymentFacts,
    /// The returned amount before, in minor units.
    pub before_minor: i64,
    /// The returned amount after, in minor units.
    pub after_minor: i64,
}
