//! Claims of guests by users, and requests for them.

use contracts::{ClaimRequestId, MemberId, Timestamp, UserId};
use serde::{Deserialize, Serialize};

/// A claim can be undone for seven days.
pub(super) const UNDOABLE_MS: i64 = 7 * 24 * 60 * 60 * 1_000;

/// That a member was a guest before a user claimed it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Claim {
    /// The guest's name.
    pub(crate) guest_name: String,
    /// When the guest was claimed.
    pub(crate) at: Timestamp,
}

/// A claim that waits for the approval of an owner or admin.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ClaimRequest {
    /// Which request.
    #[serde(rename = "request_id")]
    pub(crate) id: ClaimRequestId,
    /// The guest.
    pub(crate) member_id: MemberId,
    /// Who asks.
    pub(crate) user_id: UserId,
    /// The name of who asks.
    pub(crate) name: String,
    /// When.
    pub(crate) at: Timestamp,
}

impl Claim {
    /// Until when it can be undone; `None` once that is over.
    pub(crate) fn undoable_until(&self, now: Timestamp) -> Option<Timestamp> {
        Some(self.at.plus_ms(UNDOABLE_MS)).filter(|until| now < *until)
    }
}
