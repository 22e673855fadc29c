//! Payments that are recorded together, atomically.

use std::collections::HashMap;

use super::{Payment, Payments, postings};
use contracts::{GroupId, PaymentBatchId};
use kit::{
    Caller, Outcome,
    journal::{Change, Committed, IdempotencyKey},
};

impl Payments {
    /// Records payments as one batch; refused with `STALE_VERSION` if the payments of a group no longer have the
    /// version that the batch is based on. A repeated request with the same key returns the recorded payments.
    pub(crate) async fn record_together(
        &self,
        caller: &Caller,
        payments: Vec<Payment>,
        versions: &HashMap<GroupId, i64>,
        key: IdempotencyKey,
    ) -> Outcome<Vec<Payment>> {
        let mut versions = versions.clone();
        let mut changes = Vec::new();
        for payment in &payments {
            let event = payment.processed();
            let postings = postings(&event)?;
            let mut change = Change::new(payment.group_id.0, event)
                .by(caller)
                .posting(postings)
                .writing([self.store.insert(payment)?]);
            if let Some(version) = versions.get_mut(&payment.group_id) {
                change = change.expecting(*version);
                *version += 1;
            }
            changes.push(if changes.is_empty() { change.once(key.clone()) } else { change });
        }
        match self.journal.commit_all(changes).await? {
            Committed::Applied { .. } => Ok(payments),
            Committed::AlreadyApplied(earlier) => self.of_batch(PaymentBatchId(earlier)).await,
        }
    }

    /// Returns the payments of a batch, ordered by group.
    pub(crate) async fn of_batch(&self, batch: PaymentBatchId) -> Outcome<Vec<Payment>> {
        self.store.of_batch(batch).await
    }
}
