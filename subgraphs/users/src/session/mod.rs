//! Sessions: the families of refresh tokens that originate from one sign-in.
//!
//! A refresh token consists of a selector, which is the same for the whole family, and a secret of 256 bits. The
//! session stores only the hash of the current secret, so that an older token is found by its selector and recognised
//! by its secret.
//!
//! Each refresh replaces the token. The reuse of a replaced token ends the whole family, because either the owner or a
//! thief holds a copy, and the two cannot be distinguished. There is one exception: for ten seconds the token replaced
//! last returns the *same* successor again, for two tabs that refresh at the same time and for lost responses. The
//! family never forks, so a stolen token is still detected when the second of the two uses its copy.

pub(crate) mod keys;
pub(crate) mod operations;
pub(crate) mod rotation;
pub(crate) mod signing;
pub(crate) mod store;

use std::ops::RangeInclusive;

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use contracts::{Timestamp, UserId};
use hmac::{Hmac, Mac};
use kit::{Failure, Outcome, digest, text::line};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::refusal::Refusal;

/// How long the token replaced last returns its successor again, in milliseconds.
const REPEAT_MS: i64 = 10_000;

const SELECTOR_LENGTH: usize = 16;
const SECRET_LENGTH: usize = 32;

/// A refresh token. Deliberately not `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct RefreshToken {
    selector: [u8; SELECTOR_LENGTH],
    secret: [u8; SECRET_LENGTH],
}

impl RefreshToken {
    fn new() -> Self {
        Self { selector: rand::random(), secret: rand::random() }
    }

    /// Decodes a token; `None` if it is malformed.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(text).ok()?;
        let (selector, secret) = bytes.split_at_checked(SELECTOR_LENGTH)?;
        Some(Self { selector: selector.try_into().ok()?, secret: secret.try_into().ok()? })
    }

    /// Encodes the token for the client.
    pub(crate) fn write(&self) -> String {
        BASE64_URL_SAFE_NO_PAD.encode([&self.selector[..], &self.secret[..]].concat())
    }

    /// Returns the id of its session.
    pub(crate) fn session_id(&self) -> String {
        BASE64_URL_SAFE_NO_PAD.encode(self.selector)
    }

    fn hash(&self) -> String {
        BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(self.secret))
    }

    /// Derives the next token, so that it can be returned twice although only its hash is stored. It cannot be computed
    /// from this token without the 256-bit salt, nor from the salt without this token.
    fn successor(&self, salt: &[u8]) -> Outcome<Self> {
        let mut mac = Hmac::<Sha256>::new_from_slice(salt).map_err(Failure::internal)?;
        mac.update(&self.secret);
        Ok(Self { selector: self.selector, secret: mac.finalize().into_bytes().into() })
    }
}

/// The longest description of a device, in characters.
const DEVICE_LENGTH: usize = 100;

/// The length of the secret of a device, in characters.
const DEVICE_KEY_LENGTH: RangeInclusive<usize> = 16..=100;

/// A device that a user signs in from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Device {
    /// The description, such as "Firefox on Linux".
    pub(crate) name: String,
    /// The hash of the secret that only this device has.
    pub(crate) key_hash: Option<String>,
}

impl Device {
    /// Parses what the client says; refuses a description or secret of the wrong length and control characters.
    pub(crate) fn new(name: Option<&str>, key: Option<&str>) -> Result<Self, contracts::Refusal> {
        let name = name.filter(|name| !name.trim().is_empty()).unwrap_or("Unknown device");
        let name = line("input.device", name, DEVICE_LENGTH)?;
        let fits = |key: &str| DEVICE_KEY_LENGTH.contains(&key.len()) && key.chars().all(|c| c.is_ascii_graphic());
        if key.is_some_and(|key| !fits(key)) {
            let (least, most) = (*DEVICE_KEY_LENGTH.start(), *DEVICE_KEY_LENGTH.end());
            return Err(Refusal::DeviceKey { least, most }.into());
        }
        Ok(Self { name, key_hash: key.map(|key| digest(key.as_bytes())) })
    }

    /// Identifies the device among those of an account: by its secret, else by its description.
    pub(crate) fn id(&self) -> String {
        self.key_hash.clone().unwrap_or_else(|| digest(self.name.as_bytes()))
    }
}

