//! The check of a request's access token and secrets.

use std::sync::LazyLock;

use axum::http::{HeaderMap, HeaderValue};
use chrono_tz::Tz;
use contracts::{
    Timestamp, Trace,
    ask::{ON_BEHALF_OF, SERVICE_KEY},
    trace::TRACEPARENT,
};
use headers::{Authorization, HeaderMapExt, authorization::Bearer};
use jsonwebtoken::{DecodingKey, Validation, decode, decode_header};
use subtle::ConstantTimeEq;

use super::{
    caller::{Caller, Credential, Person},
    claims::{ALGORITHM, Claims, TOKEN_TYPE},
    keys::{KeyRing, Keys},
    remembered::{Checked, Remembered},
};
use crate::{
    clock::Clock,
    failure::{Failure, Outcome},
    settings::{ExposeSecret, SecretString},
    telemetry::metrics::Counter,
};

/// The header with which the router authenticates itself.
pub const ROUTER_KEY: &str = "x-router-key";

/// The tolerated difference between the clocks of two machines.
const LEEWAY_SECONDS: u32 = 5;

const VERIFIED: &str = "verified";
const REMEMBERED: &str = "remembered";

static TOKENS: LazyLock<Counter> = LazyLock::new(|| {
    let help = "Accepted access tokens, by whether the signature was verified or remembered.";
    Counter::new("quits_tokens_total", help, &["check"]).from_zero(&[VERIFIED]).from_zero(&[REMEMBERED])
});

/// Verifies access tokens.
pub struct TokenCheck {
    keys: KeyRing,
    validation: Validation,
    remembered: Remembered,
    router_key: Option<SecretString>,
    service_key: Option<SecretString>,
}

impl TokenCheck {
    /// Accepts tokens of this issuer for this audience only. Without secrets it recognises neither the router nor other
    /// subgraphs.
    pub fn new(keys: Keys, issuer: &str, audience: &str) -> Outcome<Self> {
        let mut validation = Validation::new(ALGORITHM);
        validation.set_issuer(&[issuer]);
        validation.set_audience(&[audience]);
        validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
        validation.leeway = LEEWAY_SECONDS.into();
        let (keys, remembered) = (KeyRing::new(keys)?, Remembered::default());
        Ok(Self { keys, validation, remembered, router_key: None, service_key: None })
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

    /// Checks a token. The signature and the claims of one that was checked before are not verified again, but its key
    /// must still be published and it must not have expired.
    async fn check(&self, token: &str) -> Outcome<Person> {
        if let Some(Checked { kid, person, .. }) = self.remembered(token)
            && self.keys.key(&kid).await?.is_some()
        {
            TOKENS.count(&[REMEMBERED]);
            return Ok(person);
        }
        let header = decode_header(token).map_err(|_| Failure::unauthenticated())?;
        if header.alg != ALGORITHM || header.typ.as_deref() != Some(TOKEN_TYPE) {
            return Err(Failure::unauthenticated());
        }
        let kid = header.kid.ok_or_else(Failure::unauthenticated)?;
        let key = self.keys.key(&kid).await?.ok_or_else(Failure::unauthenticated)?;
        // While the key was fetched, other requests with this token may have waited for it as well.
        if let Some(Checked { person, .. }) = self.remembered(token).filter(|checked| checked.kid == kid) {
            TOKENS.count(&[REMEMBERED]);
            return Ok(person);
        }
        let (person, expires_at) = self.verify(token, &key)?;
        TOKENS.count(&[VERIFIED]);
        self.remembered.remember(token, Checked { kid, expires_at, person: person.clone() });
        Ok(person)
    }

    fn remembered(&self, token: &str) -> Option<Checked> {
        let oldest = Clock::system().now().plus_ms(-1_000 * i64::from(LEEWAY_SECONDS));
        self.remembered.find(token, oldest)
    }

    /// Verifies the signature and the claims; returns the person and when the token expires.
    fn verify(&self, token: &str, key: &DecodingKey) -> Outcome<(Person, Timestamp)> {
        let claims = decode::<Claims>(token, key, &self.validation).map_err(|_| Failure::unauthenticated())?.claims;
        let expires_at = Timestamp::from_unix_seconds(claims.exp).ok_or_else(Failure::unauthenticated)?;
        // An unknown zone, such as one from a newer time zone database, must not prevent a sign-in.
        let time_zone = claims.zoneinfo.and_then(|zone| zone.parse().ok()).unwrap_or(Tz::UTC);
        let (user, credential) = (claims.sub, Credential::Token(token.to_owned()));
        let person = Person { user, credential, session: claims.sid, time_zone, expires_at: Some(expires_at) };
        Ok((person, expires_at))
    }
}

/// Whether this header contains the secret. The comparison takes constant time for values of the same length.
fn shows(headers: &HeaderMap, name: &str, secret: Option<&SecretString>) -> bool {
    let shown = headers.get(name).zip(secret);
    shown.is_some_and(|(shown, secret)| bool::from(shown.as_bytes().ct_eq(secret.expose_secret().as_bytes())))
}

#[cfg(test)]
mod tests {
    use std::{
        sync::{
            Arc,
            atomic::{AtomicBool, Ordering},
        },
        time::Duration,
    };

