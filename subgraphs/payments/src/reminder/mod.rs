//! Reminders: a creditor can remind a debtor, once a day over all their groups.

mod operations;
mod store;

use contracts::{GroupId, MemberId, Timestamp, UserId};
use serde::{Deserialize, Serialize};

pub(crate) use operations::Reminders;

/// The shortest interval between two reminders, in milliseconds.
const AGAIN_AFTER_MS: i64 = 24 * 60 * 60 * 1_000;

/// A debtor and a creditor, in whichever group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Pair {
    pub(crate) debtor: UserId,
    pub(crate) creditor: UserId,
}

/// The last reminder between two people, as it is stored.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Reminder {
    #[serde(rename = "_id")]
    pair: String,
    at: Timestamp,
}

/// The debtor's choice not to be reminded by a creditor in a group, as it is stored.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Mute {
    #[serde(rename = "_id")]
    id: String,
    group_id: GroupId,
    debtor: MemberId,
    creditor: MemberId,
}

impl Pair {
    fn key(&self) -> String {
        format!("{}/{}", self.debtor, self.creditor)
    }
}

impl Mute {
    fn new(group_id: GroupId, debtor: MemberId, creditor: MemberId) -> Self {
        Self { id: format!("{group_id}/{debtor}/{creditor}"), group_id, debtor, creditor }
    }
}
