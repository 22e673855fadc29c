//! How often signing in has failed, counted in windows of time that all replicas share.
//!
//! A try is counted before the password is looked at and taken back when it was right, so that many tries at once are no
//! way around the limit. A window ends however often it is hit meanwhile: nobody is locked out for longer, and who is
//! signed in already is not touched at all.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use contracts::Timestamp;
use sha2::{Digest, Sha256};

use crate::account::Email;

/// One window of time for one address, or for all together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// Whose, and which.
    pub id: String,
    /// When it ends.
    pub ends_at: Timestamp,
}

impl Window {
    /// The present window of an address, whether there is an account or not. Kept as a hash: what is typed into that
    /// field may be a password.
    pub fn of(email: &Email, now: Timestamp, seconds: i64) -> Self {
        let hash = BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(email.as_str()));
        Self::named(&hash, now, seconds)
    }

    /// The present window of all addresses together.
    pub fn of_all(now: Timestamp, seconds: i64) -> Self {
        Self::named("all", now, seconds)
    }

    /// How long it still lasts, at least a second.
    pub fn seconds_left(&self, now: Timestamp) -> i64 {
        (self.ends_at.unix_seconds() - now.unix_seconds()).max(1)
    }

    fn named(whose: &str, now: Timestamp, seconds: i64) -> Self {
        let number = now.unix_seconds().div_euclid(seconds);
        let ends_at = Timestamp::EPOCH.plus_ms((number + 1) * seconds * 1_000);
        Self { id: format!("{whose}/{number}"), ends_at }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_ends_when_its_time_is_over() {
        let email = Email::typed("ada@example.org");
        let at = |seconds: i64| Window::of(&email, Timestamp::EPOCH.plus_ms(seconds * 1_000), 300);
        assert_eq!(at(0), at(299));
        assert_ne!(at(299), at(300));
        assert_eq!(at(0).ends_at, Timestamp::EPOCH.plus_ms(300_000));
        assert_eq!(at(300).seconds_left(Timestamp::EPOCH.plus_ms(599_999)), 1);
    }

    #[test]
    fn addresses_have_windows_of_their_own() {
        let of = |email| Window::of(&Email::typed(email), Timestamp::EPOCH, 300);
        assert_eq!(of("ada@example.org"), of(" ADA@example.org"));
        assert_ne!(of("ada@example.org"), of("eve@example.org"));
        assert_ne!(of("all"), Window::of_all(Timestamp::EPOCH, 300));
    }
}
