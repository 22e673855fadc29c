//! The claims of access tokens, and the rules for their headers.

use contracts::UserId;
use jsonwebtoken::Algorithm;
use serde::{Deserialize, Serialize};

/// The only accepted signature algorithm. It is fixed, so that the `alg` in a token's header is never trusted.
pub const ALGORITHM: Algorithm = Algorithm::ES256;

/// The `typ` of access tokens (RFC 9068), so that another JWT signed with the same key is not accepted as one.
pub const TOKEN_TYPE: &str = "at+jwt";

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
