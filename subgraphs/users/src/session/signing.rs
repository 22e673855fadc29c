//! The key that access tokens are signed with, and its public half.

use contracts::{Timestamp, UserId};
use jsonwebtoken::{
    EncodingKey, Header,
    jwk::{Jwk, JwkSet, PublicKeyUse, ThumbprintHash},
};
use kit::{
    Failure, Outcome, Settings,
    auth::{ALGORITHM, Claims, TOKEN_TYPE},
};
use p256::{
    SecretKey,
    elliptic_curve::rand_core::OsRng,
    pkcs8::{EncodePrivateKey, LineEnding},
};
use serde::{Deserialize, Serialize};

/// A private key as it is stored. Whoever reads it can sign in as anybody. Deliberately not `Debug`.
#[derive(Clone, Serialize, Deserialize)]
pub struct SigningKey {
    /// There is one key for each purpose.
    #[serde(rename = "_id")]
    pub purpose: String,
    /// PKCS#8 in PEM.
    private_key: String,
    created_at: Timestamp,
}

impl SigningKey {
    /// The purpose of the key for access tokens.
    pub const ACCESS: &str = "access";

    /// A new key for access tokens.
    pub fn generate(now: Timestamp) -> Outcome<Self> {
        let private_key = SecretKey::random(&mut OsRng).to_pkcs8_pem(LineEnding::LF).map_err(Failure::internal)?;
        Ok(Self { purpose: Self::ACCESS.to_owned(), private_key: private_key.as_str().to_owned(), created_at: now })
    }
}

/// An access token and until when it counts. Deliberately not `Debug`.
pub struct AccessToken {
    /// The token, without `Bearer`.
    pub text: String,
    /// When it stops counting.
    pub expires_at: Timestamp,
}

/// Signs access tokens.
pub struct Signer {
    key: EncodingKey,
    header: Header,
    published: JwkSet,
    issuer: String,
    audience: String,
    lifetime_seconds: i64,
}

impl Signer {
    /// Signs with this key.
    pub fn new(key: &SigningKey, settings: &Settings, lifetime_seconds: i64) -> Outcome<Self> {
        let key = EncodingKey::from_ec_pem(key.private_key.as_bytes()).map_err(Failure::internal)?;
        let mut public = Jwk::from_encoding_key(&key, ALGORITHM).map_err(Failure::internal)?;
        let key_id = public.thumbprint(ThumbprintHash::SHA256).map_err(Failure::internal)?;
        public.common.key_id = Some(key_id.clone());
        public.common.public_key_use = Some(PublicKeyUse::Signature);
        Ok(Self {
            key,
            header: Header { typ: Some(TOKEN_TYPE.to_owned()), kid: Some(key_id), ..Header::new(ALGORITHM) },
            published: JwkSet { keys: vec![public] },
            issuer: settings.token_issuer.clone(),
            audience: settings.token_audience.clone(),
            lifetime_seconds,
        })
    }

    /// What others check tokens with.
    pub fn published(&self) -> &JwkSet {
        &self.published
    }

    /// A token for this user, made in this session.
    pub fn sign(&self, user: UserId, session: &str, now: Timestamp) -> Outcome<AccessToken> {
        let expires_at = Timestamp::from_unix_seconds(now.unix_seconds() + self.lifetime_seconds);
        let expires_at = expires_at.ok_or_else(|| Failure::internal("a lifetime without end"))?;
        Ok(AccessToken { text: self.sign_as(&self.header, user, session, now)?, expires_at })
    }

    /// The same under another header, as a forger with the key would make it.
    pub fn sign_as(&self, header: &Header, user: UserId, session: &str, now: Timestamp) -> Outcome<String> {
        let iat = now.unix_seconds();
        let exp = iat + self.lifetime_seconds;
        let (iss, aud) = (self.issuer.clone(), self.audience.clone());
        let claims = Claims { sub: user, iss, aud, iat, exp, sid: Some(session.to_owned()) };
        jsonwebtoken::encode(header, &claims, &self.key).map_err(Failure::internal)
    }
}
