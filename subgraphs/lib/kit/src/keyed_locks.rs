//! Locks by key: writers of the same document wait here instead of in the database, where each conflict costs a retry.

use std::hash::{DefaultHasher, Hash, Hasher};

use tokio::sync::{Mutex, MutexGuard};
use uuid::Uuid;

const LOCKS: usize = 64;

/// A fixed number of locks, within this process only; two keys may share one.
pub struct KeyedLocks(Vec<Mutex<()>>);

impl KeyedLocks {
    /// All locks are free.
    #[allow(clippy::new_without_default, reason = "it is no plain value")]
    pub fn new() -> Self {
        Self((0..LOCKS).map(|_| Mutex::new(())).collect())
    }

    /// Waits for the lock of this key; it is released when the guard is dropped.
    pub async fn lock(&self, key: Uuid) -> MutexGuard<'_, ()> {
        let mut hasher = DefaultHasher::new();
        key.hash(&mut hasher);
        let length = u64::try_from(self.0.len()).unwrap_or(1);
        let place = usize::try_from(hasher.finish() % length).unwrap_or(0);
        self.0[place].lock().await
    }
}
