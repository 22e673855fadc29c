//! The names on the broker. Every service declares all of them, so that no event is lost whatever the order in which
//! services start.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The topic exchange to which every event is published, with its kind as the routing key.
pub const EVENTS: &str = "quits.events";

/// The queue for events that no other queue is bound to: kept for a while for people to inspect.
pub const UNROUTED: &str = "quits.unrouted";

/// A durable queue and its bindings.
#[derive(Clone, Copy, Debug)]
pub struct Queue {
    /// The name: `owner.purpose`.
    pub name: &'static str,
    /// The binding keys to the topic exchange.
    pub bindings: &'static [&'static str],
    /// Whether it has a single active consumer, so that order is kept.
    pub in_order: bool,
}

impl Queue {
    /// Whether this service consumes the queue.
    pub fn is_of(&self, owner: &str) -> bool {
        self.name.split_once('.').is_some_and(|(of, _)| of == owner)
    }
}

/// The AI consumer: reads drafts, and gives advice for new and changed expenses.
pub const ADVISE: Queue = Queue {
    name: "expenses.advise",
    bindings: &["expense.created.*", "expense.updated.*", "draft.requested.*"],
    in_order: false,
};

/// The reporting consumer: updates reports, the feed and notifications from all events.
pub const COLLECT: Queue = Queue { name: "reports.collect", bindings: &["#"], in_order: true };

/// The queue on which a service receives requests to publish part of its journal again.
pub fn replay_queue(source: &str) -> String {
    format!("{source}.replay")
}

/// Asks a publisher for its whole journal: consumers that know it already take it as a repetition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WholeReplayRequest {
    /// From the beginning.
    WholeJournal,
}

/// A request to publish part of a stream again. Consumers ignore events that they already know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplayRequest {
    /// The stream.
    pub stream: Uuid,
    /// The first missing version.
    pub from_version: i64,
    /// The first version that is not missing any more.
    pub before_version: i64,
}

/// Updates the names of people that groups stores.
pub const FOLLOW_NAMES: Queue =
    Queue { name: "groups.follow_names", bindings: &["user.updated.*", "user.deleted.*"], in_order: true };

/// All durable queues.
pub const QUEUES: &[Queue] = &[ADVISE, COLLECT, FOLLOW_NAMES];

/// Events that change what members see of a group: its balances, members or expenses.
pub const GROUP_NUDGES: &[&str] = &["expense.#", "payment.#", "group.#"];

/// Events that change what its author sees of a draft.
pub const DRAFT_NUDGES: &[&str] = &["draft.#"];

/// Events that change somebody's friends or friend requests.
pub const FRIEND_NUDGES: &[&str] = &["friendship.#"];
