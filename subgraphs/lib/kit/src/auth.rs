//! Who calls: the check of access tokens, done again in every subgraph.

use std::{
    sync::{Arc, PoisonError, RwLock},
    time::{Duration, Instant},
};

use axum::http::HeaderMap;
use chrono::NaiveDate;
use chrono_tz::Tz;
use contracts::{
    Timestamp, Trace, UserId,
    ask::{Asker, SERVICE_KEY},
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

/// The header with which the router shows that it is the router.
pub const ROUTER_KEY: &str = "x-router-key";

/// The one algorithm that tokens are signed with. Pinned: a token's own claim is never believed.
pub const ALGORITHM: Algorithm = Algorithm::ES256;

/// The type that access tokens carry (RFC 9068), so that no other token that is signed with the same key can be one.
pub const TOKEN_TYPE: &str = "at+jwt";

/// How often an unknown key may make us ask for the keys again.
const KEY_REFRESH: Duration = Duration::from_secs(5);

/// After how long the published keys are asked for again: so long a key may still count here that users has withdrawn.
const KEY_AGE: Duration = Duration::from_mins(5);

/// How far clocks of two machines may differ.
const LEEWAY_SECONDS: u64 = 5;

/// The claims of an access token.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Claims {
    /// Whose token it is.
    pub sub: UserId,
    /// Who made it.
    pub iss: String,
    /// For whom.
    pub aud: String,
    /// When, in seconds since 1970.
    pub iat: i64,
    /// Until when, in seconds since 1970.
    pub exp: i64,
    /// The session that it was made in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sid: Option<String>,
    /// The time zone of the account: the standard claim of that name, from the IANA database.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zoneinfo: Option<String>,
}

/// The person or program that makes a request.
#[derive(Clone, Debug)]
pub struct Caller {
    person: Option<Person>,
    /// Whether the request came through the router.
    pub is_router: bool,
    /// Whether another subgraph asks for itself, not for a person.
    pub is_service: bool,
    /// The trace of the request.
    pub trace: Trace,
}

#[derive(Clone)]
struct Person {
    user: UserId,
    token: String,
    session: Option<String>,
    time_zone: Tz,
    expires_at: Timestamp,
}

impl std::fmt::Debug for Person {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Person({})", self.user)
    }
}

impl Caller {
    /// Nobody in particular.
    pub fn anonymous() -> Self {
        Self { person: None, is_router: false, is_service: false, trace: Trace::start() }
    }

    /// A person whose token was checked.
    pub fn person(user: UserId, token: impl Into<String>, expires_at: Timestamp) -> Self {
        let person = Person { user, token: token.into(), session: None, time_zone: Tz::UTC, expires_at };
        Self { person: Some(person), ..Self::anonymous() }
    }

    /// The same caller within this session.
    #[must_use]
    pub fn in_session(mut self, session: impl Into<String>) -> Self {
        if let Some(person) = &mut self.person {
            person.session = Some(session.into());
        }
        self
    }

    /// The same caller in this time zone.
    #[must_use]
    pub fn in_time_zone(mut self, time_zone: Tz) -> Self {
        if let Some(person) = &mut self.person {
            person.time_zone = time_zone;
        }
        self
    }

    /// The time zone of the caller's account; UTC for nobody.
    pub fn time_zone(&self) -> Tz {
        self.person.as_ref().map_or(Tz::UTC, |person| person.time_zone)
    }

    /// The day that it is for the caller at this moment.
    pub fn today(&self, now: Timestamp) -> NaiveDate {
        now.date_in(&self.time_zone())
    }

    /// The session in which the caller's token was made.
    pub fn session(&self) -> Option<&str> {
        self.person.as_ref()?.session.as_deref()
    }

    /// The user who calls; refused for nobody.
    pub fn user(&self) -> Outcome<UserId> {
        self.person.as_ref().map(|person| person.user).ok_or_else(Failure::unauthenticated)
    }

    /// To ask another subgraph on this person's behalf; refused for nobody.
    pub fn asker(&self) -> Outcome<Asker> {
        let person = self.person.as_ref().ok_or_else(Failure::unauthenticated)?;
        Ok(Asker::Person { token: person.token.clone(), trace: self.trace })
    }

