//! Reminders: a creditor can remind a debtor, once a day.

mod operations;
mod store;

use contracts::{GroupId, MemberId, Timestamp};
use serde::{Deserialize, Serialize};

pub(crate) use operations::Reminders;

/// The shortest interval between two reminders, in milliseconds.
const AGAIN_AFTER_MS: i64 = 24 * 60 * 60 * 1_000;

/// A debtor and a creditor in a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Pair {
    pub(crate) group: GroupId,
    pub(crate) debtor: MemberId,
    pub(crate) creditor: MemberId,
}

/// The last reminder between two members, as it is stored.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Reminder {
    #[serde(rename = "_id")]
    pair: String,
    at: Timestamp,
}

/// The debtor's choice not to be reminded by a creditor, as it is stored.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Mute {
    #[serde(rename = "_id")]
    pair: String,
    group_id: GroupId,
    debtor: MemberId,
    creditor: MemberId,
}

impl Pair {
    fn key(&self) -> String {
        format!("{}/{}/{}", self.group, self.debtor, self.creditor)
    }
}
