//! What is to be changed, described before the transaction begins.

use contracts::{
    Event, Trace, UserId,
    ledger::{LedgerState, NoLedger},
};
use uuid::Uuid;

use super::IdempotencyKey;
use crate::{auth::Caller, mongo::Write};

/// One change of one stream: an event, and what is written together with it.
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
}

impl<L: LedgerState> Change<L> {
    /// A change of this stream that writes only the event: done by a service, in a trace of its own.
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
        }
    }

    /// Done by this caller, in the trace of the caller's request.
    #[must_use]
    pub fn by(mut self, caller: &Caller) -> Self {
        self.actor = caller.user().ok();
        self.caused_by(caller.trace)
    }

    /// Done by this user, who may have had no account before.
    #[must_use]
    pub fn by_user(mut self, user: UserId) -> Self {
        self.actor = Some(user);
        self
    }

    /// Caused by what happened in this trace.
    #[must_use]
    pub fn caused_by(mut self, trace: Trace) -> Self {
        self.trace = trace;
        self
    }

    /// Adds what it does to the ledger, in order.
    #[must_use]
    pub fn posting(mut self, postings: impl IntoIterator<Item = L::Posting>) -> Self {
        self.postings.extend(postings);
        self
    }

    /// Adds documents that are written.
    #[must_use]
    pub fn writing(mut self, writes: impl IntoIterator<Item = Write>) -> Self {
        self.writes.extend(writes);
        self
    }

    /// Refused with `STALE_VERSION` unless the stream still has this version; 0 is a stream without changes.
    #[must_use]
    pub fn expecting(mut self, version: i64) -> Self {
        self.expected_version = Some(version);
        self
    }

    /// Makes it happen once, however often it is asked for with this key.
    #[must_use]
    pub fn once(mut self, key: IdempotencyKey) -> Self {
        self.idempotency_key = Some(key);
        self
    }
}