    /// When the caller's token stops counting.
    pub fn expires_at(&self) -> Option<Timestamp> {
        self.person.as_ref().map(|person| person.expires_at)
    }
}

/// Where the keys come from that tokens are checked with.
pub enum Keys {
    /// Those that count now, of whoever signs with them.
    Own(Box<dyn Fn() -> JwkSet + Send + Sync>),
    /// Published by users.
    Published(reqwest::Url),
}

impl Keys {
    /// These, for ever.
    pub fn fixed(keys: JwkSet) -> Self {
        Self::Own(Box::new(move || keys.clone()))
    }
}

/// Checks access tokens.
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

/// The keys as users published them at that time.
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

/// When users was asked the last time. Whoever holds it is the one who asks.
#[derive(Default)]
struct Asked(Option<Instant>);

impl Asked {
    fn is_recent(&self) -> bool {
        self.0.is_some_and(|at| at.elapsed() <= KEY_REFRESH)
    }
}

impl TokenCheck {
    /// Will accept tokens of this issuer for this audience only, and knows neither the router nor other subgraphs.
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

    /// Knows the router and other subgraphs by the secrets that they show.
    #[must_use]
    pub fn with_secrets(mut self, router_key: SecretString, service_key: SecretString) -> Self {
        (self.router_key, self.service_key) = (Some(router_key), Some(service_key));
        self
    }

    /// Says who sends these headers. No token is nobody; a token or a service key that does not count is refused.
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
        Ok(caller)
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
        // A zone that only a newer time zone database knows keeps nobody out.
        let time_zone = claims.zoneinfo.and_then(|zone| zone.parse().ok()).unwrap_or(Tz::UTC);
        Ok(Person { user: claims.sub, token: token.to_owned(), session: claims.sid, time_zone, expires_at })
    }

    async fn key(&self, kid: &str) -> Outcome<Option<DecodingKey>> {
        let address = match &self.keys {
            Keys::Own(keys) => return decoding_key(&keys(), kid),
            Keys::Published(address) => address,
        };
        let keys = match self.known().filter(|known| known.has(kid)) {
            Some(known) if known.at.elapsed() < self.key_age => known.keys,
            Some(known) => self.looked_up_again(address, known.keys).await,
            None => self.looked_up(address, kid).await?,
        };
        decoding_key(&keys, kid)
    }

    /// The keys, among which this one was not: asked for, but not again and again for keys that nobody ever had.
    async fn looked_up(&self, address: &reqwest::Url, kid: &str) -> Outcome<Arc<JwkSet>> {
        let mut asked = self.asking.lock().await;
        match self.known().filter(|known| known.has(kid) || asked.is_recent()) {
            Some(known) => Ok(known.keys),
            // Only an answer counts as asked: while users starts, the next request tries again.
            None => self.ask(address, &mut asked).await,
        }
    }

    /// The keys after they have been known for long. One request asks; the others go on with what is known, and so do all
    /// while users is away.
    async fn looked_up_again(&self, address: &reqwest::Url, known: Arc<JwkSet>) -> Arc<JwkSet> {
        let Ok(mut asked) = self.asking.try_lock() else { return known };
        if asked.is_recent() {
            return known;
        }
        let answer = self.ask(address, &mut asked).await;
        answer.unwrap_or_else(|failure| {
            tracing::warn!(reason = failure.log_text(), "the keys could not be asked for again");
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

/// Whether the secret stands in this header. Takes as long for a wrong one of its length as for the right one.
fn shows(headers: &HeaderMap, name: &str, secret: Option<&SecretString>) -> bool {
    let shown = headers.get(name).zip(secret);
    shown.is_some_and(|(shown, secret)| bool::from(shown.as_bytes().ct_eq(secret.expose_secret().as_bytes())))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    /// A key of this name. Nothing is signed with it.
    fn published(kid: &str) -> Value {
        json!({ "keys": [{ "kty": "EC", "crv": "P-256", "kid": kid, "alg": "ES256",
            "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU", "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0" }] })
    }

    /// Users, as far as its keys go; it fails while it has none.
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
    async fn a_key_that_is_withdrawn_is_forgotten_and_one_that_cannot_be_asked_for_is_kept() {
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

    #[test]
    fn only_the_whole_secret_is_shown() {
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