/// A session as it is stored. Deliberately not `Debug`.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Session {
    /// The selector of its tokens.
    #[serde(rename = "_id")]
    pub(crate) id: String,
    pub(crate) user_id: UserId,
    /// The hash of the current token.
    pub(crate) token_hash: String,
    /// The token that the last refresh replaced.
    replaced: Option<Replaced>,
    /// When it expires, unless it is refreshed.
    pub(crate) expires_at: Timestamp,
    /// When it began; `None` for a session from before this field existed.
    #[serde(default)]
    pub(crate) created_at: Option<Timestamp>,
    /// When it was last refreshed, or begun.
    #[serde(default)]
    pub(crate) last_seen_at: Option<Timestamp>,
    /// The description of its device.
    #[serde(default)]
    pub(crate) device: Option<String>,
}

/// The maximum duration of sessions.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lifetime {
    /// Since the last refresh, in milliseconds.
    pub(crate) idle_ms: i64,
    /// Since the sign-in, in milliseconds.
    pub(crate) absolute_ms: i64,
}

impl Lifetime {
    /// Returns when a session expires that began at `created_at` and is refreshed now.
    fn end(self, created_at: Timestamp, now: Timestamp) -> Timestamp {
        now.plus_ms(self.idle_ms).min(created_at.plus_ms(self.absolute_ms))
    }
}

#[derive(Clone, Serialize, Deserialize)]
struct Replaced {
    token_hash: String,
    salt: String,
    at: Timestamp,
}

/// The outcome of checking a token.
pub(crate) enum Verdict {
    /// It is current; the refreshed session and the next token.
    Counts(Box<Session>, RefreshToken),
    /// It was replaced a moment ago; the token that replaced it.
    Repeats(RefreshToken),
    /// The session has expired.
    Expired,
    /// It was replaced earlier, so a copy is in use.
    Reused,
}

impl Session {
    /// Begins a session; returns its first token.
    pub(crate) fn begin(user_id: UserId, device: Device, now: Timestamp, lifetime: Lifetime) -> (Self, RefreshToken) {
        let token = RefreshToken::new();
        let session = Self {
            id: token.session_id(),
            user_id,
            token_hash: token.hash(),
            replaced: None,
            expires_at: lifetime.end(now, now),
            created_at: Some(now),
            last_seen_at: Some(now),
            device: Some(device.name),
        };
        (session, token)
    }

    /// Checks a token with this session's selector.
    pub(crate) fn judge(&self, token: &RefreshToken, now: Timestamp, lifetime: Lifetime) -> Outcome<Verdict> {
        if self.expires_at <= now {
            return Ok(Verdict::Expired);
        }
        let token_hash = token.hash();
        if token_hash == self.token_hash {
            return self.refreshed(token, now, lifetime);
        }
        match &self.replaced {
            Some(replaced) if replaced.token_hash == token_hash && now <= replaced.at.plus_ms(REPEAT_MS) => {
                let salt = BASE64_URL_SAFE_NO_PAD.decode(&replaced.salt).map_err(Failure::internal)?;
                Ok(Verdict::Repeats(token.successor(&salt)?))
            }
            _ => Ok(Verdict::Reused),
        }
    }

