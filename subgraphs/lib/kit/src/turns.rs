//! Turns: writers of the same thing wait here, before they meet in the database, where each meeting
//! costs a retry.

use std::hash::{DefaultHasher, Hash, Hasher};

use tokio::sync::{Mutex, MutexGuard};
use uuid::Uuid;

const LOCKS: usize = 64;

/// One short queue per thing, within this process only; two things may share one.
pub struct Turns(Vec<Mutex<()>>);

impl Turns {
    /// Nobody waits yet.
    #[allow(clippy::new_without_default, reason = "it is no plain value")]
    pub fn new() -> Self {
        Self((0..LOCKS).map(|_| Mutex::new(())).collect())
    }

    /// Waits for this thing's turn, which ends when the guard is dropped.
    pub async fn take(&self, thing: Uuid) -> MutexGuard<'_, ()> {
        let mut hasher = DefaultHasher::new();
        thing.hash(&mut hasher);
        let length = u64::try_from(self.0.len()).unwrap_or(1);
        let place = usize::try_from(hasher.finish() % length).unwrap_or(0);
        self.0[place].lock().await
    }
}
