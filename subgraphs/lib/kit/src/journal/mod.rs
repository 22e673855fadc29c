//! The journal: outbox, history and audit log in one. Every change of a subgraph is committed here in one MongoDB
//! transaction: first the stream's head, which serialises the writers of one stream, then the documents, then one
//! append-only entry. Design: subgraphs/README.md, "The journal".

mod change;
mod documents;
mod entry;
mod head;
mod history;
mod idempotency;
mod outbox;
mod relay;
mod replay;
mod seal;
mod sealing;
mod verify;

use std::sync::{Arc, atomic::AtomicI64};

use contracts::ledger::{LedgerState, NoLedger};
use futures::{FutureExt, TryStreamExt};
use mongodb::{
    ClientSession, Collection, Database, IndexModel,
    bson::{RawDocumentBuf, doc},
    options::{FindOneAndUpdateOptions, ReturnDocument},
};
use tokio::sync::Notify;
use tracing::{Instrument, Span, field::Empty, info_span};
use uuid::Uuid;

pub use change::Change;
pub use documents::{Documented, Documents};
pub use head::Head;
pub use history::{MOST_TOLD, Recorded};
pub use idempotency::IdempotencyKey;
pub(crate) use outbox::Outbox;
pub use outbox::Waiting;
pub use relay::Relay;
pub(crate) use relay::{RELAY, publish_again};
pub use verify::{Difference, Postings};

use crate::{
    clock::Clock,
    failure::{Code, Failure, Outcome, Refusal},
    keyed_locks::KeyedLocks,
    lease::LEASES,
    mongo::{index, is_duplicate_key, transaction_options, unique},
    settings::SecretString,
};
use entry::Sealed;
use idempotency::IDEMPOTENCY_KEYS;
use outbox::ENTRIES;
use seal::SealKey;

const HEADS: &str = "ledger";

/// A subgraph's journal, whose streams have ledgers of type `L`.
pub struct Journal<L: LedgerState = NoLedger> {
    outbox: Arc<Outbox>,
    heads: Collection<Head<L>>,
    locks: KeyedLocks,
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

/// Aborts a transaction because another request has already made the change.
struct EarlierResult(Uuid);

impl<L: LedgerState> Journal<L> {
    /// Creates the journal of a subgraph, sealed with this key. Call [`Journal::prepare`] before using it.
    pub fn new(source: &'static str, database: Database, clock: Clock, key: &SecretString) -> Self {
        let heads = database.collection(HEADS);
        let entries = database.collection(ENTRIES);
        let (appended, blocked_streams) = (Notify::new(), AtomicI64::default());
        let outbox = Outbox { source, database, entries, clock, appended, blocked_streams };
        Self { outbox: Arc::new(outbox), heads, locks: KeyedLocks::new(), seal_key: SealKey::new(key, source) }
    }

    /// Returns how much waits to be published, by any process.
    pub async fn waiting(&self) -> Outcome<Waiting> {
        self.outbox.waiting().await
    }

    /// Returns the outbox, for the relay and the metrics.
    pub(crate) fn outbox(&self) -> Arc<Outbox> {
        Arc::clone(&self.outbox)
    }

    /// Returns the result of an earlier request with this key, before the operation is decided again.
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
        for stream in streams {
            locks.push(self.locks.lock(stream).await);
        }
        let changes: Vec<(Uuid, Change<L>)> = changes.into_iter().map(|change| (Uuid::now_v7(), change)).collect();
        let mut session = self.outbox.database.client().start_session().await?;
        let committed = session
            .start_transaction()
            .with_options(transaction_options())
            .and_run((self, &changes), move |session, (journal, changes)| journal.attempt_all(session, changes).boxed())
            .await;
        match committed {
            Ok(version) => {
                Span::current().record("version", version);
                self.outbox.appended.notify_one();
                Ok(Committed::Applied { version })
            }
            Err(error) => {
                let key = changes.iter().find_map(|(_, change)| change.idempotency_key.as_ref());
                self.recover(&error, key).await
            }
        }
    }

    async fn attempt_all(
        &self,
        session: &mut ClientSession,
        changes: &[(Uuid, Change<L>)],
    ) -> mongodb::error::Result<i64> {
        let mut version = 0;
        for (id, change) in changes {
            version = self.attempt(session, *id, change).await?;
        }
        Ok(version)
    }

    /// A concurrent request with the same key returns its result; everything else is a failure.
    async fn recover(&self, error: &mongodb::error::Error, key: Option<&IdempotencyKey>) -> Outcome<Committed> {
        if let Some(EarlierResult(id)) = error.get_custom::<EarlierResult>() {
            return Ok(Committed::AlreadyApplied(*id));
        }
        if let Some(key) = key.filter(|_| is_duplicate_key(error))
            && let Some(id) = self.earlier_result(key).await?
        {
            return Ok(Committed::AlreadyApplied(id));
        }
        Err(error.clone().into())
    }

    /// One attempt. It returns the driver's own errors, so that the driver can tell which ones to retry.
    async fn attempt(&self, session: &mut ClientSession, id: Uuid, change: &Change<L>) -> mongodb::error::Result<i64> {
        let mut head = self.advance(session, change.stream).await?;
        if let Some(key) = &change.idempotency_key
            && let Some(made) = key.earlier_result(&self.outbox.database, session).await?
        {
            // An error rolls back the change of the head.
            return Err(mongodb::error::Error::custom(EarlierResult(made)));
        }
        if change.expected_version.is_some_and(|expected| expected + 1 != head.version) {
            return Err(Failure::from(moved_on()).into());
        }
        for write in &change.writes {
            write.carry_out(&self.outbox.database, session).await?;
        }
        if let Some(key) = &change.idempotency_key {
            key.remember(&self.outbox.database, session).await?;
        }
        head.post(&change.postings)?;
        // The times of a stream strictly increase.
        let at = self.outbox.clock.now().max(head.last_at.plus_ms(1));
        let sealed = Sealed::new(&self.seal_key, id, at, &head, change)?;
        head.last_at = at;
        head.last_hash.clone_from(&sealed.hash);
        self.outbox.entries.insert_one(sealed.document).session(&mut *session).await?;
        self.heads.replace_one(doc! { "_id": &head.stream }, &head).session(session).await?;
        Ok(head.version)
    }

    /// Increments the version of a stream; a concurrent commit waits or is retried.
    async fn advance(&self, session: &mut ClientSession, stream: Uuid) -> mongodb::error::Result<Head<L>> {
        let options = FindOneAndUpdateOptions::builder().upsert(true).return_document(ReturnDocument::After).build();
        let advanced = self
            .heads
            .find_one_and_update(doc! { "_id": stream.to_string() }, doc! { "$inc": { "version": 1_i64 } })
            .with_options(options)
            .session(session)
            .await?;
        advanced.ok_or_else(|| Failure::internal("an upsert returned no document").into())
    }

    /// Returns the present state of a stream; `None` before its first change.
    pub async fn head(&self, stream: Uuid) -> Outcome<Option<Head<L>>> {
        Ok(self.heads.find_one(doc! { "_id": stream.to_string() }).await?)
    }

    /// Returns the present states of several streams, unordered.
    pub async fn heads(&self, streams: &[Uuid]) -> Outcome<Vec<Head<L>>> {
        let ids: Vec<String> = streams.iter().map(Uuid::to_string).collect();
        Ok(self.heads.find(doc! { "_id": { "$in": ids } }).await?.try_collect().await?)
    }
}
