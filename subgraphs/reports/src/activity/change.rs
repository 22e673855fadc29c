//! The changes that entries of the feed tell of.

use serde::{Deserialize, Serialize};

/// A step in the claim of a guest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ClaimChange {
    /// The user joined as the guest.
    Made,
    /// The user asked for approval.
    Requested,
    /// An owner or admin approved.
    Approved,
    Undone,
}

/// A change of an expense.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Change {
    Added,
    Changed,
    Deleted,
    Restored,
}

/// A change of a payment after it was recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum PaymentChange {
    Edited,
    /// Its receiver confirmed it.
    Confirmed,
    /// One of the parties disputed it.
    Disputed,
    Voided,
    /// All or part of a card payment was refunded.
    Refunded,
    /// A dispute with the card provider ended in favour of the payment.
    Settled,
}

impl PaymentChange {
    pub(super) fn verb(self) -> &'static str {
        match self {
            Self::Edited => "changed",
            Self::Confirmed => "confirmed",
            Self::Disputed => "disputed",
            Self::Voided => "took back",
            Self::Refunded => "returned money of",
            Self::Settled => "settled the dispute about",
        }
    }
}

impl Change {
    pub(super) fn verb(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Changed => "changed",
            Self::Deleted => "deleted",
            Self::Restored => "restored",
        }
    }
}
