//! The keys that access tokens are signed with, as they follow each other. A new key is published before it signs, and the
//! one before it until its last token has ended: nobody is signed out, and every subgraph knows the key of every token.

use contracts::Timestamp;
use kit::{Failure, Outcome};
use p256::{
    SecretKey,
    elliptic_curve::rand_core::OsRng,
    pkcs8::{EncodePrivateKey, LineEnding},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::cipher::KeyCipher;

/// How long a new key is published before it signs: every replica looks for new keys several times in it.
pub(crate) const PUBLISHED_BEFORE_MS: i64 = 60_000;

/// How long a key counts after its last token, for replicas that have heard late of its successor.
const KEPT_MS: i64 = 60_000;

/// A private key as it is stored. Deliberately not `Debug`.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct StoredKey {
    #[serde(rename = "_id")]
    pub(crate) id: String,
    /// PKCS#8 in PEM, encrypted under the id.
    private_key: String,
    /// False for a key from before they were encrypted.
    #[serde(default)]
    is_encrypted: bool,
    created_at: Timestamp,
    /// When it begins to sign; with its making where this is missing.
    #[serde(default)]
    signs_from: Option<Timestamp>,
}

/// A private key. Whoever has it can sign in as anybody. Deliberately not `Debug`.
#[derive(Clone)]
pub struct SigningKey {
    id: String,
    pub(super) private_key: String,
    created_at: Timestamp,
    pub(super) signs_from: Timestamp,
    is_encrypted: bool,
}

impl SigningKey {
    /// The id of the first key: replicas that start at once must agree on it.
    pub(crate) const FIRST: &str = "access";

    /// A key that signs at once.
    pub fn generate(now: Timestamp) -> Outcome<Self> {
        Self::new(Self::FIRST.to_owned(), now, now)
    }

    /// The key that takes over from others.
    pub(crate) fn successor(now: Timestamp) -> Outcome<Self> {
        Self::new(Uuid::now_v7().to_string(), now, now.plus_ms(PUBLISHED_BEFORE_MS))
    }

    fn new(id: String, created_at: Timestamp, signs_from: Timestamp) -> Outcome<Self> {
        let private_key = SecretKey::random(&mut OsRng).to_pkcs8_pem(LineEnding::LF).map_err(Failure::internal)?;
        Ok(Self { id, private_key: private_key.as_str().to_owned(), created_at, signs_from, is_encrypted: true })
    }

    /// The key as it may be stored.
    pub(crate) fn stored(&self, cipher: &KeyCipher) -> Outcome<StoredKey> {
        Ok(StoredKey {
            id: self.id.clone(),
            private_key: cipher.encrypt(&self.id, &self.private_key)?,
            is_encrypted: true,
            created_at: self.created_at,
            signs_from: Some(self.signs_from),
        })
    }

    /// The key that was stored.
    pub(crate) fn read(stored: StoredKey, cipher: &KeyCipher) -> Outcome<Self> {
        let StoredKey { id, private_key, is_encrypted, created_at, signs_from } = stored;
        let private_key = if is_encrypted { cipher.decrypt(&id, &private_key)? } else { private_key };
        Ok(Self { id, private_key, created_at, signs_from: signs_from.unwrap_or(created_at), is_encrypted })
    }

    /// Its id in the database.
    pub(crate) fn id(&self) -> &str {
        &self.id
    }

    /// Whether it is encrypted in the database.
    pub(crate) fn is_encrypted(&self) -> bool {
        self.is_encrypted
    }
}

/// From when to when a key counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Term {
    /// When it begins to sign.
    pub(crate) signs_from: Timestamp,
    /// When no token of it counts any more; `None` while no other key follows.
    pub(crate) ends_at: Option<Timestamp>,
}

/// The terms of keys that begin to sign at these moments, the earliest first, whose tokens count so long.
pub(crate) fn terms(signs_from: &[Timestamp], token_seconds: i64) -> Vec<Term> {
    let ends = signs_from.iter().skip(1).map(|next| Some(next.plus_ms(token_seconds * 1_000 + KEPT_MS)));
    let terms = signs_from.iter().zip(ends.chain([None]));
    terms.map(|(signs_from, ends_at)| Term { signs_from: *signs_from, ends_at }).collect()
}

impl Term {
    /// Whether it is over.
    pub(crate) fn is_over(&self, now: Timestamp) -> bool {
        self.ends_at.is_some_and(|ends_at| ends_at <= now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_counts_until_the_last_of_its_tokens_has_ended() {
        let at = |seconds: i64| Timestamp::EPOCH.plus_ms(seconds * 1_000);
        let terms = terms(&[at(0), at(1_000)], 900);
        assert_eq!(terms[0], Term { signs_from: at(0), ends_at: Some(at(1_000 + 900 + 60)) });
        assert_eq!(terms[1], Term { signs_from: at(1_000), ends_at: None });
        assert!(!terms[0].is_over(at(1_959)) && terms[0].is_over(at(1_960)) && !terms[1].is_over(at(9_999)));
    }
}
