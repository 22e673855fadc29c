//! The optional second step of a sign-in: a code of an authenticator app (TOTP, RFC 6238), or a recovery code.

pub(crate) mod operations;
pub(crate) mod store;

use contracts::{Timestamp, UserId};
use kit::{Failure, Outcome, digest};
use serde::{Deserialize, Serialize};
use totp_rs::{Builder, Secret, Totp};

use crate::account::Email;

/// The name that authenticator apps show beside the address.
const ISSUER: &str = "Quits";

/// The length that RFC 4226, section 4, recommends for a secret.
const SECRET_BYTES: usize = 20;

const RECOVERY_CODES: usize = 10;
const RECOVERY_CODE_BYTES: usize = 10;

/// The second factor of an account.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct SecondFactor {
    #[serde(rename = "_id")]
    user_id: UserId,
    /// The secret in Base32, encrypted for this user.
    secret: String,
    /// When the user proved to have the secret; sign-ins need a code from then on.
    enabled_at: Option<Timestamp>,
    /// The last time step whose code was used; codes up to it are refused.
    used_step: i64,
    /// The hashes of the recovery codes that were not used.
    recovery_codes: Vec<String>,
}

/// What an authenticator app needs. Deliberately not `Debug`.
pub(crate) struct Setup {
    /// The secret in Base32, to type.
    pub(crate) secret: String,
    /// The same as a URI, for a QR code
    /// (<https://github.com/google/google-authenticator/wiki/Key-Uri-Format>).
    pub(crate) uri: String,
}

fn new_secret() -> Secret {
    Secret::from(rand::random::<[u8; SECRET_BYTES]>())
}

/// Returns recovery codes such as `abcd-efgh-ijkl-mnop`.
fn new_recovery_codes() -> Vec<String> {
    let code = || {
        let text = Secret::from(rand::random::<[u8; RECOVERY_CODE_BYTES]>()).to_base32().to_lowercase();
        let parts: Vec<&str> = (0..text.len()).step_by(4).filter_map(|at| text.get(at..at + 4)).collect();
        parts.join("-")
    };
    (0..RECOVERY_CODES).map(|_| code()).collect()
}

/// The hash of a recovery code, whatever its case, spaces and hyphens.
fn hashed(code: &str) -> String {
    let letters: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
    digest(letters.to_lowercase().as_bytes())
}

fn authenticator(secret: &str, email: &Email) -> Outcome<Totp> {
    let secret = Secret::try_from_base32(secret).map_err(|_| Failure::internal("a stored secret is not Base32"))?;
    // A colon would separate the issuer from the account.
    let account = email.as_str().replace(':', " ");
    let totp = Builder::new().with_secret(secret).with_account_name(account).with_issuer(Some(ISSUER)).build();
    totp.map_err(|error| Failure::internal(error.to_string()))
}

/// Returns the time step of a code that is right now, with a tolerance of one step in both directions.
fn step_of(totp: &Totp, code: &str, now: Timestamp) -> Option<i64> {
    let digits: String = code.chars().filter(|letter| !letter.is_whitespace()).collect();
    let seconds = u64::try_from(now.unix_seconds()).ok()?;
    totp.check(&digits, seconds).and_then(|step| i64::try_from(step).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_unix_seconds(seconds).unwrap()
    }

    /// The secret of RFC 6238, appendix B.
    fn of_the_rfc() -> Totp {
        let secret = Secret::from(*b"12345678901234567890").to_base32();
        authenticator(&secret, &Email::new("email", "ada@example.org").unwrap()).unwrap()
    }

    #[test]
    fn codes_are_those_of_the_rfc() {
        // The last six of the eight digits in appendix B.
        for (seconds, code) in [(59, "287082"), (1_111_111_109, "081804"), (2_000_000_000, "279037")] {
            assert_eq!(step_of(&of_the_rfc(), code, at(seconds)), Some(seconds / 30), "{seconds}");
        }
    }

    #[test]
    fn a_code_counts_one_step_early_or_late_and_no_longer() {
        let found = |seconds| step_of(&of_the_rfc(), "287 082", at(seconds));
        assert_eq!([0, 30, 60, 89].map(found), [Some(1); 4]);
        assert_eq!([90, 3_000].map(found), [None; 2]);
        for wrong in ["", "287083", "28708", "2870820", "abcdef", "２８７０８２"] {
            assert_eq!(step_of(&of_the_rfc(), wrong, at(59)), None, "{wrong}");
        }
    }

    #[test]
    fn the_uri_names_the_issuer_and_the_account() {
        let uri = of_the_rfc().to_url().unwrap();
        assert!(uri.starts_with("otpauth://totp/Quits:ada%40example.org?"), "{uri}");
        assert!(uri.contains("secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ") && uri.contains("issuer=Quits"), "{uri}");
    }

    #[test]
    fn recovery_codes_differ_and_are_read_however_they_are_typed() {
        let mut codes = new_recovery_codes();
        assert!(codes.iter().all(|code| code.len() == 19 && code.matches('-').count() == 3));
        assert_eq!(hashed(&codes[0]), hashed(&format!(" {} ", codes[0].to_uppercase().replace('-', " "))));
        codes.sort();
        codes.dedup();
        assert_eq!(codes.len(), RECOVERY_CODES);
    }
}
