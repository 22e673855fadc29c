//! The history of a payment, read from the journal.

use contracts::{Event, MemberId, Timestamp};
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
    /// It was recorded.
    Recorded,
    /// It was edited.
    Edited,
    /// Its receiver confirmed it.
    Confirmed,
    /// One of the parties disputed it.
    Disputed,
    /// It was taken back.
    Voided,
}

impl Revision {
    /// What a journal entry tells of a payment; `None` when it is about something else.
    pub(crate) fn of(recorded: Recorded) -> Option<Self> {
        let (change, payment, by, reason) = match recorded.event {
            Event::PaymentProcessed(payment) => {
                let by = payment.created_by;
                (Change::Recorded, payment, by, None)
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
