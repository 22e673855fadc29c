//! Lets `verify` compare payments with the journal: a document must match the last event about it.

use contracts::Event;
use kit::journal::Documented;

use super::{Payment, Status};

impl Documented for Payment {
    const COLLECTION: &'static str = "payments";
    const STREAM: &'static str = "group_id";
    const BEGUN_BY: &'static [&'static str] = &["payment.processed.v1", "payment.started.v1"];

    fn agrees(&self, event: &Event) -> Option<bool> {
        let (facts, has_status) = match event {
            Event::PaymentStarted(payment) => (payment, self.status == Status::Pending),
            Event::PaymentFailed(payment) => (payment, self.status == Status::Failed),
            Event::PaymentProcessed(payment) | Event::PaymentDisputeEnded(payment) => {
                (payment, self.status == Status::Processed)
            }
            Event::PaymentUpdated(change) => (&change.after, self.counts()),
            Event::PaymentConfirmed(step) => (&step.payment, self.counts()),
            Event::PaymentDisputed(step) => (&step.payment, self.status == Status::Disputed),
            Event::PaymentVoided(step) => (&step.payment, self.status == Status::Voided),
            Event::PaymentRefunded(refund) => (&refund.payment, self.refunded_minor == refund.after_minor),
            _ => return None,
        };
        // Events did not always tell what was paid.
        let mut own = self.facts();
        own.paid = own.paid.filter(|_| facts.paid.is_some());
        Some(own == *facts && has_status)
    }
}
