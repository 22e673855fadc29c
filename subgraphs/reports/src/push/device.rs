//! A browser that a person wants to be notified in.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use contracts::{Timestamp, UserId};
use kit::digest;
use reqwest::Url;
use serde::{Deserialize, Serialize};
use web_push_native::{Auth, p256::PublicKey};

use crate::{config::PushService, refusal::Refusal};

/// The most characters of an endpoint; the real ones have a few hundred.
const LONGEST_ENDPOINT: usize = 1_000;

/// The bytes of the authentication secret of a device.
const AUTH_BYTES: usize = 16;

/// A browser that a person wants to be notified in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Device {
    /// The digest of the endpoint, so that a browser is registered once.
    #[serde(rename = "_id")]
    pub(super) id: String,
    pub(super) user: UserId,
    /// Where messages for it are posted.
    pub(super) endpoint: String,
    /// Its public key, as an uncompressed point in URL-safe Base64.
    pub(super) p256dh: String,
    /// Its authentication secret, in URL-safe Base64.
    pub(super) auth: String,
    /// The language of its messages.
    pub(super) locale: String,
    /// The time zone in which it is quiet, an IANA name.
    pub(super) time_zone: String,
    pub(super) added_at: Timestamp,
}

/// What a browser tells of itself: the fields of a `PushSubscription`.
pub(crate) struct NewDevice {
    pub(crate) endpoint: String,
    pub(crate) p256dh: String,
    pub(crate) auth: String,
    pub(crate) locale: String,
}

impl Device {
    /// Checks what a browser tells of itself. Only addresses of known push services are accepted, since the server posts
    /// to them.
    pub(super) fn new(
        new: NewDevice,
        services: &[PushService],
        user: UserId,
        time_zone: &str,
        now: Timestamp,
    ) -> Result<Self, Refusal> {
        let NewDevice { endpoint, p256dh, auth, locale } = new;
        let url: Url = endpoint.parse().map_err(|_| Refusal::NoPushService)?;
        if endpoint.len() > LONGEST_ENDPOINT || !services.iter().any(|service| service.has(&url)) {
            return Err(Refusal::NoPushService);
        }
        let device = Self {
            id: Self::id(&endpoint),
            user,
            endpoint,
            p256dh,
            auth,
            locale: locale.chars().take(35).collect(),
            time_zone: time_zone.to_owned(),
            added_at: now,
        };
        device.public_key().ok_or(Refusal::NoPushKey { field: "input.p256dh" })?;
        device.secret().ok_or(Refusal::NoPushKey { field: "input.auth" })?;
        Ok(device)
    }

    /// The id of the device with this endpoint.
    pub(super) fn id(endpoint: &str) -> String {
        digest(endpoint.as_bytes())
    }

    pub(super) fn public_key(&self) -> Option<PublicKey> {
        PublicKey::from_sec1_bytes(&decoded(&self.p256dh)?).ok()
    }

    pub(super) fn secret(&self) -> Option<Auth> {
        let secret = decoded(&self.auth)?;
        (secret.len() == AUTH_BYTES).then(|| Auth::clone_from_slice(&secret))
    }
}

fn decoded(text: &str) -> Option<Vec<u8>> {
    BASE64_URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).ok()
}
