//! A member: a user or a guest in one group.

use contracts::{MemberId, Timestamp, UserId, event::MemberFacts, profile::Profile};
use serde::{Deserialize, Serialize};

/// What a member may do; the first is the one who may do most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum Role {
    /// Everything.
    Owner,
    /// Settings and members.
    Admin,
    /// Expenses, payments, guests and invitations.
    Member,
}

/// Whether a member is in the group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum State {
    /// In the group.
    Active,
    /// No longer in the group; the balance stays.
    Left,
}

/// A user or a guest in one group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Member {
    /// The same for ever, whatever becomes of the member.
    #[serde(rename = "member_id")]
    pub(crate) id: MemberId,
    /// The account behind it; `None` for a guest.
    pub(crate) user_id: Option<UserId>,
    /// The name shown in the group: a copy of the account's.
    pub(crate) name: String,
    /// What the member may do.
    pub(crate) role: Role,
    /// Whether the member is in the group.
    pub(crate) state: State,
    /// When the member joined, came back, or was claimed.
    pub(crate) since: Timestamp,
}

impl Member {
    /// Whether the member is in the group.
    pub(crate) fn is_active(&self) -> bool {
        self.state == State::Active
    }

    /// Whether the member has no account.
    pub(crate) fn is_guest(&self) -> bool {
        self.user_id.is_none()
    }

    /// A user who has just joined.
    pub(super) fn user(user: &Profile, role: Role, now: Timestamp) -> Self {
        let Profile { user_id, name } = user.clone();
        Self { id: MemberId::new(), user_id: Some(user_id), name, role, state: State::Active, since: now }
    }

    /// A guest who was just added.
    pub(super) fn guest(name: String, now: Timestamp) -> Self {
        let (role, state) = (Role::Member, State::Active);
        Self { id: MemberId::new(), user_id: None, name, role, state, since: now }
    }

    /// The member in events.
    pub(super) fn facts(&self) -> MemberFacts {
        let Self { id: member_id, user_id, ref name, .. } = *self;
        MemberFacts { member_id, user_id, name: name.clone(), left: !self.is_active() }
    }
}
