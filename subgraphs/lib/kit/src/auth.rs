//! Authentication: every subgraph verifies the access token again.

use std::{
    sync::{Arc, PoisonError, RwLock},
    time::{Duration, Instant},
};

use axum::http::{HeaderMap, HeaderValue};
use chrono::NaiveDate;
use chrono_tz::Tz;
use contracts::{
    Timestamp, Trace, UserId,
    ask::{Asker, ON_BEHALF_OF, SERVICE_KEY},
    trace::TRACEPARENT,
};
use headers::{Authorization, HeaderMapExt, authorization::Bearer};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header, jwk::JwkSet};
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;
use tokio::sync::Mutex;

use crate::{
    failure::{Failure, Outcome, internal},
    settings::{ExposeSecret, SecretString},
};

/// The header with which the router authenticates itself.
pub const ROUTER_KEY: &str = "x-router-key";

/// The only accepted signature algorithm. It is fixed, so that the `alg` in a token's header is never trusted.
pub const ALGORITHM: Algorithm = Algorithm::ES256;

/// The `typ` of access tokens (RFC 9068), so that another JWT signed with the same key is not accepted as one.
pub const TOKEN_TYPE: &str = "at+jwt";

/// The shortest interval between two requests for the keys because of an unknown key id.
const KEY_REFRESH: Duration = Duration::from_secs(5);

/// The age at which the published keys are fetched again, and so the longest time that a withdrawn key is still
/// accepted here.
const KEY_AGE: Duration = Duration::from_mins(5);

/// The tolerated difference between the clocks of two machines.
const LEEWAY_SECONDS: u64 = 5;

/// The claims of an access token.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Claims {
    /// The user.
    pub sub: UserId,
    /// The issuer.
    pub iss: String,
    /// The audience.
    pub aud: String,
    /// The time of issue, in seconds since 1970.
    pub iat: i64,
    /// The expiry, in seconds since 1970.
    pub exp: i64,
    /// The session that the token belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sid: Option<String>,
    /// The time zone of the account, an IANA name: the standard claim `zoneinfo`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zoneinfo: Option<String>,
}

/// The sender of a request: a person, the router or a service.
#[derive(Clone, Debug)]
pub struct Caller {
    person: Option<Person>,
    /// Whether the request came through the router.
    pub is_router: bool,
    /// Whether another subgraph makes the request for itself, not for a person.
    pub is_service: bool,
    /// The trace of the request.
    pub trace: Trace,
}

#[derive(Clone)]
struct Person {
    user: UserId,
    credential: Credential,
    session: Option<String>,
    time_zone: Tz,
    /// The expiry of the token, if there is one.
    expires_at: Option<Timestamp>,
}

/// What shows other subgraphs who asks.
#[derive(Clone)]
enum Credential {
    /// The person's access token.
    Token(String),
    /// The key of a service that acts for the person.
    ServiceKey(SecretString),
}

impl std::fmt::Debug for Person {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Person({})", self.user)
    }
}

impl Caller {
    /// Creates an anonymous caller.
    pub fn anonymous() -> Self {
        Self { person: None, is_router: false, is_service: false, trace: Trace::start() }
    }

    /// Creates a caller from a verified token.
    pub fn person(user: UserId, token: impl Into<String>, expires_at: Timestamp) -> Self {
        let credential = Credential::Token(token.into());
        let person = Person { user, credential, session: None, time_zone: Tz::UTC, expires_at: Some(expires_at) };
        Self { person: Some(person), ..Self::anonymous() }
    }

    /// Creates a caller for a service that finishes what a person began. It may do what the person may do, and has no
    /// session.
    pub fn on_behalf_of(user: UserId, service_key: SecretString) -> Self {
        let credential = Credential::ServiceKey(service_key);
        let person = Person { user, credential, session: None, time_zone: Tz::UTC, expires_at: None };
        Self { person: Some(person), ..Self::anonymous() }
    }

