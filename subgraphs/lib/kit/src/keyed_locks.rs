//! Locks by key: writers of the same document queue up here instead of in the database, where each conflict costs a
//! retry.

use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, Weak},
};

use tokio::sync::{Mutex, OwnedMutexGuard};
use uuid::Uuid;

/// The number of locks above which unused ones are removed.
const CLEANUP_THRESHOLD: usize = 1_024;

/// One lock per key, within this process only.
#[derive(Default)]
pub struct KeyedLocks(std::sync::Mutex<HashMap<Uuid, Weak<Mutex<()>>>>);

impl KeyedLocks {
    /// Creates an empty set of locks.
    pub fn new() -> Self {
        Self::default()
    }

    /// Waits for the lock of this key, first come first served. Dropping the guard releases it.
    pub async fn lock(&self, key: Uuid) -> OwnedMutexGuard<()> {
        self.of(key).lock_owned().await
    }

    fn of(&self, key: Uuid) -> Arc<Mutex<()>> {
        let mut locks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(lock) = locks.get(&key).and_then(Weak::upgrade) {
            return lock;
        }
        if locks.len() >= CLEANUP_THRESHOLD {
            locks.retain(|_, lock| lock.strong_count() > 0);
        }
        let lock = Arc::default();
        locks.insert(key, Arc::downgrade(&lock));
        lock
    }
}

#[cfg(test)]
mod tests {
    use futures::FutureExt;
    use tokio::task::unconstrained;

    use super::*;

    #[tokio::test]
    async fn only_the_same_key_blocks() {
        let locks = KeyedLocks::new();
        let keys: Vec<Uuid> = (0..2_000).map(Uuid::from_u128).collect();
        let first = locks.lock(keys[0]).await;
        for key in &keys[1..] {
            assert!(unconstrained(locks.lock(*key)).now_or_never().is_some(), "{key}");
        }
        assert!(unconstrained(locks.lock(keys[0])).now_or_never().is_none());
        drop(first);
        assert!(unconstrained(locks.lock(keys[0])).now_or_never().is_some());
    }
}
