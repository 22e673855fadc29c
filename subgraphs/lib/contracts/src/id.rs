//! Typed ids: UUIDs that can only be compared with ids of the same kind.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use uuid::Uuid;

macro_rules! id {
    ($(#[$doc:meta] $name:ident),+ $(,)?) => {$(
        #[$doc]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub Uuid);

        impl $name {
            /// Creates an id (UUID v7); ids sort by the time of their creation.
            #[allow(clippy::new_without_default, reason = "each id is new, so there is no default")]
            pub fn new() -> Self {
                Self(Uuid::now_v7())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::try_parse(text).map(Self)
            }
        }

        // Always serialized as text: a binary form in BSON would not match the text in filters.
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
            }
        }
    )+};
}

id! {
    /// An account.
    UserId,
    /// A group, and the ledger that belongs to it.
    GroupId,
    /// A household of a group.
    HouseholdId,
    /// One membership: a user or a guest in one group.
    MemberId,
    /// A friend request.
    FriendRequestId,
    /// A request to claim a guest.
    ClaimRequestId,
    /// An invitation to a group.
    InviteId,
    /// An expense.
    ExpenseId,
    /// A draft of an expense.
    DraftId,
    /// A comment on an expense.
    CommentId,
    /// An attachment to an expense.
    AttachmentId,
    /// A category that a group has added.
    CategoryId,
    /// A preset of a group.
    PresetId,
    /// A schedule of recurring expenses.
    ScheduleId,
    /// Payments that were recorded together.
    PaymentBatchId,
    /// A payment from one member to another.
    PaymentId,
}
