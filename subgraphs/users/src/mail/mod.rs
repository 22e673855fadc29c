//! Mail: what people are told at their address, and the links by which they show that it reached them.
//!
//! A mail is queued in the transaction of the change that it tells about, and sent afterwards, as often as it takes. Its
//! link is made when it is sent: the secret of a link is in that mail and nowhere else.

mod letter;
pub(crate) mod operations;
pub(crate) mod store;

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use contracts::{Timestamp, UserId};
use kit::digest;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::account::Email;

const MINUTE_MS: i64 = 60_000;

/// How long the link of a password reset counts.
const RESET_MS: i64 = 30 * MINUTE_MS;

/// How long a link counts that confirms an address.
const CONFIRMATION_MS: i64 = 3 * 24 * 60 * MINUTE_MS;

const SECRET_LENGTH: usize = 32;

/// What a mail is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Topic {
    /// The way to a new password for somebody who has forgotten the old one.
    PasswordReset,
    /// The password was changed.
    PasswordChanged,
    /// Whether the address of a new account is its owner's.
    EmailVerification,
    /// Whether the address that an account is to get is its owner's.
    EmailChange,
    /// Another address has replaced this one.
    EmailChanged,
}

impl Topic {
    /// Its name in metrics.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::PasswordReset => "password_reset",
            Self::PasswordChanged => "password_changed",
            Self::EmailVerification => "email_verification",
            Self::EmailChange => "email_change",
            Self::EmailChanged => "email_changed",
        }
    }

    /// Where its link leads in the app, and how long that counts in milliseconds; `None` for a mail without a link.
    fn link(self) -> Option<(&'static str, i64)> {
        match self {
            Self::PasswordReset => Some(("reset", RESET_MS)),
            Self::EmailVerification | Self::EmailChange => Some(("confirm", CONFIRMATION_MS)),
            Self::PasswordChanged | Self::EmailChanged => None,
        }
    }
}

/// A mail that waits to be sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Mail {
    #[serde(rename = "_id")]
    pub(crate) id: String,
    pub(crate) topic: Topic,
    pub(crate) to: Email,
    /// Whose account it is about; `None` where only an address was given, which may be nobody's.
    pub(crate) user_id: Option<UserId>,
    /// When it is tried the next time.
    pub(crate) due_at: Timestamp,
    /// How often it was tried.
    pub(crate) tries: u32,
}

impl Mail {
    fn new(topic: Topic, to: &Email, user_id: Option<UserId>, now: Timestamp) -> Self {
        Self { id: Uuid::now_v7().to_string(), topic, to: to.clone(), user_id, due_at: now, tries: 0 }
    }
}

/// The secret of a link. Deliberately not `Debug`.
pub(crate) struct LinkSecret(String);

impl LinkSecret {
    fn new() -> Self {
        Self(BASE64_URL_SAFE_NO_PAD.encode(rand::random::<[u8; SECRET_LENGTH]>()))
    }

    /// What is kept of it.
    fn hash(text: &str) -> String {
        digest(text.as_bytes())
    }
}

/// A link that was sent by mail and counts once. Of one topic and account only the last one does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Link {
    #[serde(rename = "_id")]
    id: String,
    secret_hash: String,
    pub(crate) topic: Topic,
    /// Whose.
    pub(crate) user_id: UserId,
    /// The address that it was sent to.
    pub(crate) email: Email,
    /// When it stops counting.
    pub(crate) expires_at: Timestamp,
}

impl Link {
    fn new(mail: &Mail, user_id: UserId, secret: &LinkSecret, expires_at: Timestamp) -> Self {
        Self {
            id: format!("{}/{user_id}", mail.topic.name()),
            secret_hash: LinkSecret::hash(&secret.0),
            topic: mail.topic,
            user_id,
            email: mail.to.clone(),
            expires_at,
        }
    }
}
