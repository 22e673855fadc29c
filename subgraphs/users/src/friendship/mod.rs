//! Friendships and friend requests.
//!
//! The sender of a request to an email address does not learn whether it has an account until the request is accepted.
//! Therefore a request looks the same to its sender whether it was delivered, waits for an account, or was declined.

pub(crate) mod operations;
pub(crate) mod store;

use contracts::{
    FriendRequestId, Timestamp, UserId,
    event::{FriendRequestFacts, FriendshipFacts},
};
use serde::{Deserialize, Serialize};

use crate::account::Email;

/// A friend request, as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct FriendRequest {
    #[serde(rename = "_id")]
    pub(crate) id: FriendRequestId,
    /// The sender.
    pub(crate) from: UserId,
    /// The receiver; `None` while the address has no account.
    pub(crate) to: Option<UserId>,
    /// The address that was entered; `None` if the request was made by user id.
    pub(crate) email: Option<Email>,
    /// Identifies the receiver, by user id or address; unique per sender, so that nobody asks twice.
    pub(crate) target: String,
    pub(crate) created_at: Timestamp,
    /// When it was declined; hidden from the sender.
    pub(crate) declined_at: Option<Timestamp>,
}

impl FriendRequest {
    /// Creates a request to an email address.
    pub(crate) fn to_email(from: UserId, email: Email, to: Option<UserId>, now: Timestamp) -> Self {
        let target = to.map_or_else(|| email.as_str().to_owned(), |to| to.to_string());
        Self { id: FriendRequestId::new(), from, to, email: Some(email), target, created_at: now, declined_at: None }
    }

    /// Creates a request to an account.
    pub(crate) fn to_user(from: UserId, to: UserId, now: Timestamp) -> Self {
        let target = to.to_string();
        Self { id: FriendRequestId::new(), from, to: Some(to), email: None, target, created_at: now, declined_at: None }
    }

    /// The payload of its events, without the address.
    pub(crate) fn facts(&self) -> FriendRequestFacts {
        FriendRequestFacts { request_id: self.id, from: self.from, to: self.to }
    }
}

/// A friendship, as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Friendship {
    /// The same for the same two users in any order.
    #[serde(rename = "_id")]
    pub(crate) id: String,
    /// Ordered by id.
    pub(crate) users: [UserId; 2],
    /// When it began.
    pub(crate) since: Timestamp,
}

impl Friendship {
    pub(crate) fn new(one: UserId, other: UserId, since: Timestamp) -> Self {
        let users = if one < other { [one, other] } else { [other, one] };
        Self { id: Self::id(one, other), users, since }
    }

    /// Returns the id of a friendship of these two.
    pub(crate) fn id(one: UserId, other: UserId) -> String {
        if one < other { format!("{one}/{other}") } else { format!("{other}/{one}") }
    }

    /// Returns the other user of the friendship.
    pub(crate) fn friend_of(&self, user: UserId) -> UserId {
        if self.users[0] == user { self.users[1] } else { self.users[0] }
    }

    /// The payload of its events.
    pub(crate) fn facts(by: UserId, other: UserId) -> FriendshipFacts {
        FriendshipFacts { user_ids: [by, other] }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_people_have_one_friendship() {
        let (ada, bob) = (UserId::new(), UserId::new());
        let one = Friendship::new(ada, bob, Timestamp::EPOCH);
        assert_eq!(one, Friendship::new(bob, ada, Timestamp::EPOCH));
        assert_eq!((one.friend_of(ada), one.friend_of(bob)), (bob, ada));
    }
}
