//! The description of a change, which is created before the transaction begins.

use contracts::{
    Event, Trace, UserId,
    ledger::{LedgerState, NoLedger},
};
use uuid::Uuid;

use super::IdempotencyKey;
use crate::{auth::Caller, mongo::Write};

/// A change of a stream: an event and the writes that belong to it.
#[derive(Clone)]
pub struct Change<L: LedgerState = NoLedger> {
    pub(super) stream: Uuid,
    pub(super) event: Event,
    pub(super) actor: Option<UserId>,
    pub(super) trace: Trace,
    pub(super) postings: Vec<L::Posting>,
    pub(super) writes: Vec<Write>,
    pub(super) idempotency_key: Option<IdempotencyKey>,
    pub(super) expected_version: Option<i64>,
    pub(super) has_happened: bool,
}

impl<L: LedgerState> Change<L> {
    /// Creates a change of this stream with only an event, made by a service, with a new trace.
    pub fn new(stream: Uuid, event: Event) -> Self {
        let (postings, writes) = (Vec::new(), Vec::new());
        Self {
            stream,
            event,
            actor: None,
            trace: Trace::start(),
            postings,
            writes,
            idempotency_key: None,
            expected_version: None,
            has_happened: false,
        }
    }

    /// Sets the caller as the actor, and the trace of the caller's request.
    #[must_use]
    pub fn by(mut self, caller: &Caller) -> Self {
        self.actor = caller.user().ok();
        self.caused_by(caller.trace)
    }

    /// Sets the actor, who may not have been authenticated before.
    #[must_use]
    pub fn by_user(mut self, user: UserId) -> Self {
        self.actor = Some(user);
        self
    }

    /// Sets the trace that caused the change.
    #[must_use]
    pub fn caused_by(mut self, trace: Trace) -> Self {
        self.trace = trace;
        self
    }

    /// Adds ledger postings, in order.
    #[must_use]
    pub fn posting(mut self, postings: impl IntoIterator<Item = L::Posting>) -> Self {
        self.postings.extend(postings);
        self
    }

    /// Adds writes of documents.
    #[must_use]
    pub fn writing(mut self, writes: impl IntoIterator<Item = Write>) -> Self {
        self.writes.extend(writes);
        self
    }

    /// Refuses the change with `STALE_VERSION` unless the stream has this version; 0 is a stream without changes.
    #[must_use]
    pub fn expecting(mut self, version: i64) -> Self {
        self.expected_version = Some(version);
        self
    }

    /// Exempts the change from the limits of the ledger: it has happened elsewhere, and refusing it would not undo it.
    #[must_use]
    pub fn having_happened(mut self) -> Self {
        self.has_happened = true;
        self
    }

    /// Makes the change idempotent by this key.
    #[must_use]
    pub fn once(mut self, key: IdempotencyKey) -> Self {
        self.idempotency_key = Some(key);
        self
    }
}
