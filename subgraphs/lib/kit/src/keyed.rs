//! Shared values by key, each as long as somebody holds it.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError, Weak},
};

use uuid::Uuid;

/// From this many keys on, those without a holder are removed before another is added.
const CLEANUP_THRESHOLD: usize = 1_024;

/// One value per key, within this process only.
pub(crate) struct Keyed<T>(Mutex<HashMap<Uuid, Weak<T>>>);

impl<T> Default for Keyed<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T> Keyed<T> {
    /// Returns the value of this key; a new one if nobody holds it.
    pub(crate) fn get(&self, key: Uuid, new: impl FnOnce() -> T) -> Arc<T> {
        let mut values = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(value) = values.get(&key).and_then(Weak::upgrade) {
            return value;
        }
        if values.len() >= CLEANUP_THRESHOLD {
            values.retain(|_, value| value.strong_count() > 0);
        }
        let value = Arc::new(new());
        values.insert(key, Arc::downgrade(&value));
        value
    }
}
