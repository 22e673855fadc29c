//! Mail about notifications: each waits until its receiver wants it, and those that wait together become one mail.
//!
//! Nothing is mailed twice. A notification queues one mail, in the transaction that stores it; the mails of a person are
//! claimed before they are handed over, and what was claimed by a process that died is given up, not sent again.

mod address;
mod http;
mod letter;
mod operations;
mod sentence;
mod store;

use contracts::Timestamp;
use serde::{Deserialize, Serialize};

use crate::notification::{Notification, Recipient};

pub(crate) use http::routes;
pub(crate) use operations::Mails;

const MINUTE_MS: i64 = 60_000;

/// What happens within so long after a notification goes into the same mail.
const BURST_MS: i64 = MINUTE_MS;

/// Events that are collected later than this after they happened are not mailed: they are history, as after a restore.
const NEWS_MS: i64 = 2 * 24 * 60 * MINUTE_MS;

/// A notification on its way to a mail.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Mail {
    /// The id of the notification.
    #[serde(rename = "_id")]
    id: String,
    to: Recipient,
    queued_at: Timestamp,
    /// When it is looked at next.
    due_at: Timestamp,
    state: State,
    /// How often a mail server did not take it.
    tries: u32,
}

/// How far a mail is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum State {
    Waiting,
    /// A process is handing it over.
    Claimed,
    Sent,
    /// Its receiver does not want it, or has no address or account.
    Unwanted,
    /// It was not taken, or the process that handed it over died.
    GivenUp,
}

impl State {
    /// Its name in metrics.
    fn name(self) -> &'static str {
        match self {
            Self::Waiting => "postponed",
            Self::Claimed => "claimed",
            Self::Sent => "sent",
            Self::Unwanted => "unwanted",
            Self::GivenUp => "given_up",
        }
    }
}

impl Mail {
    /// The mail about a notification, which waits for a moment in case there is more to tell; `None` about history.
    fn about(notification: &Notification, now: Timestamp) -> Option<Self> {
        let is_news = now.since_ms(notification.at) < NEWS_MS;
        is_news.then(|| Self {
            id: notification.id.clone(),
            to: notification.to,
            queued_at: now,
            due_at: now.plus_ms(BURST_MS),
            state: State::Waiting,
            tries: 0,
        })
    }
}
