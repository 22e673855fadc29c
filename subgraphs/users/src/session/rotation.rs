//! Stores the keys of access tokens and rotates them.

use std::time::Duration;

use contracts::Timestamp;
use kit::{Clock, Outcome};
use tokio_util::sync::CancellationToken;

use super::{
    keys::{PUBLISHED_BEFORE_MS, SigningKey, Term, terms},
    signing::Signer,
    store::SessionStore,
};
use crate::cipher::KeyCipher;

/// The interval between two reloads: several within the time that a new key is published before it signs.
const RELOAD_INTERVAL: Duration = Duration::from_secs(10);

/// The signing keys of a database.
pub(crate) struct SigningKeys {
    store: SessionStore,
    cipher: KeyCipher,
    clock: Clock,
    token_seconds: i64,
}

impl SigningKeys {
    /// Creates the service; `token_seconds` is the lifetime of tokens.
    pub(crate) fn new(store: SessionStore, cipher: KeyCipher, clock: Clock, token_seconds: i64) -> Self {
        Self { store, cipher, clock, token_seconds }
    }

    /// Returns the valid and future keys in the order in which they begin to sign; creates the first one if there is
    /// none. Removes expired keys.
    pub(crate) async fn load(&self) -> Outcome<Vec<SigningKey>> {
        let mut stored = self.store.keys().await?;
        if stored.is_empty() {
            let first = SigningKey::generate(self.clock.now())?;
            stored.push(self.store.keep_first_key(&first.stored(&self.cipher)?).await?);
        }
        let keys = stored.into_iter().map(|key| SigningKey::read(key, &self.cipher)).collect::<Outcome<Vec<_>>>()?;
        let (keys, over) = self.split(keys);
        for key in over {
            self.store.remove_key(key.id()).await?;
        }
        Ok(keys)
    }

    /// Splits keys into those that are valid or will be, and those that have expired.
    fn split(&self, mut keys: Vec<SigningKey>) -> (Vec<SigningKey>, Vec<SigningKey>) {
        keys.sort_by_key(|key| key.signs_from);
        let now = self.clock.now();
        let mut over = self.terms(&keys).into_iter().map(|term| term.is_over(now));
        let (over, keys): (Vec<_>, Vec<_>) = keys.into_iter().partition(|_| over.next().unwrap_or(false));
        (keys, over)
    }

    fn terms(&self, keys: &[SigningKey]) -> Vec<Term> {
        let begins: Vec<Timestamp> = keys.iter().map(|key| key.signs_from).collect();
        terms(&begins, self.token_seconds)
    }

    /// Creates the next key, unless there is one that has not begun to sign; returns a message with the time from which
    /// it signs.
    pub(crate) async fn rotate(&self) -> Outcome<String> {
        let mut keys = self.load().await?;
        if keys.last().is_none_or(|newest| newest.signs_from <= self.clock.now()) {
            let next = SigningKey::successor(self.clock.now())?;
            self.store.add_key(&next.stored(&self.cipher)?).await?;
            keys.push(next);
        }
        let [.., before, next] = &self.terms(&keys)[..] else { return Ok("There is one key.".to_owned()) };
        let ends_at = before.ends_at.unwrap_or(next.signs_from);
        Ok(format!("A new key signs from {} on; tokens of the one before it count until {ends_at}.", next.signs_from))
    }

    /// Reloads the signer's keys at intervals, until cancelled.
    pub(crate) async fn follow(&self, signer: &Signer, stop: &CancellationToken) {
        while !stop.is_cancelled() {
            if let Err(failure) = self.reload(signer).await {
                tracing::warn!(reason = failure.log_text(), "the signing keys could not be loaded; trying again");
            }
            tokio::select! {
                () = tokio::time::sleep(RELOAD_INTERVAL) => {}
                () = stop.cancelled() => {}
            }
        }
    }

    /// Reloads the signer's keys.
    pub(crate) async fn reload(&self, signer: &Signer) -> Outcome<()> {
        signer.replace_keys(&self.load().await?)
    }

    /// Logs a warning if a key was stored before keys were encrypted.
    pub(crate) fn warn_of_plain(keys: &[SigningKey]) {
        if keys.iter().any(|key| !key.is_encrypted()) {
            let seconds = PUBLISHED_BEFORE_MS / 1_000;
            tracing::warn!(seconds, "a signing key is stored without encryption: `users rotate-key` replaces it");
        }
    }
}
