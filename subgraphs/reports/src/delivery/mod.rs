//! Delivering notifications to people outside the app, over one or more channels: each notification waits until its
//! receiver wants it, and those that wait together are delivered together.
//!
//! Nothing is delivered twice. A notification queues one delivery per channel, in the transaction that stores it; the
//! deliveries of a person are claimed before they are handed over, and what was claimed by a process that died is given
//! up, not handed over again.

mod digest;
mod operations;
mod sentence;
mod store;

use async_trait::async_trait;
use chrono_tz::Tz;
use contracts::{Timestamp, UserId};
use kit::{Outcome, mail::NotTaken, telemetry::metrics::Counter};
use serde::{Deserialize, Serialize};

use crate::{
    notification::{Notification, Recipient},
    preference::Preference,
};

pub(crate) use digest::Digest;
pub(crate) use operations::Deliveries;

pub(crate) const MINUTE_MS: i64 = 60_000;

/// Events that are collected later than this after they happened are not delivered: they are history, as after a restore.
const NEWS_MS: i64 = 2 * 24 * 60 * MINUTE_MS;

/// A way to people.
#[async_trait]
pub(crate) trait Channel: Send + Sync + 'static {
    /// Where a person is reached.
    type Address: Send + Sync;

    /// The collection of its deliveries.
    const COLLECTION: &'static str;

    /// What happens within so long after a notification is delivered together with it, in milliseconds.
    const BURST_MS: i64;

    /// Counts deliveries by what became of them.
    fn counter(&self) -> &Counter;

    /// Whether the operator has set it up.
    fn is_set_up(&self) -> bool;

    /// Returns where and in which time zone a person is reached; `None` if not at all.
    async fn address(&self, user: UserId) -> Outcome<Option<(Self::Address, Tz)>>;

    /// Returns from when on a notification that was queued `since` then may be delivered, looked at now; `None` for never.
    fn moment(&self, preference: &Preference, about: &Notification, times: Times) -> Option<Timestamp>;

    /// Hands notifications over, the oldest first, of which there is at least one.
    async fn hand_over(
        &self,
        user: UserId,
        address: &Self::Address,
        news: &[&Notification],
    ) -> Outcome<Result<(), NotTaken>>;
}

/// When a delivery was queued and is looked at, and its receiver's time zone.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Times {
    pub(crate) since: Timestamp,
    pub(crate) now: Timestamp,
    pub(crate) zone: Tz,
}

/// A notification on its way over a channel.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Delivery {
    /// The id of the notification.
    #[serde(rename = "_id")]
    id: String,
    to: Recipient,
    queued_at: Timestamp,
    /// When it is looked at next.
    due_at: Timestamp,
    state: State,
    /// How often it was not taken.
    tries: u32,
}

/// How far a delivery is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum State {
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

impl Delivery {
    /// The delivery of a notification, which waits for a burst to end; `None` about history.
    fn of(notification: &Notification, now: Timestamp, burst_ms: i64) -> Option<Self> {
        let is_news = now.since_ms(notification.at) < NEWS_MS;
        is_news.then(|| Self {
            id: notification.id.clone(),
            to: notification.to,
            queued_at: now,
            due_at: now.plus_ms(burst_ms),
            state: State::Waiting,
            tries: 0,
        })
    }
}
