//! The journal: outbox, history and audit in one. Every change of a subgraph is committed here, in
//! one MongoDB transaction: the stream's head first, so that writers of one stream queue up there,
//! then the documents, then one append-only entry. DESIGN: subgraphs/README.md, "The journal".

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

use std::sync::Arc;

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

/// One subgraph's journal. Its streams' entries add up to ledgers of the kind `L`.
pub struct Journal<L: LedgerState = NoLedger> {
    outbox: Arc<Outbox>,
    heads: Collection<Head<L>>,
    locks: KeyedLocks,
    seal_key: SealKey,
}

/// How a commit ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Committed {
    /// The change was made, as this version of its stream.
    Applied {
        /// The stream's version after it.
        version: i64,
    },
    /// It had been made before: nothing was written. What it made then has this id.
    AlreadyApplied(Uuid),
}

/// Refuses a change of a stream that another request has changed in between.
fn moved_on() -> Refusal {
    Refusal::new(Code::StaleVersion, "Somebody changed this in between. Look at it again first.")
}

/// Ends a transaction that another request has made superfluous.
struct EarlierResult(Uuid);

impl<L: LedgerState> Journal<L> {
    /// The journal of the subgraph with that name, sealed with this key. Call [`Journal::prepare`] before using it.
    pub fn new(source: &'static str, database: Database, clock: Clock, key: &SecretString) -> Self {
        let heads = database.collection(HEADS);
        let entries = database.collection(ENTRIES);
        let outbox = Outbox { source, database, entries, clock, appended: Notify::new() };
        Self { outbox: Arc::new(outbox), heads, locks: KeyedLocks::new(), seal_key: SealKey::new(key, source) }
    }

    /// What waits to be published now, whichever process is to publish it.
    pub async fn waiting(&self) -> Outcome<Waiting> {
        self.outbox.waiting().await
    }

    /// The entries, as the relay and the metrics look at them.
    pub(crate) fn outbox(&self) -> Arc<Outbox> {
        Arc::clone(&self.outbox)
    }

    /// What the same request made before, before anything is decided anew.
    pub async fn earlier_result(&self, key: &IdempotencyKey) -> Outcome<Option<Uuid>> {
        idempotency::earlier_result(&self.outbox.database, key).await
    }

    /// Makes the indexes; also creates the collections, which a transaction should not have to.
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

    /// Commits one change: everything or nothing. Safe to call again with the same [`IdempotencyKey`]. It goes
    /// on without its caller: a transaction that is dropped on its way could hold the stream's head for a minute.
    pub async fn commit(self: &Arc<Self>, change: Change<L>) -> Outcome<Committed> {
        self.commit_all(vec![change]).await
    }

    /// Commits changes, also of different streams: all of them or none. Returns the version of the last one's stream.
    pub async fn commit_all(self: &Arc<Self>, mut changes: Vec<Change<L>>) -> Outcome<Committed> {
        // Always in the same order, so that two that commit to the same streams never wait for each other.
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

    /// A key that was taken while the change was decided is an answer, everything else a failure.
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

    /// One try. Its errors are the driver's own, so that the driver can tell which are worth another.
    async fn attempt(&self, session: &mut ClientSession, id: Uuid, change: &Change<L>) -> mongodb::error::Result<i64> {
        let mut head = self.advance(session, change.stream).await?;
        if let Some(key) = &change.idempotency_key
            && let Some(made) = key.earlier_result(&self.outbox.database, session).await?
        {
            // An error undoes the step of the head.
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
        // A stream's moments only grow.
        let at = self.outbox.clock.now().max(head.last_at.plus_ms(1));
        let sealed = Sealed::new(&self.seal_key, id, at, &head, change)?;
        head.last_at = at;
        head.last_hash.clone_from(&sealed.hash);
        self.outbox.entries.insert_one(sealed.document).session(&mut *session).await?;
        self.heads.replace_one(doc! { "_id": &head.stream }, &head).session(session).await?;
        Ok(head.version)
    }

    /// Takes the next version of a stream; whoever comes second waits or is tried again.
    async fn advance(&self, session: &mut ClientSession, stream: Uuid) -> mongodb::error::Result<Head<L>> {
        let options = FindOneAndUpdateOptions::builder().upsert(true).return_document(ReturnDocument::After).build();
        let advanced = self
            .heads
            .find_one_and_update(doc! { "_id": stream.to_string() }, doc! { "$inc": { "version": 1_i64 } })
            .with_options(options)
            .session(session)
            .await?;
        advanced.ok_or_else(|| Failure::internal("an upsert gave nothing back").into())
    }

    /// The present state of a stream; `None` before its first change.
    pub async fn head(&self, stream: Uuid) -> Outcome<Option<Head<L>>> {
        Ok(self.heads.find_one(doc! { "_id": stream.to_string() }).await?)
    }

    /// The present states of several streams, in no order.
    pub async fn heads(&self, streams: &[Uuid]) -> Outcome<Vec<Head<L>>> {
        let ids: Vec<String> = streams.iter().map(Uuid::to_string).collect();
        Ok(self.heads.find(doc! { "_id": { "$in": ids } }).await?.try_collect().await?)
    }
}
