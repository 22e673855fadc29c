//! Friends, and the requests to become one.
//!
//! Whoever sends a request to a mail address never learns whether it has an account until the request is accepted. So a
//! request is shown to its sender in the same way whether it has reached somebody, waits for an account, or was declined.

pub(crate) mod operations;
pub(crate) mod store;

use contracts::{
    FriendRequestId, Timestamp, UserId,
    event::{FriendRequestFacts, FriendshipFacts},
};
use serde::{Deserialize, Serialize};

use crate::account::Email;

/// A request to become friends, as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct FriendRequest {
    /// Which request.
    #[serde(rename = "_id")]
    pub(crate) id: FriendRequestId,
    /// Who asks.
    pub(crate) from: UserId,
    /// Who is asked; `None` while there is no account with the address.
    pub(crate) to: Option<UserId>,
    /// The address that was typed; `None` when an account was named.
    pub(crate) email: Option<Email>,
    /// The same for everything that asks the same person: nobody asks twice.
    pub(crate) target: String,
    /// When it was sent.
    pub(crate) created_at: Timestamp,
    /// When it was declined, which the sender is not told.
    pub(crate) declined_at: Option<Timestamp>,
}

impl FriendRequest {
    /// A request to whoever has this address.
    pub(crate) fn to_email(from: UserId, email: Email, to: Option<UserId>, now: Timestamp) -> Self {
        let target = to.map_or_else(|| email.as_str().to_owned(), |to| to.to_string());
        Self { id: FriendRequestId::new(), from, to, email: Some(email), target, created_at: now, declined_at: None }
    }

    /// A request to this account.
    pub(crate) fn to_user(from: UserId, to: UserId, now: Timestamp) -> Self {
        let target = to.to_string();
        Self { id: FriendRequestId::new(), from, to: Some(to), email: None, target, created_at: now, declined_at: None }
    }

    /// The request in events: without the address.
    pub(crate) fn facts(&self) -> FriendRequestFacts {
        FriendRequestFacts { request_id: self.id, from: self.from, to: self.to }
    }
}

/// Two people who are friends, as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Friendship {
    /// The same for the same two, whoever asked.
    #[serde(rename = "_id")]
    pub(crate) id: String,
    /// The two, in the order of their ids.
    pub(crate) users: [UserId; 2],
    /// Since when.
    pub(crate) since: Timestamp,
}

impl Friendship {
    /// The friendship of these two.
    pub(crate) fn new(one: UserId, other: UserId, since: Timestamp) -> Self {
        let users = if one < other { [one, other] } else { [other, one] };
        Self { id: Self::id(one, other), users, since }
    }

    /// The id that a friendship of these two has.
    pub(crate) fn id(one: UserId, other: UserId) -> String {
        if one < other { format!("{one}/{other}") } else { format!("{other}/{one}") }
    }

    /// The one of the two who is not this user.
    pub(crate) fn friend_of(&self, user: UserId) -> UserId {
        if self.users[0] == user { self.users[1] } else { self.users[0] }
    }

    /// The friendship in events.
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
