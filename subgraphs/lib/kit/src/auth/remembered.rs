//! The access tokens that were found valid lately. Whoever uses a token uses it often, and a signature costs much more
//! than a hash.

use std::{
    num::NonZeroUsize,
    sync::{Mutex, MutexGuard, PoisonError},
};

use contracts::Timestamp;
use lru::LruCache;

use super::caller::Person;
use crate::digest;

/// The most tokens that are remembered; beyond it, the one that was not used for longest is forgotten.
const CAPACITY: usize = 4_096;

/// A token that was found valid.
#[derive(Clone)]
pub(super) struct Checked {
    /// The id of the key that it is signed with.
    pub(super) kid: String,
    /// When it expires.
    pub(super) expires_at: Timestamp,
    /// Whom it belongs to.
    pub(super) person: Person,
}

/// Checked tokens by their hashes.
pub(super) struct Remembered(Mutex<LruCache<String, Checked>>);

impl Default for Remembered {
    fn default() -> Self {
        Self::with_capacity(CAPACITY)
    }
}

impl Remembered {
    fn with_capacity(capacity: usize) -> Self {
        let capacity = NonZeroUsize::new(capacity).unwrap_or(NonZeroUsize::MIN);
        Self(Mutex::new(LruCache::new(capacity)))
    }

    /// Returns a remembered token, unless it has expired before this time.
    pub(super) fn find(&self, token: &str, oldest: Timestamp) -> Option<Checked> {
        let hash = digest(token.as_bytes());
        let mut checked = self.checked();
        let found = checked.get(&hash)?.clone();
        // The same seconds as those of the claim.
        if found.expires_at.unix_seconds() < oldest.unix_seconds() {
            checked.pop(&hash);
            return None;
        }
        Some(found)
    }

    /// Remembers a token.
    pub(super) fn remember(&self, token: &str, checked: Checked) {
        self.checked().put(digest(token.as_bytes()), checked);
    }

    fn checked(&self) -> MutexGuard<'_, LruCache<String, Checked>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use chrono_tz::Tz;
    use contracts::UserId;

    use super::{super::caller::Credential, *};

    fn checked(token: &str, expires_at: &str) -> Checked {
        let (credential, expires_at) = (Credential::Token(token.to_owned()), expires_at.parse().unwrap());
        let (user, time_zone) = (UserId::new(), Tz::UTC);
        let person = Person { user, credential, session: None, time_zone, expires_at: Some(expires_at) };
        Checked { kid: "key".to_owned(), expires_at, person }
    }

    #[test]
    fn an_expired_token_is_forgotten() {
        let remembered = Remembered::default();
        remembered.remember("token", checked("token", "2026-11-29T10:00:00Z"));
        let find = |oldest: &str| remembered.find("token", oldest.parse().unwrap()).is_some();
        assert!(find("2026-11-29T09:00:00Z") && find("2026-11-29T10:00:00Z"));
        assert!(!find("2026-11-29T10:00:01Z"));
        assert!(!find("2026-11-29T09:00:00Z"), "it is no longer there");
    }

    #[test]
    fn a_bounded_number_of_tokens_is_remembered() {
        let remembered = Remembered::with_capacity(2);
        let (later, now) = ("2026-11-29T10:00:00Z", "2026-11-29T09:00:00Z".parse().unwrap());
        for token in ["a", "b"] {
            remembered.remember(token, checked(token, later));
        }
        assert!(remembered.find("a", now).is_some());
        remembered.remember("c", checked("c", later));
        let found = ["a", "b", "c"].map(|token| remembered.find(token, now).is_some());
        assert_eq!(found, [true, false, true], "the one that was not used for longest is forgotten");
    }
}
