//! Mails to people, and the links in them that prove that an address belongs to its owner.
//!
//! A mail is queued in the transaction of the change that it is about, and sent afterwards, with retries. Its link is
//! created when it is sent: the secret of a link exists only in the mail.

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

/// How long the link of a password reset is valid.
const RESET_MS: i64 = 30 * MINUTE_MS;

/// How long a link that confirms an address is valid.
const CONFIRMATION_MS: i64 = 3 * 24 * 60 * MINUTE_MS;

const SECRET_LENGTH: usize = 32;

/// What a mail is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Topic {
    /// A link to reset a forgotten password.
    PasswordReset,
    /// A notice that the password was changed.
    PasswordChanged,
    /// A link to verify the address of a new account.
    EmailVerification,
    /// A link to verify the new address of an account.
    EmailChange,
    /// A notice to the old address that it was replaced.
    EmailChanged,
    /// A sign-in from a device that the account had not used before.
    NewDevice,
    /// A notice that sign-ins need a second step.
    SecondFactorOn,
    /// A notice that sign-ins need no second step any more.
    SecondFactorOff,
}

impl Topic {
    /// Its label in metrics.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::PasswordReset => "password_reset",
            Self::PasswordChanged => "password_changed",
            Self::EmailVerification => "email_verification",
            Self::EmailChange => "email_change",
            Self::EmailChanged => "email_changed",
            Self::NewDevice => "new_device",
            Self::SecondFactorOn => "second_factor_on",
            Self::SecondFactorOff => "second_factor_off",
        }
    }

    /// The page of the app that its link opens, and how long the link is valid in milliseconds; `None` for a mail
    /// without a link.
    fn link(self) -> Option<(&'static str, i64)> {
        match self {
            Self::PasswordReset => Some(("reset", RESET_MS)),
            Self::EmailVerification | Self::EmailChange => Some(("confirm", CONFIRMATION_MS)),
            Self::PasswordChanged
            | Self::EmailChanged
            | Self::NewDevice
            | Self::SecondFactorOn
            | Self::SecondFactorOff => None,
        }
    }
}

/// A mail in the queue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Mail {
    #[serde(rename = "_id")]
    pub(crate) id: String,
    pub(crate) topic: Topic,
    pub(crate) to: Email,
    /// The account that it is about; `None` if only an address is known, which may have no account.
    pub(crate) user_id: Option<UserId>,
    /// When it is sent, or retried.
    pub(crate) due_at: Timestamp,
    /// How many attempts were made.
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

    /// The hash that is stored.
    fn hash(text: &str) -> String {
        digest(text.as_bytes())
    }
}

/// A link that can be used once. Per topic and account only the latest one is valid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Link {
    #[serde(rename = "_id")]
    id: String,
    secret_hash: String,
    pub(crate) topic: Topic,
    pub(crate) user_id: UserId,
    /// The address that it was sent to.
    pub(crate) email: Email,
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
