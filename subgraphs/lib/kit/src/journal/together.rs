//! Changes of different streams that wait at the same moment have one transaction, and with it most of the commands.
//! Nobody waits for others to come: changes gather only while transactions are on their way.

use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicBool, Ordering},
};

use contracts::ledger::LedgerState;
use mongodb::error::Error;
use tokio::sync::{Semaphore, oneshot};
use uuid::Uuid;

use super::{Change, Head};
use crate::{failure::Failure, mongo::is_duplicate_key};

/// How many such transactions of a journal are on their way at once.
const TRANSACTIONS: usize = 2;

/// The most changes in one transaction.
const MOST_TOGETHER: usize = 32;

/// What became of a change.
pub(super) enum Ended<L: LedgerState> {
    /// It led to this head.
    Committed(Head<L>),
    /// Nothing was written. It may succeed alone, or else that tells why it fails.
    NotCommitted,
    /// It failed with this error. It is not tried again: it was refused, or the database did not tell whether it was
    /// committed.
    Failed(Error),
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

/// Makes changes in one transaction.
pub(super) trait Transact<L: LedgerState> {
    /// Tries once to commit the changes, all or none; returns the heads that they led to.
    fn transact_together(
        &self,
        changes: &[Arc<(Uuid, Change<L>)>],
        progress: &Progress,
    ) -> impl Future<Output = Result<Vec<Head<L>>, Error>> + Send;
}

/// Why the body of a transaction failed. It has no labels, so that the driver does not run the body again.
pub(super) struct NotWritten(pub(super) Error);

/// How far a transaction has come. The driver may run its body again, which has to fail then: the changes of other streams
/// must not wait for the conflict of one.
#[derive(Default)]
pub(super) struct Progress {
    has_begun: AtomicBool,
    is_written: AtomicBool,
}

impl Progress {
    /// Whether this is the first run. At a further one, the commit of the one before has failed and left nothing.
    pub(super) fn begins(&self) -> bool {
        self.is_written.store(false, Ordering::Relaxed);
        !self.has_begun.swap(true, Ordering::Relaxed)
    }

    /// Everything is written, and to be committed.
    pub(super) fn written(&self) {
        self.is_written.store(true, Ordering::Relaxed);
    }
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

    /// Commits a change together with others that wait. The caller holds the lock of its stream, so that no two of them
    /// are of one stream.
    pub(super) async fn commit(&self, change: &Arc<(Uuid, Change<L>)>, journal: &impl Transact<L>) -> Ended<L> {
        let mut ended = self.add(change);
        loop {
            let place = tokio::select! {
                biased;
                ended = &mut ended => return ended.unwrap_or_else(|_| Ended::Failed(abandoned())),
                place = self.transactions.acquire() => place,
            };
            let taken = self.take();
            if !taken.is_empty() {
                commit_taken(taken, journal).await;
            }
            drop(place);
        }
    }
}

async fn commit_taken<L: LedgerState>(taken: Vec<Waiting<L>>, journal: &impl Transact<L>) {
    let changes: Vec<_> = taken.iter().map(|waiting| Arc::clone(&waiting.change)).collect();
    let progress = Progress::default();
    match journal.transact_together(&changes, &progress).await {
        Ok(heads) => {
            for (waiting, head) in taken.into_iter().zip(heads) {
                drop(waiting.ended.send(Ended::Committed(head)));
            }
        }
        Err(error) => {
            let is_unknown = progress.is_written.load(Ordering::Relaxed);
            let is_alone = taken.len() == 1;
            for waiting in taken {
                let ended = match refusal(&error) {
                    _ if is_unknown => Ended::Failed(error.clone()),
                    Some(refusal) if is_alone => Ended::Failed(refusal),
                    _ => Ended::NotCommitted,
                };
                drop(waiting.ended.send(ended));
            }
        }
    }
}

/// The error of a write that would be refused again.
fn refusal(error: &Error) -> Option<Error> {
    let NotWritten(cause) = error.get_custom()?;
    let is_refused = is_duplicate_key(cause) || cause.get_custom::<Failure>().is_some();
    is_refused.then(|| cause.clone())
}

fn abandoned() -> Error {
    Failure::internal("a transaction of several changes was abandoned").into()
}