    fn refreshed(&self, token: &RefreshToken, now: Timestamp, lifetime: Lifetime) -> Outcome<Verdict> {
        let salt: [u8; SECRET_LENGTH] = rand::random();
        let successor = token.successor(&salt)?;
        let replaced = Replaced { token_hash: token.hash(), salt: BASE64_URL_SAFE_NO_PAD.encode(salt), at: now };
        let created_at = self.created_at.unwrap_or(now);
        let session = Self {
            token_hash: successor.hash(),
            replaced: Some(replaced),
            expires_at: lifetime.end(created_at, now),
            created_at: Some(created_at),
            last_seen_at: Some(now),
            ..self.clone()
        };
        Ok(Verdict::Counts(Box::new(session), successor))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR_MS: i64 = 3_600_000;
    const NOW: Timestamp = Timestamp::EPOCH;
    const LIFETIME: Lifetime = Lifetime { idle_ms: HOUR_MS, absolute_ms: 3 * HOUR_MS };

    fn device() -> Device {
        Device::new(Some("Firefox on Linux"), None).unwrap()
    }

    fn refresh(session: &Session, token: &RefreshToken, now: Timestamp) -> (Session, RefreshToken) {
        match session.judge(token, now, LIFETIME).unwrap() {
            Verdict::Counts(session, successor) => (*session, successor),
            _ => panic!("the token does not count"),
        }
    }

    #[test]
    fn a_token_is_encoded_without_loss() {
        let token = RefreshToken::new();
        assert_eq!(token.write().len(), 64);
        assert!(RefreshToken::read(&token.write()) == Some(token));
        for text in ["", "abc", "!", &"A".repeat(63), &"A".repeat(65), &"A".repeat(20)] {
            assert!(RefreshToken::read(text).is_none(), "{text}");
        }
    }

    #[test]
    fn only_hashes_are_stored() {
        let (session, token) = Session::begin(UserId::new(), device(), NOW, LIFETIME);
        let (session, successor) = refresh(&session, &token, NOW);
        let stored = serde_json::to_string(&session).unwrap();
        for token in [token, successor] {
            assert!(!stored.contains(&BASE64_URL_SAFE_NO_PAD.encode(token.secret)));
        }
    }

    #[test]
    fn a_refresh_extends_the_session() {
        let (session, token) = Session::begin(UserId::new(), device(), NOW, LIFETIME);
        let late = NOW.plus_ms(HOUR_MS - 1);
        let (session, token) = refresh(&session, &token, late);
        assert!(matches!(session.judge(&token, NOW.plus_ms(HOUR_MS), LIFETIME), Ok(Verdict::Counts(..))));
        assert!(matches!(session.judge(&token, late.plus_ms(HOUR_MS), LIFETIME), Ok(Verdict::Expired)));
    }

    #[test]
    fn refreshes_do_not_extend_a_session_beyond_its_absolute_lifetime() {
        let (mut session, mut token) = Session::begin(UserId::new(), device(), NOW, LIFETIME);
        let end = NOW.plus_ms(LIFETIME.absolute_ms);
        for minutes in (30..180).step_by(30) {
            (session, token) = refresh(&session, &token, NOW.plus_ms(minutes * 60_000));
        }
        assert_eq!(session.expires_at, end);
        assert!(matches!(session.judge(&token, end.plus_ms(-1), LIFETIME), Ok(Verdict::Counts(..))));
        assert!(matches!(session.judge(&token, end, LIFETIME), Ok(Verdict::Expired)));
    }

    #[test]
    fn a_device_has_a_short_description() {
        assert_eq!(Device::new(None, None).unwrap().name, "Unknown device");
        assert_eq!(Device::new(Some(" Firefox "), None).unwrap().name, "Firefox");
        assert_eq!(Device::new(Some("Zoe\u{308}s Telefon"), None).unwrap().name, "Zoës Telefon");
        for text in ["a\nb", "Fire\u{200b}fox", &"a".repeat(101)] {
            assert_eq!(Device::new(Some(text), None).unwrap_err().field.as_deref(), Some("input.device"), "{text}");
        }
    }

    #[test]
    fn the_key_of_a_device_identifies_it() {
        let id = |name, key| Device::new(Some(name), Some(key)).unwrap().id();
        assert_eq!(id("Firefox", "a-key-of-a-device"), id("Chrome", "a-key-of-a-device"));
        assert_ne!(id("Firefox", "a-key-of-a-device"), id("Firefox", "another-key-of-it"));
        for key in ["", "fifteen-letters", "a key with spaces", "ein-schlüssel-von-hier", &"a".repeat(101)] {
            let refused = Device::new(None, Some(key)).unwrap_err();
            assert_eq!(refused, Refusal::DeviceKey { least: 16, most: 100 }.into(), "{key}");
        }
    }

    #[test]
    fn a_repeat_gives_the_same_successor_for_ten_seconds() {
        let (session, token) = Session::begin(UserId::new(), device(), NOW, LIFETIME);
        let (session, successor) = refresh(&session, &token, NOW);
        let again = session.judge(&token, NOW.plus_ms(REPEAT_MS), LIFETIME).unwrap();
        assert!(matches!(again, Verdict::Repeats(repeated) if repeated == successor));
        assert!(matches!(session.judge(&token, NOW.plus_ms(REPEAT_MS + 1), LIFETIME), Ok(Verdict::Reused)));
    }

    #[test]
    fn a_token_from_before_the_last_is_reused_at_once() {
        let (session, first) = Session::begin(UserId::new(), device(), NOW, LIFETIME);
        let (session, second) = refresh(&session, &first, NOW);
        let (session, third) = refresh(&session, &second, NOW);
        assert!(matches!(session.judge(&first, NOW, LIFETIME), Ok(Verdict::Reused)));
        assert!(matches!(session.judge(&third, NOW, LIFETIME), Ok(Verdict::Counts(..))));
    }
}
