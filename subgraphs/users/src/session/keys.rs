//! The keys that sign access tokens, and their succession. A new key is published before it signs, and the previous one
//! until its last token has expired, so that nobody is signed out and every subgraph can verify every token.

use contracts::Timestamp;
use kit::{Failure, Outcome};
use p256::{
    SecretKey,
    elliptic_curve::rand_core::OsRng,
    pkcs8::{EncodePrivateKey, LineEnding},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::cipher::KeyCipher;

/// How long a new key is published before it signs, in milliseconds: every replica reloads the keys several times
/// within this.
pub(crate) const PUBLISHED_BEFORE_MS: i64 = 60_000;

/// How long a key is valid after its last token, in milliseconds, for replicas that learn late about the next key.
const KEPT_MS: i64 = 60_000;

/// A private key as it is stored. Deliberately not `Debug`.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct StoredKey {
    #[serde(rename = "_id")]
    pub(crate) id: String,
    /// PKCS#8 in PEM format, encrypted with the id as its name.
    private_key: String,
    /// False for a key that was stored before keys were encrypted.
    #[serde(default)]
    is_encrypted: bool,
    created_at: Timestamp,
    /// When it begins to sign; if missing, when it was created.
    #[serde(default)]
    signs_from: Option<Timestamp>,
}

/// A private key. Its holder can sign in as anybody. Deliberately not `Debug`.
#[derive(Clone)]
pub struct SigningKey {
    id: String,
    pub(super) private_key: String,
    created_at: Timestamp,
    pub(super) signs_from: Timestamp,
    is_encrypted: bool,
}

impl SigningKey {
    /// The id of the first key, which is fixed so that replicas starting at the same time agree on one.
    pub(crate) const FIRST: &str = "access";

    /// Generates a key that signs at once.
    pub fn generate(now: Timestamp) -> Outcome<Self> {
        Self::new(Self::FIRST.to_owned(), now, now)
    }

    /// Generates a key that signs after `PUBLISHED_BEFORE_MS`.
    pub(crate) fn successor(now: Timestamp) -> Outcome<Self> {
        Self::new(Uuid::now_v7().to_string(), now, now.plus_ms(PUBLISHED_BEFORE_MS))
    }

    fn new(id: String, created_at: Timestamp, signs_from: Timestamp) -> Outcome<Self> {
        let private_key = SecretKey::random(&mut OsRng).to_pkcs8_pem(LineEnding::LF).map_err(Failure::internal)?;
        Ok(Self { id, private_key: private_key.as_str().to_owned(), created_at, signs_from, is_encrypted: true })
    }

    /// Encrypts the key for storage.
    pub(crate) fn stored(&self, cipher: &KeyCipher) -> Outcome<StoredKey> {
        Ok(StoredKey {
            id: self.id.clone(),
            private_key: cipher.encrypt(&self.id, &self.private_key)?,
            is_encrypted: true,
            created_at: self.created_at,
            signs_from: Some(self.signs_from),
        })
    }

    /// Decrypts a stored key.
    pub(crate) fn read(stored: StoredKey, cipher: &KeyCipher) -> Outcome<Self> {
        let StoredKey { id, private_key, is_encrypted, created_at, signs_from } = stored;
        let private_key = if is_encrypted { cipher.decrypt(&id, &private_key)? } else { private_key };
        Ok(Self { id, private_key, created_at, signs_from: signs_from.unwrap_or(created_at), is_encrypted })
    }

    /// Returns its id in the database.
    pub(crate) fn id(&self) -> &str {
        &self.id
    }

    /// Whether it is encrypted in the database.
    pub(crate) fn is_encrypted(&self) -> bool {
        self.is_encrypted
    }
}

/// The validity period of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Term {
    pub(crate) signs_from: Timestamp,
    /// When its last token has expired; `None` while there is no next key.
    pub(crate) ends_at: Option<Timestamp>,
}

/// Returns the validity periods of keys that begin to sign at these times, in ascending order, for tokens with this
/// lifetime.
pub(crate) fn terms(signs_from: &[Timestamp], token_seconds: i64) -> Vec<Term> {
    let ends = signs_from.iter().skip(1).map(|next| Some(next.plus_ms(token_seconds * 1_000 + KEPT_MS)));
    let terms = signs_from.iter().zip(ends.chain([None]));
    terms.map(|(signs_from, ends_at)| Term { signs_from: *signs_from, ends_at }).collect()
}

impl Term {
    pub(crate) fn is_over(&self, now: Timestamp) -> bool {
        self.ends_at.is_some_and(|ends_at| ends_at <= now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_valid_until_its_last_token_has_expired() {
        let at = |seconds: i64| Timestamp::EPOCH.plus_ms(seconds * 1_000);
        let terms = terms(&[at(0), at(1_000)], 900);
        assert_eq!(terms[0], Term { signs_from: at(0), ends_at: Some(at(1_000 + 900 + 60)) });
        assert_eq!(terms[1], Term { signs_from: at(1_000), ends_at: None });
        assert!(!terms[0].is_over(at(1_959)) && terms[0].is_over(at(1_960)) && !terms[1].is_over(at(9_999)));
    }
}