    /// Sets the session.
    #[must_use]
    pub fn in_session(mut self, session: impl Into<String>) -> Self {
        if let Some(person) = &mut self.person {
            person.session = Some(session.into());
        }
        self
    }

    /// Sets the time zone.
    #[must_use]
    pub fn in_time_zone(mut self, time_zone: Tz) -> Self {
        if let Some(person) = &mut self.person {
            person.time_zone = time_zone;
        }
        self
    }

    /// Returns the time zone of the caller's account; UTC if anonymous.
    pub fn time_zone(&self) -> Tz {
        self.person.as_ref().map_or(Tz::UTC, |person| person.time_zone)
    }

    /// Returns the caller's date at this time.
    pub fn today(&self, now: Timestamp) -> NaiveDate {
        now.date_in(&self.time_zone())
    }

    /// Returns the session of the caller's token.
    pub fn session(&self) -> Option<&str> {
        self.person.as_ref()?.session.as_deref()
    }

    /// Returns the user; refuses anonymous callers.
    pub fn user(&self) -> Outcome<UserId> {
        self.person.as_ref().map(|person| person.user).ok_or_else(Failure::unauthenticated)
    }

    /// Returns the caller as the asker of requests to other subgraphs; refuses anonymous callers.
    pub fn asker(&self) -> Outcome<Asker> {
        let person = self.person.as_ref().ok_or_else(Failure::unauthenticated)?;
        let trace = self.trace;
        Ok(match &person.credential {
            Credential::Token(token) => Asker::Person { token: token.clone(), trace },
            Credential::ServiceKey(key) => {
                Asker::Representative { person: person.user, key: key.expose_secret().to_owned(), trace }
            }
        })
    }

    /// Returns the expiry of the caller's token.
    pub fn expires_at(&self) -> Option<Timestamp> {
        self.person.as_ref().and_then(|person| person.expires_at)
    }
}

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

/// Verifies access tokens.
pub struct TokenCheck {
    keys: Keys,
    client: reqwest::Client,
    validation: Validation,
    known: RwLock<Option<Known>>,
    asking: Mutex<Asked>,
    key_age: Duration,
    router_key: Option<SecretString>,
    service_key: Option<SecretString>,
}

/// The keys fetched from users, and when.
#[derive(Clone)]
struct Known {
    keys: Arc<JwkSet>,
    at: Instant,
}

