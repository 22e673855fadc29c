//! Posts messages to push services: encrypted for the device (RFC 8291), signed with the key of the operator (RFC 8292).

use std::time::Duration;

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use contracts::Timestamp;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use kit::{
    Failure, Outcome,
    mail::NotTaken,
    settings::{ExposeSecret, SecretString},
};
use reqwest::{Client, StatusCode, Url, header::AUTHORIZATION, redirect};
use serde::Serialize;
use web_push_native::{
    encrypt,
    p256::{SecretKey, elliptic_curve::sec1::ToEncodedPoint, pkcs8::EncodePrivateKey},
};

use super::device::Device;

const TIMEOUT: Duration = Duration::from_secs(10);

/// How long a push service keeps a message for a device that is off, in seconds.
const KEPT_SECONDS: u32 = 2 * 24 * 60 * 60;

/// How long a signature is valid, in seconds; at most a day is allowed.
const SIGNED_SECONDS: i64 = 12 * 60 * 60;

/// What a device shows. The service worker of the app reads it.
#[derive(Debug, Serialize)]
pub(super) struct Message<'a> {
    pub(super) title: &'a str,
    pub(super) body: &'a str,
    /// The page that opens on a tap, as a path.
    pub(super) page: &'a str,
    /// A message replaces an earlier one with the same tag.
    pub(super) tag: &'a str,
}

/// What became of a message.
pub(super) enum Pushed {
    Taken,
    /// The device has ended its registration.
    DeviceGone,
    Not(NotTaken),
}

/// A client of push services.
pub(super) struct Sender {
    client: Client,
    key: EncodingKey,
    /// The public key, as browsers expect it: an uncompressed point in URL-safe Base64.
    pub(super) public_key: String,
    /// The page that a push service may use to reach the operator.
    subject: String,
}

#[derive(Serialize)]
struct Claims<'a> {
    aud: &'a str,
    exp: i64,
    sub: &'a str,
}

impl Sender {
    /// Creates a client; fails on a key that is none.
    pub(super) fn new(key: &SecretString, app: &Url) -> Outcome<Self> {
        let wrong =
            || Failure::internal("QUITS_VAPID_PRIVATE_KEY is not a P-256 key: 32 bytes in hexadecimal or Base64");
        let bytes = key_bytes(key.expose_secret().trim()).ok_or_else(wrong)?;
        let key = SecretKey::from_slice(&bytes).map_err(|_| wrong())?;
        let public_key = BASE64_URL_SAFE_NO_PAD.encode(key.public_key().to_encoded_point(false));
        let key = EncodingKey::from_ec_der(key.to_pkcs8_der().map_err(|_| wrong())?.as_bytes());
        let client = Client::builder().timeout(TIMEOUT).redirect(redirect::Policy::none()).build();
        Ok(Self { client: client.map_err(Failure::internal)?, key, public_key, subject: app.to_string() })
    }

    /// Posts a message to a device.
    pub(super) async fn push(&self, device: &Device, message: &Message<'_>, now: Timestamp) -> Outcome<Pushed> {
        let (Some(public_key), Some(secret)) = (device.public_key(), device.secret()) else {
            return Ok(Pushed::DeviceGone);
        };
        let plain = serde_json::to_vec(message).map_err(Failure::internal)?;
        let body = encrypt(plain, &public_key, &secret).map_err(Failure::internal)?;
        let endpoint: Url = device.endpoint.parse().map_err(Failure::internal)?;
        let token = self.token(&endpoint.origin().ascii_serialization(), now)?;
        let request =
            self.client.post(endpoint).header(AUTHORIZATION, format!("vapid t={token}, k={}", self.public_key));
        let request = request.header("TTL", KEPT_SECONDS).header("Content-Encoding", "aes128gcm").body(body);
        Ok(match request.send().await {
            Err(error) => Pushed::Not(NotTaken::Now(error.without_url().to_string())),
            Ok(response) => match response.status() {
                status if status.is_success() => Pushed::Taken,
                StatusCode::NOT_FOUND | StatusCode::GONE => Pushed::DeviceGone,
                status if status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS => {
                    Pushed::Not(NotTaken::Now(format!("the push service answers {status}")))
                }
                status => Pushed::Not(NotTaken::Ever(format!("the push service answers {status}"))),
            },
        })
    }

    fn token(&self, audience: &str, now: Timestamp) -> Outcome<String> {
        let claims = Claims { aud: audience, exp: now.unix_seconds() + SIGNED_SECONDS, sub: &self.subject };
        encode(&Header::new(Algorithm::ES256), &claims, &self.key).map_err(Failure::internal)
    }
}

/// Reads 32 bytes in hexadecimal, as of the other secrets of an installation, or in Base64, as of most tools for VAPID.
fn key_bytes(text: &str) -> Option<Vec<u8>> {
    if text.len() == 64 && text.is_ascii() {
        return (0..32).map(|place| u8::from_str_radix(&text[2 * place..][..2], 16).ok()).collect();
    }
    let text = text.trim_end_matches('=').replace('+', "-").replace('/', "_");
    BASE64_URL_SAFE_NO_PAD.decode(text).ok().filter(|bytes| bytes.len() == 32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_written_in_hexadecimal_or_base64() {
        let bytes = vec![0xfb; 32];
        let (hexadecimal, url_safe) = ("fb".repeat(32), BASE64_URL_SAFE_NO_PAD.encode(&bytes));
        let plain = format!("{}=", url_safe.replace('-', "+").replace('_', "/"));
        assert!(plain.contains('+') && plain.contains('/'), "{plain}");
        for text in [hexadecimal, url_safe, plain] {
            assert_eq!(key_bytes(&text).as_ref(), Some(&bytes), "{text}");
        }
        for wrong in ["", "07", &"zz".repeat(32), "AAAA"] {
            assert_eq!(key_bytes(wrong), None, "{wrong}");
        }
    }
}
