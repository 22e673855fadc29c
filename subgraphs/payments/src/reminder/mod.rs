//! Reminders: whoever is owed something can remind the debtor, once a day.

mod operations;
mod store;

use contracts::{GroupId, MemberId, Timestamp};
use serde::{Deserialize, Serialize};

pub(crate) use operations::Reminders;

/// How long after a reminder the next one can follow.
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

/// That a debtor does not want to be reminded by a creditor, as it is stored.
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
