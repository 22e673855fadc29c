//! Encrypts signing keys and the secrets of second factors, so that read access to the database or a backup is not enough to sign tokens.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use chacha20poly1305::{
    AeadCore, KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, OsRng, Payload},
};
use kit::{
    Failure, Outcome,
    settings::{ExposeSecret, SecretString, check_secret},
};
use sha2::{Digest, Sha256};

const SETTING: &str = "QUITS_KEY_ENCRYPTION_KEY";
const NONCE_LENGTH: usize = 24;

/// Encrypts under one secret. A ciphertext is bound to the name of the key, so that it cannot be swapped with another
/// one.
#[derive(Clone)]
pub(crate) struct KeyCipher(XChaCha20Poly1305);

impl KeyCipher {
    /// Creates a cipher with this secret; refuses a weak one.
    pub(crate) fn new(secret: &SecretString) -> Outcome<Self> {
        check_secret(SETTING, secret)?;
        Ok(Self(XChaCha20Poly1305::new(&Sha256::digest(secret.expose_secret()))))
    }

    /// Encrypts a text, bound to this name.
    pub(crate) fn encrypt(&self, name: &str, text: &str) -> Outcome<String> {
        let nonce = XChaCha20Poly1305::generate_nonce(&mut OsRng);
        let payload = Payload { msg: text.as_bytes(), aad: name.as_bytes() };
        let encrypted = self.0.encrypt(&nonce, payload).map_err(|_| Failure::internal("a key cannot be encrypted"))?;
        Ok(BASE64_URL_SAFE_NO_PAD.encode([nonce.as_slice(), &encrypted].concat()))
    }

    /// Decrypts a text that is bound to this name.
    pub(crate) fn decrypt(&self, name: &str, stored: &str) -> Outcome<String> {
        let unreadable = || Failure::internal(format!("{SETTING} is not the one that a key is stored under"));
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(stored).map_err(Failure::internal)?;
        let (nonce, encrypted) = bytes.split_at_checked(NONCE_LENGTH).ok_or_else(unreadable)?;
        let payload = Payload { msg: encrypted, aad: name.as_bytes() };
        let text = self.0.decrypt(XNonce::from_slice(nonce), payload).map_err(|_| unreadable())?;
        String::from_utf8(text).map_err(Failure::internal)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cipher(secret: &str) -> KeyCipher {
        KeyCipher::new(&secret.into()).unwrap()
    }

    #[test]
    fn only_the_same_secret_and_name_decrypt() {
        let stored = cipher("a secret of enough letters").encrypt("one", "text").unwrap();
        assert!(!stored.contains("text"));
        assert_eq!(cipher("a secret of enough letters").decrypt("one", &stored).unwrap(), "text");
        assert!(cipher("a secret of enough letters").decrypt("two", &stored).is_err());
        assert!(cipher("another secret of letters").decrypt("one", &stored).is_err());
        for damaged in ["", "AAAA", &stored[1..]] {
            assert!(cipher("a secret of enough letters").decrypt("one", damaged).is_err());
        }
    }

    #[test]
    fn a_weak_secret_is_refused() {
        assert!(KeyCipher::new(&"short".into()).is_err());
    }
}
