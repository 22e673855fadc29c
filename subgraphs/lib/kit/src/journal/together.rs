//! Group commit: changes of different streams that wait at the same moment share one transaction, and with it most of
//! the commands. Nobody waits for others to come: changes gather only while transactions are on their way.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use contracts::ledger::LedgerState;
use futures::FutureExt;
use mongodb::{ClientSession, error::Error};
use tokio::sync::{Semaphore, oneshot};
use uuid::Uuid;

use super::{Change, Head, Journal, heads::Outdated, idempotency::IDEMPOTENCY_KEYS, outbox::ENTRIES};
use crate::{
    failure::Failure,
    mongo::{Write, carry_out_all, transaction_options},
};

/// How many shared transactions of a journal are on their way at once.
const TRANSACTIONS: usize = 2;

/// The most changes in one transaction.
const MOST_TOGETHER: usize = 32;

/// What became of a change.
pub(super) enum Ended<L: LedgerState> {
    /// It led to this head.
    Committed(Head<L>),
    /// Nothing was written. The change may be committed alone, which tells why.
    NotCommitted,
    /// The database did not tell whether it was committed.
    Unknown(Error),
}

/// The changes that wait for a transaction.
pub(super) struct Together<L: LedgerState> {
    waiting: Mutex<Vec<Waiting<L>>>,
    transactions: Semaphore,
}

/// A change with the id of its entry, and who is told what became of it.
struct Waiting<L: LedgerState> {
    change: Arc<(Uuid, Change<L>)>,
    ended: oneshot::Sender<Ended<L>>,
}

/// How far a transaction has come. Its body may be run again by the driver, which it refuses: changes of other streams
/// must not wait for a conflict of one.
#[derive(Default)]
struct Progress {
    has_begun: AtomicBool,
    is_written: AtomicBool,
}

impl<L: LedgerState> Default for Together<L> {
    fn default() -> Self {
        Self { waiting: Mutex::default(), transactions: Semaphore::new(TRANSACTIONS) }
    }
}

impl<L: LedgerState> Together<L> {
    fn add(&self, change: &Arc<(Uuid, Change<L>)>) -> oneshot::Receiver<Ended<L>> {
        let (ended, receiver) = oneshot::channel();
        let waiting = Waiting { change: Arc::clone(change), ended };
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).push(waiting);
        receiver
    }

    /// Takes those that have waited longest.
    fn take(&self) -> Vec<Waiting<L>> {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let count = waiting.len().min(MOST_TOGETHER);
        waiting.drain(..count).collect()
    }
}

impl<L: LedgerState> Journal<L> {
    /// Commits a change together with others that wait. The caller holds the lock of its stream, so that no two of them
    /// are of one stream.
    pub(super) async fn commit_together(&self, change: &Arc<(Uuid, Change<L>)>) -> Ended<L> {
        let mut ended = self.together.add(change);
        loop {
            let place = tokio::select! {
                biased;
                ended = &mut ended => return ended.unwrap_or_else(|_| Ended::Unknown(abandoned())),
                place = self.together.transactions.acquire() => place,
            };
            let taken = self.together.take();
            if !taken.is_empty() {
                self.commit_taken(taken).await;
            }
            drop(place);
        }
    }

    async fn commit_taken(&self, taken: Vec<Waiting<L>>) {
        let changes: Vec<_> = taken.iter().map(|waiting| Arc::clone(&waiting.change)).collect();
        let progress = Progress::default();
        match self.transact_together(&changes, &progress).await {
            Ok(heads) => {
                for (waiting, head) in taken.into_iter().zip(heads) {
                    drop(waiting.ended.send(Ended::Committed(head)));
                }
            }
            Err(error) => {
                for waiting in taken {
                    let is_unknown = progress.is_written.load(Ordering::Relaxed);
                    let ended = if is_unknown { Ended::Unknown(error.clone()) } else { Ended::NotCommitted };
                    drop(waiting.ended.send(ended));
                }
            }
        }
    }

    async fn transact_together(
        &self,
        changes: &[Arc<(Uuid, Change<L>)>],
        progress: &Progress,
    ) -> Result<Vec<Head<L>>, Error> {
        let mut session = self.outbox.database.client().start_session().await?;
        session
            .start_transaction()
            .with_options(transaction_options())
            .and_run((self, changes, progress), |session, (journal, changes, progress)| {
                async move {
                    if progress.has_begun.swap(true, Ordering::Relaxed) {
                        // The commit before has failed and left nothing.
                        progress.is_written.store(false, Ordering::Relaxed);
                        return Err(Outdated::error());
                    }
                    // Without its labels, so that the driver does not run this again.
                    let heads = journal.write_together(session, changes).await.map_err(Error::custom)?;
                    progress.is_written.store(true, Ordering::Relaxed);
                    Ok(heads)
                }
                .boxed()
            })
            .await
    }

    async fn write_together(
        &self,
        session: &mut ClientSession,
        changes: &[Arc<(Uuid, Change<L>)>],
    ) -> Result<Vec<Head<L>>, Error> {
        let streams: Vec<Uuid> = changes.iter().map(|change| change.1.stream).collect();
        let mut befores: HashMap<Uuid, Head<L>> = self.heads.last(&streams, session).await?;
        let (mut steps, mut writes) = (Vec::new(), Vec::new());
        for change in changes {
            let (id, change) = &**change;
            let before = befores.remove(&change.stream).ok_or_else(Outdated::error)?;
            let (after, sealed) = self.next(*id, &before, change)?;
            if let Some(key) = &change.idempotency_key {
                writes.push(Write::insert(IDEMPOTENCY_KEYS, key)?);
            }
            writes.extend_from_slice(&change.writes);
            writes.push(Write::insert(ENTRIES, &sealed.document)?);
            steps.push((before, after));
        }
        self.heads.replace_all(&steps, session).await?;
        carry_out_all(&writes, &self.outbox.database, session).await?;
        Ok(steps.into_iter().map(|(_, after)| after).collect())
    }
}

fn abandoned() -> Error {
    Failure::internal("a shared transaction was abandoned").into()
}
