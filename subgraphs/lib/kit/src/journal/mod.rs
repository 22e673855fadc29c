//! The journal: outbox, history and audit log in one. Every change of a subgraph is committed here in one MongoDB
//! transaction: first the stream's head, which serialises the writers of one stream, then the documents, then one
//! append-only entry. Design: subgraphs/README.md, "The journal".

mod change;
mod documents;
mod entry;
mod head;
mod heads;
mod history;
mod idempotency;
mod outbox;
mod relay;
mod replay;
mod seal;
mod sealing;
mod together;
mod verify;

use std::{
    collections::HashMap,
    sync::{Arc, atomic::AtomicI64},
};

use contracts::ledger::{LedgerState, NoLedger};
use futures::{FutureExt, TryStreamExt};
use mongodb::{
    ClientSession, Database, IndexModel,
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
    mongo::{Write, carry_out_all, index, is_duplicate_key, transaction_options, unique},
    settings::SecretString,
};
use entry::Sealed;
use heads::{HEADS, Heads, Outdated};
use idempotency::IDEMPOTENCY_KEYS;
use outbox::ENTRIES;
use seal::SealKey;
use together::{Ended, NotWritten, Progress, Together, Transact};

/// How often a commit begins anew because another process has changed its stream meanwhile.
const MAX_ATTEMPTS: usize = 5;

