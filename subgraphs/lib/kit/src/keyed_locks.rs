//! Locks by key: writers of the same document queue up here instead of in the database, where each conflict costs a
//! retry.

use std::sync::Arc;

use tokio::sync::{Mutex, OwnedMutexGuard};
use uuid::Uuid;

use crate::{admission::overloaded, failure::Outcome, keyed::Keyed};

/// The most holders and waiters of one lock, if they are limited: fewer than requests have places, so that who writes to
/// one document at once does not keep all others waiting.
const MOST_AT_ONCE: usize = 32;

/// One lock per key, within this process only.
#[derive(Default)]
pub struct KeyedLocks(Keyed<Mutex<()>>);

impl KeyedLocks {
    /// Creates an empty set of locks.
    pub fn new() -> Self {
        Self::default()
    }

    /// Waits for the lock of this key, first come first served. Dropping the guard releases it.
    pub async fn lock(&self, key: Uuid) -> OwnedMutexGuard<()> {
        self.of(key).lock_owned().await
    }

    /// Refuses, as overloaded, if too many hold this lock or wait for it.
    pub(crate) fn refuse_crowd(&self, key: Uuid) -> Outcome<()> {
        if Arc::strong_count(&self.of(key)) > MOST_AT_ONCE { Err(overloaded()) } else { Ok(()) }
    }

    fn of(&self, key: Uuid) -> Arc<Mutex<()>> {
        self.0.get(key, Mutex::default)
    }
}

#[cfg(test)]
mod tests {
    use contracts::Code;
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

    #[tokio::test]
    async fn a_crowd_at_one_key_is_refused_and_delays_no_other() {
        let locks = KeyedLocks::new();
        let (crowded, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let first = locks.lock(crowded).await;
        let mut waiting: Vec<_> = (1..MOST_AT_ONCE).map(|_| Box::pin(unconstrained(locks.lock(crowded)))).collect();
        for one in &mut waiting {
            assert!(locks.refuse_crowd(crowded).is_ok());
            assert!(one.now_or_never().is_none());
        }
        assert!(locks.refuse_crowd(crowded).unwrap_err().is(Code::Overloaded));
        assert!(locks.refuse_crowd(other).is_ok());
        drop(first);
        assert!(waiting[0].as_mut().now_or_never().is_some());
        assert!(locks.refuse_crowd(crowded).is_ok());
    }
}
