//! The changes that wait for a transaction. A transaction takes all waiting changes of a stream, in their order, and no
//! other one writes to that stream meanwhile: one of the waiting commits holds the stream's lock and hands it over.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use contracts::ledger::LedgerState;
use mongodb::error::Error;
use tokio::sync::{
    OwnedMutexGuard, Semaphore, SemaphorePermit,
    oneshot::{self, Receiver},
};
use uuid::Uuid;

use super::Change;

/// How many transactions of a journal are on their way at once.
const TRANSACTIONS: usize = 2;

/// From this many changes on, a transaction takes those of no further stream.
const ENOUGH: usize = 32;

/// What became of a change.
pub(super) enum Ended {
    /// It led to this version of its stream.
    Committed(i64),
    /// Nothing was written. It may succeed alone, or else that tells why it fails.
    NotCommitted,
    /// It failed with this error. It is not tried again: it was refused, or the database did not tell whether it was
    /// committed.
    Failed(Error),
}

/// The changes that wait for a transaction.
pub(super) struct Queue<L: LedgerState> {
    queued: Mutex<Queued<L>>,
    places: Semaphore,
}

struct Queued<L: LedgerState> {
    changes: HashMap<Uuid, Vec<Waiting<L>>>,
    /// The streams whose locks are held, those that have waited longest first.
    streams: VecDeque<(Uuid, OwnedMutexGuard<()>)>,
}

/// A change with the id of its entry, and who is told what became of it.
struct Waiting<L: LedgerState> {
    change: Arc<(Uuid, Change<L>)>,
    ended: oneshot::Sender<Ended>,
}

/// Changes for one transaction, with the locks of their streams.
pub(super) struct Taken<L: LedgerState> {
    waiting: Vec<Waiting<L>>,
    locks: Vec<OwnedMutexGuard<()>>,
}

impl<L: LedgerState> Default for Queue<L> {
    fn default() -> Self {
        let queued = Queued { changes: HashMap::new(), streams: VecDeque::new() };
        Self { queued: Mutex::new(queued), places: Semaphore::new(TRANSACTIONS) }
    }
}

impl<L: LedgerState> Queue<L> {
    /// Adds a change; the returned receiver is told what became of it.
    pub(super) fn add(&self, change: &Arc<(Uuid, Change<L>)>) -> Receiver<Ended> {
        let (ended, receiver) = oneshot::channel();
        let waiting = Waiting { change: Arc::clone(change), ended };
        self.queued().changes.entry(change.1.stream).or_default().push(waiting);
        receiver
    }

    /// Offers the changes of a stream to the next transaction.
    pub(super) fn offer(&self, stream: Uuid, lock: OwnedMutexGuard<()>) {
        self.queued().streams.push_back((stream, lock));
    }

    /// Waits for a place for a transaction; dropping it frees the place.
    pub(super) async fn place(&self) -> Option<SemaphorePermit<'_>> {
        self.places.acquire().await.ok()
    }

    /// Takes the changes of those streams that were offered first; `None` if no stream is offered.
    pub(super) fn take(&self) -> Option<Taken<L>> {
        let mut queued = self.queued();
        let (mut waiting, mut locks) = (Vec::new(), Vec::new());
        while waiting.len() < ENOUGH
            && let Some((stream, lock)) = queued.streams.pop_front()
        {
            waiting.append(&mut queued.changes.remove(&stream).unwrap_or_default());
            locks.push(lock);
        }
        (!locks.is_empty()).then_some(Taken { waiting, locks })
    }

    fn queued(&self) -> MutexGuard<'_, Queued<L>> {
        self.queued.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<L: LedgerState> Taken<L> {
    pub(super) fn changes(&self) -> Vec<Arc<(Uuid, Change<L>)>> {
        self.waiting.iter().map(|waiting| Arc::clone(&waiting.change)).collect()
    }

    /// Tells everybody who waits, and then releases the locks: whoever gets one next and was told nothing still waits.
    pub(super) fn end(self, ended: impl IntoIterator<Item = Ended>) {
        for (waiting, ended) in self.waiting.into_iter().zip(ended) {
            drop(waiting.ended.send(ended));
        }
        drop(self.locks);
    }
}
