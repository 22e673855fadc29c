//! The journal: outbox, history and audit log in one. Every change of a subgraph is committed here in one MongoDB
//! transaction: first the stream's head, which serialises the writers of one stream, then the documents, then one
//! append-only entry. Design: subgraphs/README.md, "The journal".

mod alone;
mod change;
mod documents;
mod entry;
mod head;
mod heads;
mod history;
mod idempotency;
mod outbox;
mod queue;
mod relay;
mod replay;
mod seal;
mod sealing;
mod together;
mod verify;

use std::sync::{Arc, atomic::AtomicI64};

use contracts::ledger::{LedgerState, NoLedger};
use futures::TryStreamExt;
use mongodb::{
    Database, IndexModel,
    bson::{RawDocumentBuf, doc},
};
use tokio::sync::Notify;
use tracing::{Instrument, Span, field::Empty, info_span};
use uuid::Uuid;

pub use change::Change;
pub use documents::{Documented, Documents};
pub use head::Head;
pub use history::{HistoryPage, LONGEST_HISTORY, Recorded};
pub use idempotency::IdempotencyKey;
pub(crate) use outbox::Outbox;
pub use outbox::Waiting;
pub use relay::Relay;
pub(crate) use relay::{RELAY, publish_again};
pub use verify::{Difference, Postings};

use crate::{
    clock::Clock,
    failure::{Code, Failure, Outcome, Refusal},
    gather::Gather,
    keyed_locks::KeyedLocks,
    lease::LEASES,
    mongo::{index, is_duplicate_key, unique},
    settings::SecretString,
};
use entry::Sealed;
use heads::{HEADS, Heads};
use idempotency::IDEMPOTENCY_KEYS;
use outbox::ENTRIES;
use queue::{Ended, Queue};
use seal::SealKey;

/// A subgraph's journal, whose streams have ledgers of type `L`.
pub struct Journal<L: LedgerState = NoLedger> {
    outbox: Arc<Outbox>,
    heads: Heads<L>,
    read: Gather<Uuid, Option<Arc<Head<L>>>>,
    locks: KeyedLocks,
    queue: Queue<L>,
    seal_key: SealKey,
}

/// The outcome of a commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Committed {
    /// The change was made and created this version of its stream.
    Applied {
        /// The version of the stream.
        version: i64,
    },
    /// The change had been made before, so nothing was written. This is the id of its result.
    AlreadyApplied(Uuid),
}

/// The refusal of a change of a stream that was changed concurrently.
fn moved_on() -> Refusal {
    Refusal::new(Code::StaleVersion, "Somebody changed this in between. Look at it again first.")
}

impl<L: LedgerState> Journal<L> {
    /// Creates the journal of a subgraph, sealed with this key. Call [`Journal::prepare`] before using it.
    pub fn new(source: &'static str, database: Database, clock: Clock, key: &SecretString) -> Self {
        let heads = Heads::new(&database);
        let entries = database.collection(ENTRIES);
        let (appended, blocked_streams) = (Notify::new(), AtomicI64::default());
        let outbox = Outbox { source, database, entries, clock, appended, blocked_streams };
        let (read, locks, seal_key) = (Gather::default(), KeyedLocks::new(), SealKey::new(key, source));
        Self { outbox: Arc::new(outbox), heads, read, locks, queue: Queue::default(), seal_key }
    }

    /// Returns how much waits to be published, by any process.
    pub async fn waiting(&self) -> Outcome<Waiting> {
        self.outbox.waiting().await
    }

    /// Returns the outbox, for the relay and the metrics.
    pub(crate) fn outbox(&self) -> Arc<Outbox> {
        Arc::clone(&self.outbox)
    }

    /// Returns the result of an earlier request with this key, for an operation that must not be decided again.
    pub async fn earlier_result(&self, key: &IdempotencyKey) -> Outcome<Option<Uuid>> {
        idempotency::earlier_result(&self.outbox.database, key).await
    }

    /// Creates the indexes and the collections, so that no transaction has to.
    pub async fn prepare(&self) -> Outcome<()> {
        let indexes: Vec<IndexModel> = vec![
            unique(doc! { "stream": 1, "version": 1 }),
            outbox::index(),
            index(doc! { "stream": 1, "at": -1 }),
            index(doc! { "stream": 1, "about": 1, "version": 1 }),
        ];
        self.outbox.entries.create_indexes(indexes).await?;
        self.outbox.remove_earlier_index().await?;
        for name in [HEADS, IDEMPOTENCY_KEYS, LEASES] {
            self.outbox.database.collection::<RawDocumentBuf>(name).create_index(index(doc! { "_id": 1 })).await?;
        }
        Ok(())
    }

    /// Commits one change atomically; idempotent with an [`IdempotencyKey`]. The commit finishes even if the caller is
    /// dropped, because an abandoned transaction could lock the stream's head for a minute.
    pub async fn commit(self: &Arc<Self>, change: Change<L>) -> Outcome<Committed> {
        self.commit_all(vec![change]).await
    }

