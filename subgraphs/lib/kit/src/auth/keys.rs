//! The public keys of access tokens, each read once.

use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
    time::{Duration, Instant},
};

use jsonwebtoken::{
    DecodingKey,
    jwk::{Jwk, JwkSet},
};
use tokio::sync::Mutex;

use crate::failure::{Outcome, internal};

/// The shortest interval between two requests for the keys because of an unknown key id.
const KEY_REFRESH: Duration = Duration::from_secs(5);

/// The age at which the published keys are fetched again, and so the longest time that a withdrawn key is still
/// accepted here.
const KEY_AGE: Duration = Duration::from_mins(5);

/// The source of the public keys of access tokens.
pub enum Keys {
    /// The present keys of the signer in this process.
    Own(Box<dyn Fn() -> JwkSet + Send + Sync>),
    /// Published by users over HTTP.
    Published(reqwest::Url),
}

impl Keys {
    /// Creates a source of keys that never change.
    pub fn fixed(keys: JwkSet) -> Self {
        Self::Own(Box::new(move || keys.clone()))
    }
}

type KeysById = HashMap<String, Arc<DecodingKey>>;

/// Looks keys up by their ids.
pub(super) struct KeyRing {
    keys: Keys,
    client: reqwest::Client,
    known: RwLock<Option<Known>>,
    asking: Mutex<Asked>,
    key_age: Duration,
}

/// The keys fetched from users, and when.
#[derive(Clone)]
struct Known {
    keys: Arc<KeysById>,
    at: Instant,
}

impl Known {
    fn has(&self, kid: &str) -> bool {
        self.keys.contains_key(kid)
    }
}

/// When the keys were last fetched. The holder of the lock fetches them.
#[derive(Default)]
struct Asked(Option<Instant>);

impl Asked {
    fn is_recent(&self) -> bool {
        self.0.is_some_and(|at| at.elapsed() <= KEY_REFRESH)
    }
}

impl KeyRing {
    pub(super) fn new(keys: Keys) -> Outcome<Self> {
        let client = reqwest::Client::builder().timeout(Duration::from_secs(3)).build().map_err(internal)?;
        Ok(Self { keys, client, known: RwLock::default(), asking: Mutex::default(), key_age: KEY_AGE })
    }

    /// Returns the key with this id; `None` if it is not published, or no longer.
    pub(super) async fn key(&self, kid: &str) -> Outcome<Option<Arc<DecodingKey>>> {
        let address = match &self.keys {
            Keys::Own(keys) => return keys().find(kid).map(decoding_key).transpose(),
            Keys::Published(address) => address,
        };
        let keys = match self.known().filter(|known| known.has(kid)) {
            Some(known) if known.at.elapsed() < self.key_age => known.keys,
            Some(known) => self.refreshed_keys(address, known.keys).await,
            None => self.keys_with(address, kid).await?,
        };
        Ok(keys.get(kid).cloned())
    }

    /// Fetches the keys because this one is unknown, but not repeatedly for keys that do not exist.
    async fn keys_with(&self, address: &reqwest::Url, kid: &str) -> Outcome<Arc<KeysById>> {
        let mut asked = self.asking.lock().await;
        match self.known().filter(|known| known.has(kid) || asked.is_recent()) {
            Some(known) => Ok(known.keys),
            // A failed request does not count as fetched, so that the next request tries again while users is starting.
            None => self.ask(address, &mut asked).await,
        }
    }

    /// Fetches the keys again after `KEY_AGE`. One request fetches them; the others use the known keys meanwhile, as
    /// all do while users is unreachable.
    async fn refreshed_keys(&self, address: &reqwest::Url, known: Arc<KeysById>) -> Arc<KeysById> {
        let Ok(mut asked) = self.asking.try_lock() else { return known };
        if asked.is_recent() {
            return known;
        }
        let answer = self.ask(address, &mut asked).await;
        answer.unwrap_or_else(|failure| {
            tracing::warn!(reason = failure.log_text(), "the keys could not be refreshed");
            asked.0 = Some(Instant::now());
            known
        })
    }

    async fn ask(&self, address: &reqwest::Url, asked: &mut Asked) -> Outcome<Arc<KeysById>> {
        let answer = self.client.get(address.clone()).send().await.map_err(internal)?;
        let keys = answer.error_for_status().map_err(internal)?.json::<JwkSet>().await.map_err(internal)?;
        let known = Known { keys: Arc::new(by_id(&keys)), at: Instant::now() };
        asked.0 = Some(known.at);
        *self.known.write().unwrap_or_else(PoisonError::into_inner) = Some(known.clone());
        Ok(known.keys)
    }

    fn known(&self) -> Option<Known> {
        self.known.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

fn decoding_key(key: &Jwk) -> Outcome<Arc<DecodingKey>> {
    DecodingKey::from_jwk(key).map(Arc::new).map_err(internal)
}

/// Reads published keys. One that cannot be read counts as not published.
fn by_id(keys: &JwkSet) -> KeysById {
    let read = |key: &Jwk| {
        let kid = key.common.key_id.clone()?;
        match DecodingKey::from_jwk(key) {
            Ok(key) => Some((kid, Arc::new(key))),
            Err(error) => {
                tracing::warn!(kid, %error, "a published key cannot be read");
                None
            }
        }
    };
    keys.keys.iter().filter_map(read).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    /// A public key with this id, without a known private key.
    fn published(kid: &str) -> Value {
        json!({ "keys": [{ "kty": "EC", "crv": "P-256", "kid": kid, "alg": "ES256",
            "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU", "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0" }] })
    }

    /// A stand-in for users that publishes keys; it fails while it has none.
    async fn publishing(keys: Arc<std::sync::Mutex<Option<Value>>>) -> reqwest::Url {
        let answer = move || {
            let keys = keys.lock().unwrap().clone();
            std::future::ready(keys.map(axum::Json).ok_or(axum::http::StatusCode::SERVICE_UNAVAILABLE))
        };
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let routes = axum::Router::new().route("/", axum::routing::get(answer));
        tokio::spawn(async move { axum::serve(listener, routes).await });
        format!("http://{address}/").parse().unwrap()
    }

    #[tokio::test]
    async fn withdrawn_keys_are_dropped_and_known_keys_kept_during_an_outage() {
        let keys = Arc::new(std::sync::Mutex::new(Some(published("old"))));
        let address = publishing(Arc::clone(&keys)).await;
        let ring = KeyRing { key_age: Duration::ZERO, ..KeyRing::new(Keys::Published(address)).unwrap() };
        let forget_asking = async |ring: &KeyRing| ring.asking.lock().await.0 = None;
        assert!(ring.key("old").await.unwrap().is_some());
        assert!(ring.key("new").await.unwrap().is_none(), "not asked for again at once");

        *keys.lock().unwrap() = None;
        forget_asking(&ring).await;
        assert!(ring.key("old").await.unwrap().is_some(), "users is away");
        *keys.lock().unwrap() = Some(published("new"));
        assert!(ring.key("old").await.unwrap().is_some(), "not asked for again at once");
        forget_asking(&ring).await;
        assert!(ring.key("old").await.unwrap().is_none(), "users has withdrawn it");
        assert!(ring.key("new").await.unwrap().is_some());
    }
}
