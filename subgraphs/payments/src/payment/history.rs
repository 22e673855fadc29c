//! The history of a payment, derived from the journal.

use contracts::{Event, MemberId, Timestamp, event::PaymentFacts};
use kit::journal::Recorded;
use money::Amount;

/// One change of a payment.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Revision {
    /// Its position in the journal of the group.
    pub(crate) place: i64,
    pub(crate) at: Timestamp,
    pub(crate) by: MemberId,
    pub(crate) change: Change,
    /// The amount after the change.
    pub(crate) amount: Amount,
    /// What changed hands, if that was in another currency.
    pub(crate) paid: Option<Amount>,
    /// The reason, if one was given.
    pub(crate) reason: Option<String>,
}

/// Kinds of changes of a payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    /// A card payment was started.
    Started,
    /// It was recorded, or its card payment has succeeded.
    Recorded,
    Edited,
    Confirmed,
    Disputed,
    Voided,
    /// Its card payment will not be made.
    Failed,
    /// Part or all of it was returned by card.
    Refunded,
    /// A dispute with the card's provider has ended.
    DisputeEnded,
}

impl Revision {
    /// Converts a journal entry; `None` if it is not about a payment.
    pub(crate) fn of(recorded: &Recorded) -> Option<Self> {
        // Automatic changes are attributed to the person who started the payment.
        let by_itself = |change, payment: PaymentFacts| {
            let by = payment.created_by;
            (change, payment, by, None)
        };
        let (change, payment, by, reason) = match recorded.event.clone() {
            Event::PaymentProcessed(payment) => by_itself(Change::Recorded, payment),
            Event::PaymentStarted(payment) => by_itself(Change::Started, payment),
            Event::PaymentFailed(payment) => by_itself(Change::Failed, payment),
            Event::PaymentDisputeEnded(payment) => by_itself(Change::DisputeEnded, payment),
            Event::PaymentRefunded(refund) => {
                let mut payment = refund.payment;
                payment.amount.minor -= refund.after_minor;
                by_itself(Change::Refunded, payment)
            }
            Event::PaymentUpdated(edit) => (Change::Edited, edit.after, edit.by, None),
            Event::PaymentConfirmed(step) => (Change::Confirmed, step.payment, step.by, None),
            Event::PaymentDisputed(step) => (Change::Disputed, step.payment, step.by, step.reason),
            Event::PaymentVoided(step) => (Change::Voided, step.payment, step.by, None),
            _ => return None,
        };
        Some(Self {
            place: recorded.version,
            at: recorded.at,
            by,
            change,
            amount: payment.amount,
            paid: payment.paid,
            reason,
        })
    }
}