    /// Commits changes of one or several streams atomically. Returns the version of the last one's stream.
    pub async fn commit_all(self: &Arc<Self>, mut changes: Vec<Change<L>>) -> Outcome<Committed> {
        // A fixed order of streams prevents deadlocks between concurrent commits.
        changes.sort_by_key(|change| change.stream);
        let Some(first) = changes.first() else { return Err(Failure::internal("there is nothing to commit")) };
        let (trace_id, stream, kind) = (first.trace.id(), first.stream, first.event.kind());
        let span = info_span!("commit", trace_id, %stream, kind, version = Empty);
        for change in &mut changes {
            change.trace = change.trace.within(&span);
        }
        let journal = Arc::clone(self);
        let committing = async move { journal.commit_within_span(changes).await };
        tokio::spawn(committing.instrument(span)).await.map_err(Failure::internal)?
    }

    async fn commit_within_span(&self, changes: Vec<Change<L>>) -> Outcome<Committed> {
        let mut streams: Vec<Uuid> = changes.iter().map(|change| change.stream).collect();
        streams.dedup();
        for stream in &streams {
            self.locks.refuse_crowd(*stream)?;
        }
        let changes: Vec<_> = changes.into_iter().map(|change| Arc::new((Uuid::now_v7(), change))).collect();
        match self.commit_in_turn(&streams, &changes).await {
            Ok(version) => {
                Span::current().record("version", version);
                self.outbox.appended.notify_one();
                Ok(Committed::Applied { version })
            }
            Err(error) => {
                let key = changes.iter().find_map(|change| change.1.idempotency_key.as_ref());
                self.recover(error, key).await
            }
        }
    }

    /// Commits a single change together with others that wait. What cannot be committed so, and several changes that
    /// belong together, are committed in a transaction of their own. Returns the version of the last one's stream.
    async fn commit_in_turn(
        &self,
        streams: &[Uuid],
        changes: &[Arc<(Uuid, Change<L>)>],
    ) -> mongodb::error::Result<i64> {
        if let [change] = changes {
            match self.commit_together(change).await {
                Ended::Committed(version) => return Ok(version),
                Ended::NotCommitted => {}
                Ended::Failed(error) => return Err(error),
            }
        }
        let mut locks = Vec::new();
        for stream in streams {
            locks.push(self.locks.lock(*stream).await);
        }
        self.commit_alone(streams, changes).await
    }

    /// A request with a key that was used before returns the earlier result, even if it would be refused now;
    /// everything else is a failure.
    async fn recover(&self, error: mongodb::error::Error, key: Option<&IdempotencyKey>) -> Outcome<Committed> {
        let is_duplicate = is_duplicate_key(&error);
        let failure = Failure::from(error);
        if let Some(key) = key.filter(|_| is_duplicate || matches!(failure, Failure::Refused(_)))
            && let Some(id) = self.earlier_result(key).await?
        {
            return Ok(Committed::AlreadyApplied(id));
        }
        Err(failure)
    }

    /// Returns the head and the entry that a change leads to.
    fn next(&self, id: Uuid, before: &Head<L>, change: &Change<L>) -> Outcome<(Head<L>, Sealed)> {
        if change.expected_version.is_some_and(|expected| expected != before.version) {
            return Err(moved_on().into());
        }
        let mut head = before.clone();
        head.version += 1;
        head.post(change)?;
        // The times of a stream strictly increase.
        let at = self.outbox.clock.now().max(head.last_at.plus_ms(1));
        let sealed = Sealed::new(&self.seal_key, id, at, &head, change)?;
        head.last_at = at;
        head.last_hash.clone_from(&sealed.hash);
        Ok((head, sealed))
    }

    /// Returns the present state of a stream; `None` before its first change.
    pub async fn head(&self, stream: Uuid) -> Outcome<Option<Head<L>>> {
        Ok(self.heads.stored.find_one(doc! { "_id": stream.to_string() }).await?)
    }

    /// Refuses postings that the ledger of a stream has no room for at present.
    pub async fn check_room(&self, stream: Uuid, postings: &[L::Posting]) -> Outcome<()> {
        let before = self.head(stream).await?.map(|head| head.ledger).unwrap_or_default();
        let mut after = before.clone();
        after.post(postings).map_err(Failure::internal)?;
        Ok(after.check_growth(&before)?)
    }

    /// Returns the present states of several streams, unordered. A single one is read once for all who want it at the
    /// same moment.
    pub async fn heads(&self, streams: &[Uuid]) -> Outcome<Vec<Arc<Head<L>>>> {
        if let [stream] = streams {
            let read = || async { Ok(self.head(*stream).await?.map(Arc::new)) };
            return Ok(self.read.load(*stream, read).await?.into_iter().collect());
        }
        let ids: Vec<String> = streams.iter().map(Uuid::to_string).collect();
        Ok(self.heads.stored.find(doc! { "_id": { "$in": ids } }).await?.map_ok(Arc::new).try_collect().await?)
    }
}
