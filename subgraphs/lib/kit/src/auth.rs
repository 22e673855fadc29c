//! Who calls: the check of access tokens, done again in every subgraph.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use axum::http::HeaderMap;
use contracts::{
    Timestamp, Trace, UserId,
    ask::{Asker, SERVICE_KEY},
    trace::TRACEPARENT,
};
use headers::{Authorization, HeaderMapExt, authorization::Bearer};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header, jwk::JwkSet};
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;
use tokio::sync::RwLock;

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
        let person = Person { user, token: token.into(), session: None, expires_at };
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
    /// Known beforehand: users signs with them itself.
    Own(JwkSet),
    /// Published by users.
    Published(reqwest::Url),
}

/// Checks access tokens.
pub struct TokenCheck {
    keys: Keys,
    client: reqwest::Client,
    validation: Validation,
    known: RwLock<Known>,
    router_key: Option<SecretString>,
    service_key: Option<SecretString>,
}

#[derive(Default)]
struct Known {
    keys: Option<Arc<JwkSet>>,
    asked_at: Option<Instant>,
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
        Ok(Self { keys, client, validation, known: RwLock::default(), router_key: None, service_key: None })
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
        Ok(Person { user: claims.sub, token: token.to_owned(), session: claims.sid, expires_at })
    }

    async fn key(&self, kid: &str) -> Outcome<Option<DecodingKey>> {
        if let Keys::Own(keys) = &self.keys {
            return decoding_key(keys, kid);
        }
        let known = self.known.read().await.keys.clone();
        if let Some(keys) = known.filter(|keys| keys.find(kid).is_some()) {
            return decoding_key(&keys, kid);
        }
        match self.refreshed().await? {
            Some(keys) => decoding_key(&keys, kid),
            None => Ok(None),
        }
    }

    /// Asks for the published keys, but not again and again for keys that nobody ever had.
    async fn refreshed(&self) -> Outcome<Option<Arc<JwkSet>>> {
        let Keys::Published(address) = &self.keys else { return Ok(None) };
        let mut known = self.known.write().await;
        if known.asked_at.is_none_or(|asked_at| asked_at.elapsed() > KEY_REFRESH) {
            let answer = self.client.get(address.clone()).send().await.map_err(internal)?;
            let keys = answer.error_for_status().map_err(internal)?.json::<JwkSet>().await.map_err(internal)?;
            // Only an answer counts as asked: while users starts, the next request tries again.
            *known = Known { keys: Some(Arc::new(keys)), asked_at: Some(Instant::now()) };
        }
        Ok(known.keys.clone())
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
    use super::*;

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
