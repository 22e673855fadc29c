//! The history of a payment, read from the journal.

use contracts::{Event, MemberId, Timestamp, event::PaymentFacts};
use kit::journal::Recorded;
use money::Amount;

/// One change of a payment.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Revision {
    /// When.
    pub(crate) at: Timestamp,
    /// Who made it.
    pub(crate) by: MemberId,
    /// What was done.
    pub(crate) change: Change,
    /// The amount after it.
    pub(crate) amount: Amount,
    /// Why, where a reason was given.
    pub(crate) reason: Option<String>,
}

/// What was done to a payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    /// It was begun, by card.
    Started,
    /// It was recorded, or its money has moved by card.
    Recorded,
    /// It was edited.
    Edited,
    /// Its receiver confirmed it.
    Confirmed,
    /// One of the parties disputed it.
    Disputed,
    /// It was taken back.
    Voided,
    /// It will not be made.
    Failed,
    /// Money of it went back.
    Refunded,
    /// A dispute with the card's provider has ended, and it stands.
    DisputeEnded,
}

impl Revision {
    /// What a journal entry tells of a payment; `None` when it is about something else.
    pub(crate) fn of(recorded: Recorded) -> Option<Self> {
        // What nobody did by hand is shown as done by who began it.
        let by_itself = |change, payment: PaymentFacts| {
            let by = payment.created_by;
            (change, payment, by, None)
        };
        let (change, payment, by, reason) = match recorded.event {
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
        Some(Self { at: recorded.at, by, change, amount: payment.amount, reason })
    }
}