impl Known {
    fn has(&self, kid: &str) -> bool {
        self.keys.find(kid).is_some()
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

impl TokenCheck {
    /// Accepts tokens of this issuer for this audience only. Without secrets it recognises neither the router nor other
    /// subgraphs.
    pub fn new(keys: Keys, issuer: &str, audience: &str) -> Outcome<Self> {
        let mut validation = Validation::new(ALGORITHM);
        validation.set_issuer(&[issuer]);
        validation.set_audience(&[audience]);
        validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
        validation.leeway = LEEWAY_SECONDS;
        let client = reqwest::Client::builder().timeout(Duration::from_secs(3)).build().map_err(internal)?;
        let (known, asking) = (RwLock::default(), Mutex::default());
        Ok(Self { keys, client, validation, known, asking, key_age: KEY_AGE, router_key: None, service_key: None })
    }

    /// Recognises the router and other subgraphs by these secrets.
    #[must_use]
    pub fn with_secrets(mut self, router_key: SecretString, service_key: SecretString) -> Self {
        (self.router_key, self.service_key) = (Some(router_key), Some(service_key));
        self
    }

    /// Returns the caller of a request with these headers. Without a token the caller is anonymous; an invalid token or
    /// service key is refused.
    pub async fn caller(&self, headers: &HeaderMap) -> Outcome<Caller> {
        let mut caller = Caller::anonymous();
        if let Some(trace) = headers.get(TRACEPARENT).and_then(|value| Trace::parse(value.to_str().ok()?)) {
            caller.trace = trace;
        }
        caller.is_router = shows(headers, ROUTER_KEY, self.router_key.as_ref());
        caller.is_service = shows(headers, SERVICE_KEY, self.service_key.as_ref());
        if headers.contains_key(SERVICE_KEY) && !caller.is_service {
            return Err(Failure::unauthenticated());
        }
        let authorization = headers.typed_try_get::<Authorization<Bearer>>();
        if let Some(authorization) = authorization.map_err(|_| Failure::unauthenticated())? {
            caller.person = Some(self.check(authorization.token()).await?);
        }
        match headers.get(ON_BEHALF_OF) {
            Some(user) => self.representative(&caller, user),
            None => Ok(caller),
        }
    }

    /// Returns the caller of a request that a service makes for this person.
    fn representative(&self, caller: &Caller, user: &HeaderValue) -> Outcome<Caller> {
        let user = user.to_str().ok().and_then(|user| user.parse().ok());
        match (user, &self.service_key) {
            (Some(user), Some(key)) if caller.is_service && caller.person.is_none() => {
                let represented = Caller::on_behalf_of(user, key.clone());
                Ok(Caller { trace: caller.trace, ..represented })
            }
            _ => Err(Failure::unauthenticated()),
        }
    }

    async fn check(&self, token: &str) -> Outcome<Person> {
        let header = decode_header(token).map_err(|_| Failure::unauthenticated())?;
        if header.alg != ALGORITHM || header.typ.as_deref() != Some(TOKEN_TYPE) {
            return Err(Failure::unauthenticated());
        }
        let kid = header.kid.ok_or_else(Failure::unauthenticated)?;
        let key = self.key(&kid).await?.ok_or_else(Failure::unauthenticated)?;
        let claims = decode::<Claims>(token, &key, &self.validation).map_err(|_| Failure::unauthenticated())?.claims;
        let expires_at = Timestamp::from_unix_seconds(claims.exp).ok_or_else(Failure::unauthenticated)?;
        // An unknown zone, such as one from a newer time zone database, must not prevent a sign-in.
        let time_zone = claims.zoneinfo.and_then(|zone| zone.parse().ok()).unwrap_or(Tz::UTC);
        let credential = Credential::Token(token.to_owned());
        Ok(Person { user: claims.sub, credential, session: claims.sid, time_zone, expires_at: Some(expires_at) })
    }

    async fn key(&self, kid: &str) -> Outcome<Option<DecodingKey>> {
        let address = match &self.keys {
            Keys::Own(keys) => return decoding_key(&keys(), kid),
            Keys::Published(address) => address,
        };
        let keys = match self.known().filter(|known| known.has(kid)) {
            Some(known) if known.at.elapsed() < self.key_age => known.keys,
            Some(known) => self.refreshed_keys(address, known.keys).await,
            None => self.keys_with(address, kid).await?,
        };
        decoding_key(&keys, kid)
    }

    /// Fetches the keys because this one is unknown, but not repeatedly for keys that do not exist.
    async fn keys_with(&self, address: &reqwest::Url, kid: &str) -> Outcome<Arc<JwkSet>> {
        let mut asked = self.asking.lock().await;
        match self.known().filter(|known| known.has(kid) || asked.is_recent()) {
            Some(known) => Ok(known.keys),
            // A failed request does not count as fetched, so that the next request tries again while users is starting.
            None => self.ask(address, &mut asked).await,
        }
    }

    /// Fetches the keys again after `KEY_AGE`. One request fetches them; the others use the known keys meanwhile, as
    /// all do while users is unreachable.
    async fn refreshed_keys(&self, address: &reqwest::Url, known: Arc<JwkSet>) -> Arc<JwkSet> {
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

    async fn ask(&self, address: &reqwest::Url, asked: &mut Asked) -> Outcome<Arc<JwkSet>> {
        let answer = self.client.get(address.clone()).send().await.map_err(internal)?;
        let keys = answer.error_for_status().map_err(internal)?.json::<JwkSet>().await.map_err(internal)?;
        let known = Known { keys: Arc::new(keys), at: Instant::now() };
        asked.0 = Some(known.at);
        *self.known.write().unwrap_or_else(PoisonError::into_inner) = Some(known.clone());
        Ok(known.keys)
    }

    fn known(&self) -> Option<Known> {
        self.known.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

fn decoding_key(keys: &JwkSet, kid: &str) -> Outcome<Option<DecodingKey>> {
    keys.find(kid).map(DecodingKey::from_jwk).transpose().map_err(internal)
}

/// Whether this header contains the secret. The comparison takes constant time for values of the same length.
fn shows(headers: &HeaderMap, name: &str, secret: Option<&SecretString>) -> bool {
    let shown = headers.get(name).zip(secret);
    shown.is_some_and(|(shown, secret)| bool::from(shown.as_bytes().ct_eq(secret.expose_secret().as_bytes())))
}

#[cfg(test)]
mod tests {
    use contracts::Code;
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
        let check = TokenCheck::new(Keys::Published(address), "quits", "quits").unwrap();
        let check = TokenCheck { key_age: Duration::ZERO, ..check };
        let forget_asking = async |check: &TokenCheck| check.asking.lock().await.0 = None;
        assert!(check.key("old").await.unwrap().is_some());
        assert!(check.key("new").await.unwrap().is_none(), "not asked for again at once");

        *keys.lock().unwrap() = None;
        forget_asking(&check).await;
        assert!(check.key("old").await.unwrap().is_some(), "users is away");
        *keys.lock().unwrap() = Some(published("new"));
        assert!(check.key("old").await.unwrap().is_some(), "not asked for again at once");
        forget_asking(&check).await;
        assert!(check.key("old").await.unwrap().is_none(), "users has withdrawn it");
        assert!(check.key("new").await.unwrap().is_some());
    }

    #[tokio::test]
    async fn only_a_service_acts_on_behalf_of_a_person() {
        let check = TokenCheck::new(Keys::fixed(JwkSet { keys: Vec::new() }), "quits", "quits").unwrap();
        let check = check.with_secrets("router key".into(), "service key".into());
        let person = UserId::new();
        let on_behalf = (ON_BEHALF_OF, person.to_string());
        let caller = async |headers: &[(&str, String)]| {
            let pair = |(name, value): &(&str, String)| (name.parse().unwrap(), value.parse().unwrap());
            check.caller(&HeaderMap::from_iter(headers.iter().map(pair))).await
        };
        let key = |key: &str| (SERVICE_KEY, key.to_owned());

        let represented = caller(&[key("service key"), on_behalf.clone()]).await.unwrap();
        assert_eq!(represented.user().unwrap(), person);
        assert!(!represented.is_service, "it may do no more than the person");
        assert!(represented.session().is_none());
        assert!(matches!(represented.asker().unwrap(), Asker::Representative { person: asked, .. } if asked == person));

        let token = ("authorization", "Bearer a.b.c".to_owned());
        let router = (ROUTER_KEY, "router key".to_owned());
        for refused in [
            vec![on_behalf.clone()],
            vec![router, on_behalf.clone()],
            vec![key("another key"), on_behalf.clone()],
            vec![key("service key"), (ON_BEHALF_OF, "nobody".to_owned())],
            vec![key("service key"), token, on_behalf],
        ] {
            let failure = caller(&refused).await.unwrap_err();
            assert!(failure.is(Code::Unauthenticated), "{refused:?}");
        }
    }

    #[test]
    fn only_the_whole_secret_is_accepted() {
        let shows_key = |shown: &'static str, secret: &str| {
            let headers = HeaderMap::from_iter([(ROUTER_KEY.parse().unwrap(), shown.parse().unwrap())]);
            shows(&headers, ROUTER_KEY, Some(&SecretString::from(secret)))
        };
        assert!(shows_key("abc", "abc"));
        assert!(!shows_key("abc", "abd"));
        assert!(!shows_key("ab", "abc"));
        assert!(!shows_key("", "abc"));
        assert!(!shows(&HeaderMap::new(), ROUTER_KEY, Some(&SecretString::from("abc"))));
        assert!(!shows(&HeaderMap::new(), ROUTER_KEY, None));
    }
}