    use contracts::{Code, UserId, ask::Asker};
    use jsonwebtoken::{
        EncodingKey, Header, encode,
        jwk::{Jwk, JwkSet},
    };
    use p256::pkcs8::{EncodePrivateKey, LineEnding};

    use super::*;

    const KID: &str = "test";

    /// Returns a token that expires after this many seconds, and the key that verifies it.
    fn signed(expires_in: i64) -> (String, JwkSet) {
        let secret = p256::SecretKey::from_slice(&[7; 32]).unwrap().to_pkcs8_pem(LineEnding::LF).unwrap();
        let key = EncodingKey::from_ec_pem(secret.as_bytes()).unwrap();
        let iat = Clock::system().now().unix_seconds();
        let (iss, aud) = ("quits".to_owned(), "quits".to_owned());
        let claims = Claims { sub: UserId::new(), iss, aud, iat, exp: iat + expires_in, sid: None, zoneinfo: None };
        let (typ, kid) = (Some(TOKEN_TYPE.to_owned()), Some(KID.to_owned()));
        let token = encode(&Header { typ, kid, ..Header::new(ALGORITHM) }, &claims, &key).unwrap();
        let mut published = Jwk::from_encoding_key(&key, ALGORITHM).unwrap();
        published.common.key_id = Some(KID.to_owned());
        (token, JwkSet { keys: vec![published] })
    }

    #[tokio::test]
    async fn a_remembered_token_is_refused_once_it_has_expired() {
        // Nearly at the end of the tolerated difference between clocks.
        let (token, keys) = signed(2 - i64::from(LEEWAY_SECONDS));
        let check = TokenCheck::new(Keys::fixed(keys), "quits", "quits").unwrap();
        check.check(&token).await.unwrap();
        assert!(check.remembered.find(&token, Timestamp::EPOCH).is_some());
        let expired = async {
            while check.check(&token).await.is_ok() {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(20), expired).await.expect("it expires");
        assert!(check.remembered.find(&token, Timestamp::EPOCH).is_none());
    }

    #[tokio::test]
    async fn a_remembered_token_is_refused_once_its_key_is_withdrawn() {
        let (token, keys) = signed(60);
        let withdrawn = Arc::new(AtomicBool::new(false));
        let seen = Arc::clone(&withdrawn);
        let present = move || if seen.load(Ordering::SeqCst) { JwkSet { keys: Vec::new() } } else { keys.clone() };
        let check = TokenCheck::new(Keys::Own(Box::new(present)), "quits", "quits").unwrap();
        let person = check.check(&token).await.unwrap();
        assert_eq!(check.check(&token).await.unwrap().user, person.user);
        withdrawn.store(true, Ordering::SeqCst);
        assert!(check.check(&token).await.is_err());
    }

    #[tokio::test]
    async fn a_token_that_differs_from_a_remembered_one_is_verified() {
        let (token, keys) = signed(60);
        let check = TokenCheck::new(Keys::fixed(keys), "quits", "quits").unwrap();
        check.check(&token).await.unwrap();
        let (other, _) = signed(120);
        let (unsigned, signature) = (token.rsplit_once('.').unwrap().0, other.rsplit_once('.').unwrap().1);
        assert!(check.check(&format!("{unsigned}.{signature}")).await.is_err());
    }

    #[tokio::test]
    async fn only_a_service_acts_on_behalf_of_a_person() {
        let check = TokenCheck::new(Keys::fixed(JwkSet { keys: Vec::new() }), "quits", "quits").unwrap();
        let check = check.with_secrets("router key".into(), "service key".into());
        let person = UserId::new();
        let on_behalf = (ON_BEHALF_OF, person.to_string());
        let caller = async |headers: &[(&str, String)]| {
            let pair = |(name, value): &(&str, String)| (name.parse().unwrap(), value.parse().unwrap());
            check.caller(&headers.iter().map(pair).collect()).await
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
