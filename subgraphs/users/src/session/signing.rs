//! Signs access tokens with the current key.

use std::sync::{Arc, PoisonError, RwLock};

use contracts::{Timestamp, UserId};
use jsonwebtoken::{
    EncodingKey, Header,
    jwk::{Jwk, JwkSet, PublicKeyUse, ThumbprintHash},
};
use kit::{
    Failure, Outcome, Settings,
    auth::{ALGORITHM, Claims, TOKEN_TYPE},
};

use super::keys::{SigningKey, Term, terms};

/// An access token and its expiry. Deliberately not `Debug`.
pub struct AccessToken {
    /// The token, without `Bearer`.
    pub text: String,
    /// When it expires.
    pub expires_at: Timestamp,
}

/// The subject of an access token.
#[derive(Clone, Copy, Debug)]
pub struct Holder<'a> {
    /// The account.
    pub user: UserId,
    /// The session that the token belongs to.
    pub session: &'a str,
    /// The time zone of the account, an IANA name.
    pub time_zone: &'a str,
}

/// Signs access tokens.
pub struct Signer {
    pairs: RwLock<Arc<Vec<KeyPair>>>,
    issuer: String,
    audience: String,
    lifetime_seconds: i64,
}

/// A private key with its public key and validity period.
struct KeyPair {
    private: EncodingKey,
    public: Jwk,
    header: Header,
    term: Term,
}

impl KeyPair {
    fn new(key: &SigningKey, term: Term) -> Outcome<Self> {
        let private = EncodingKey::from_ec_pem(key.private_key.as_bytes()).map_err(Failure::internal)?;
        let mut public = Jwk::from_encoding_key(&private, ALGORITHM).map_err(Failure::internal)?;
        let key_id = public.thumbprint(ThumbprintHash::SHA256).map_err(Failure::internal)?;
        public.common.key_id = Some(key_id.clone());
        public.common.public_key_use = Some(PublicKeyUse::Signature);
        let header = Header { typ: Some(TOKEN_TYPE.to_owned()), kid: Some(key_id), ..Header::new(ALGORITHM) };
        Ok(Self { private, public, header, term })
    }
}

impl Signer {
    /// Creates a signer; needs at least one key.
    pub fn new(keys: &[SigningKey], settings: &Settings, lifetime_seconds: i64) -> Outcome<Self> {
        let signer = Self {
            pairs: RwLock::default(),
            issuer: settings.token_issuer.clone(),
            audience: settings.token_audience.clone(),
            lifetime_seconds,
        };
        signer.replace_keys(keys)?;
        Ok(signer)
    }

    /// Replaces the keys.
    pub(crate) fn replace_keys(&self, keys: &[SigningKey]) -> Outcome<()> {
        let mut keys: Vec<&SigningKey> = keys.iter().collect();
        keys.sort_by_key(|key| key.signs_from);
        let begins: Vec<Timestamp> = keys.iter().map(|key| key.signs_from).collect();
        let terms = terms(&begins, self.lifetime_seconds);
        let pairs =
            keys.into_iter().zip(terms).map(|(key, term)| KeyPair::new(key, term)).collect::<Outcome<Vec<_>>>()?;
        *self.pairs.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(pairs);
        Ok(())
    }

    /// Returns the public keys with which tokens can be verified now or soon: those of valid and future keys.
    pub fn published(&self, now: Timestamp) -> JwkSet {
        let pairs = self.pairs();
        let counting = pairs.iter().filter(|pair| !pair.term.is_over(now));
        JwkSet { keys: counting.map(|pair| pair.public.clone()).collect() }
    }

    /// Signs a token for this holder.
    pub fn sign(&self, holder: Holder<'_>, now: Timestamp) -> Outcome<AccessToken> {
        let expires_at = Timestamp::from_unix_seconds(now.unix_seconds() + self.lifetime_seconds);
        let expires_at = expires_at.ok_or_else(|| Failure::internal("the lifetime of tokens is out of range"))?;
        Ok(AccessToken { text: self.sign_as(None, holder, now)?, expires_at })
    }

    /// Signs a token with a given header, if any, as a forger with the key would.
    pub fn sign_as(&self, header: Option<&Header>, holder: Holder<'_>, now: Timestamp) -> Outcome<String> {
        let pairs = self.pairs();
        let begun = pairs.iter().rev().find(|pair| pair.term.signs_from <= now);
        // Clocks of replicas differ: the first key may not have begun yet.
        let pair = begun.or_else(|| pairs.first()).ok_or_else(|| Failure::internal("there is no key to sign with"))?;
        let iat = now.unix_seconds();
        let exp = iat + self.lifetime_seconds;
        let (iss, aud) = (self.issuer.clone(), self.audience.clone());
        let Holder { user, session, time_zone } = holder;
        let (sid, zoneinfo) = (Some(session.to_owned()), Some(time_zone.to_owned()));
        let claims = Claims { sub: user, iss, aud, iat, exp, sid, zoneinfo };
        jsonwebtoken::encode(header.unwrap_or(&pair.header), &claims, &pair.private).map_err(Failure::internal)
    }

    fn pairs(&self) -> Arc<Vec<KeyPair>> {
        Arc::clone(&self.pairs.read().unwrap_or_else(PoisonError::into_inner))
    }
}
