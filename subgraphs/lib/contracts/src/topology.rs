//! The names on the broker. Every service declares all of it, so that no order of starting loses
//! an event.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The topic exchange that every event is published to, by its kind.
pub const EVENTS: &str = "quits.events";

/// Where events go that no queue wants: kept for a while and looked at by people only.
pub const UNROUTED: &str = "quits.unrouted";

/// A durable queue and the kinds of events that it receives.
#[derive(Clone, Copy, Debug)]
pub struct Queue {
    /// `owner.purpose`.
    pub name: &'static str,
    /// Binding keys of the topic exchange.
    pub bindings: &'static [&'static str],
    /// Whether one consumer at a time reads it, so that order is kept.
    pub in_order: bool,
}

/// The AI consumer: reads drafts, and gives advice for new and changed expenses.
pub const ADVISE: Queue = Queue {
    name: "expenses.advise",
    bindings: &["expense.created.*", "expense.updated.*", "draft.requested.*"],
    in_order: false,
};

/// The reporting consumer: reports, feed and notifications from everything.
pub const COLLECT: Queue = Queue { name: "reports.collect", bindings: &["#"], in_order: true };

/// Where the publisher of a source is asked to publish a part of its journal again.
pub fn replay_queue(source: &str) -> String {
    format!("{source}.replay")
}

/// Asks a publisher for a part of one stream: consumers that know it already take it as a repetition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplayRequest {
    /// Which stream.
    pub stream: Uuid,
    /// The first version that is missing.
    pub from_version: i64,
    /// The first version that is not.
    pub before_version: i64,
}

/// The names of people, as groups copies them.
pub const FOLLOW_NAMES: Queue =
    Queue { name: "groups.follow_names", bindings: &["user.updated.*", "user.deleted.*"], in_order: true };

/// Every durable queue.
pub const QUEUES: &[Queue] = &[ADVISE, COLLECT, FOLLOW_NAMES];

/// What moves a group in the eyes of its members: its balances, its people or its expenses.
pub const GROUP_NUDGES: &[&str] = &["expense.#", "payment.#", "group.#"];

/// What moves a draft in the eyes of its author.
pub const DRAFT_NUDGES: &[&str] = &["draft.#"];

/// What moves the friends of somebody, and the requests to become one.
pub const FRIEND_NUDGES: &[&str] = &["friendship.#"];
