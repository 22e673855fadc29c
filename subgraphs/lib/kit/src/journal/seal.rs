//! The keyed seal of an entry. The hash chain reveals modifications within it, but somebody with write access to the
//! database could recompute the chain. The seals cannot be recomputed, because their key is not in the database.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256, Sha512};

use crate::settings::{ExposeSecret, SecretString};

/// Creates and verifies the seals of one journal.
#[derive(Clone)]
pub(super) struct SealKey(Hmac<Sha256>);

impl SealKey {
    /// Creates the key of this subgraph's journal; seals of other subgraphs are invalid in it.
    pub(super) fn new(secret: &SecretString, source: &str) -> Self {
        // The 64 bytes of a SHA-512 digest are exactly one block of the HMAC, however long the secret is.
        let mut mac = Hmac::<Sha256>::new(&Sha512::digest(secret.expose_secret()));
        mac.update(source.as_bytes());
        mac.update(b"/");
        Self(mac)
    }

    /// Returns the seal of the entry with this hash, which covers the content of the entry and the previous entry.
    pub(super) fn seal(&self, hash: &str) -> String {
        BASE64_URL_SAFE_NO_PAD.encode(self.of(hash).finalize().into_bytes())
    }

    /// Whether this is the seal of the entry with this hash.
    pub(super) fn is_seal(&self, seal: &str, hash: &str) -> bool {
        let seal = BASE64_URL_SAFE_NO_PAD.decode(seal);
        seal.is_ok_and(|seal| self.of(hash).verify_slice(&seal).is_ok())
    }

    fn of(&self, hash: &str) -> Hmac<Sha256> {
        let mut mac = self.0.clone();
        mac.update(hash.as_bytes());
        mac
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seal_is_valid_for_one_hash_one_journal_and_one_key() {
        let key = |secret: &str, source| SealKey::new(&SecretString::from(secret), source);
        let seal = key("a secret", "one").seal("hash");
        assert!(key("a secret", "one").is_seal(&seal, "hash"));
        assert!(!key("a secret", "one").is_seal(&seal, "other"));
        assert!(!key("a secret", "other").is_seal(&seal, "hash"));
        assert!(!key("another secret", "one").is_seal(&seal, "hash"));
        for forged in ["", "AAAA", "not base64!"] {
            assert!(!key("a secret", "one").is_seal(forged, "hash"));
        }
    }
}