/// A subgraph's journal, whose streams have ledgers of type `L`.
pub struct Journal<L: LedgerState = NoLedger> {
    outbox: Arc<Outbox>,
    heads: Heads<L>,
    read: Gather<Uuid, Option<Arc<Head<L>>>>,
    locks: KeyedLocks,
    together: Together<L>,
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
        Self { outbox: Arc::new(outbox), heads, read, locks, together: Together::default(), seal_key }
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
            index(doc! { "published_at": 1, "at": 1, "_id": 1 }),
            index(doc! { "stream": 1, "at": -1 }),
            index(doc! { "stream": 1, "about": 1, "version": 1 }),
        ];
        self.outbox.entries.create_indexes(indexes).await?;
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
        let mut locks = Vec::new();
        for stream in &streams {
            locks.push(self.locks.lock_unless_crowded(*stream).await?);
        }
        let changes: Vec<_> = changes.into_iter().map(|change| Arc::new((Uuid::now_v7(), change))).collect();
        match self.commit_locked(&streams, &changes).await {
            Ok((version, heads)) => {
                self.heads.remember(heads);
                Span::current().record("version", version);
                self.outbox.appended.notify_one();
                Ok(Committed::Applied { version })
            }
            Err(error) => {
                self.heads.forget(&streams);
                let key = changes.iter().find_map(|change| change.1.idempotency_key.as_ref());
                self.recover(error, key).await
            }
        }
    }

    /// Commits a single change together with others that wait. What cannot be committed so, and several changes that
    /// belong together, are committed in a transaction of their own.
    async fn commit_locked(
        &self,
        streams: &[Uuid],
        changes: &[Arc<(Uuid, Change<L>)>],
    ) -> mongodb::error::Result<(i64, HashMap<Uuid, Head<L>>)> {
        if let [change] = changes {
            match self.together.commit(change, self).await {
                Ended::Committed(head) => return Ok((head.version, HashMap::from([(change.1.stream, head)]))),
                Ended::NotCommitted => {}
                Ended::Failed(error) => return Err(error),
            }
        }
        self.commit_alone(streams, changes).await
    }

    /// Commits first on the heads that this process wrote last, and then on those that are in the database.
    async fn commit_alone(
        &self,
        streams: &[Uuid],
        changes: &[Arc<(Uuid, Change<L>)>],
    ) -> mongodb::error::Result<(i64, HashMap<Uuid, Head<L>>)> {
        let mut committed = match self.heads.written(streams) {
            Some(written) => self.transact(changes, Some(&written)).await,
            None => self.transact(changes, None).await,
        };
        for _ in 1..MAX_ATTEMPTS {
            match committed {
                Err(error) if Outdated::is(&error) => committed = self.transact(changes, None).await,
                committed => return committed,
            }
        }
        committed
    }

    async fn transact(
        &self,
        changes: &[Arc<(Uuid, Change<L>)>],
        written: Option<&HashMap<Uuid, Head<L>>>,
    ) -> mongodb::error::Result<(i64, HashMap<Uuid, Head<L>>)> {
        let mut session = self.outbox.database.client().start_session().await?;
        session
            .start_transaction()
            .with_options(transaction_options())
            .and_run((self, changes, written), move |session, (journal, changes, written)| {
                journal.attempt_all(session, changes, *written).boxed()
            })
            .await
    }

    async fn attempt_all(
        &self,
        session: &mut ClientSession,
        changes: &[Arc<(Uuid, Change<L>)>],
        written: Option<&HashMap<Uuid, Head<L>>>,
    ) -> mongodb::error::Result<(i64, HashMap<Uuid, Head<L>>)> {
        let (mut version, mut heads) = (0, written.cloned().unwrap_or_default());
        for change in changes {
            let (id, change) = &**change;
            let before = match heads.remove(&change.stream) {
                Some(before) => before,
                None => self.heads.read(change.stream, session).await?,
            };
            let next = match self.next(*id, &before, change) {
                Ok(next) => next,
                // What this process wrote last may be outdated, so nothing is refused because of it.
                Err(_) if written.is_some() => return Err(Outdated::error()),
                Err(failure) => return Err(failure.into()),
            };
            let head = self.attempt(session, change, &before, next).await?;
            version = head.version;
            heads.insert(change.stream, head);
        }
        Ok((version, heads))
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

    /// One attempt. It returns the driver's own errors, so that the driver can tell which ones to retry.
    async fn attempt(
        &self,
        session: &mut ClientSession,
        change: &Change<L>,
        before: &Head<L>,
        (head, sealed): (Head<L>, Sealed),
    ) -> mongodb::error::Result<Head<L>> {
        self.heads.replace(before, &head, session).await?;
        if let Some(key) = &change.idempotency_key {
            key.remember(&self.outbox.database, session).await?;
        }
        for write in &change.writes {
            write.carry_out(&self.outbox.database, session).await?;
        }
        self.outbox.entries.insert_one(sealed.document).session(session).await?;
        Ok(head)
    }

    /// Writes changes of different streams with as few commands as possible.
    async fn write_together(
        &self,
        session: &mut ClientSession,
        changes: &[Arc<(Uuid, Change<L>)>],
    ) -> mongodb::error::Result<Vec<Head<L>>> {
        let streams: Vec<Uuid> = changes.iter().map(|change| change.1.stream).collect();
        let mut befores = self.heads.last(&streams, session).await?;
        let (mut steps, mut keys, mut writes, mut entries) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for change in changes {
            let (id, change) = &**change;
            let before = befores.remove(&change.stream).ok_or_else(Outdated::error)?;
            // What this process wrote last may be outdated, so nothing is refused because of it.
            let (after, sealed) = self.next(*id, &before, change).map_err(|_| Outdated::error())?;
            if let Some(key) = &change.idempotency_key {
                keys.push(Write::insert(IDEMPOTENCY_KEYS, key)?);
            }
            writes.extend_from_slice(&change.writes);
            entries.push(Write::insert(ENTRIES, &sealed.document)?);
            steps.push((before, after));
        }
        self.heads.replace_all(&steps, session).await?;
        for part in [keys, writes, entries] {
            carry_out_all(&part, &self.outbox.database, session).await?;
        }
        Ok(steps.into_iter().map(|(_, after)| after).collect())
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

impl<L: LedgerState> Transact<L> for Journal<L> {
    async fn transact_together(
        &self,
        changes: &[Arc<(Uuid, Change<L>)>],
        progress: &Progress,
    ) -> mongodb::error::Result<Vec<Head<L>>> {
        let mut session = self.outbox.database.client().start_session().await?;
        session
            .start_transaction()
            .with_options(transaction_options())
            .and_run((self, changes, progress), |session, (journal, changes, progress)| {
                async move {
                    if !progress.begins() {
                        return Err(Outdated::error());
                    }
                    let written = journal.write_together(session, changes).await;
                    let heads = written.map_err(|error| mongodb::error::Error::custom(NotWritten(error)))?;
                    progress.written();
                    Ok(heads)
                }
                .boxed()
            })
            .await
    }
}
