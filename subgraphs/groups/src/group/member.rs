//! A member: a user or a guest in one group.

use contracts::{MemberId, Timestamp, UserId, event::MemberFacts, profile::Profile};
use serde::{Deserialize, Serialize};

use super::Claim;

/// What a member may do, ordered from the most to the fewest permissions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum Role {
    /// May do everything.
    Owner,
    /// May change settings and remove members, in addition to what members may do.
    Admin,
    /// May manage expenses, payments, guests and invitations.
    Member,
}

/// Whether a member is in the group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum State {
    Active,
    /// A former member, whose balance stays.
    Left,
}

/// A user or a guest in one group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Member {
    /// Never changes, even if the member leaves, rejoins or is claimed.
    #[serde(rename = "member_id")]
    pub(crate) id: MemberId,
    /// `None` for a guest.
    pub(crate) user_id: Option<UserId>,
    /// The display name in the group; for a user, a copy of the account's name.
    pub(crate) name: String,
    pub(crate) role: Role,
    pub(crate) state: State,
    /// When the member joined, rejoined or was claimed.
    pub(crate) since: Timestamp,
    /// The guest that the member was before a user claimed it.
    #[serde(default)]
    pub(crate) claim: Option<Claim>,
    /// When another member removed it last, or undid its claim: the invitations that it had created by then are void.
    #[serde(default)]
    pub(crate) removed_at: Option<Timestamp>,
}

impl Member {
    /// Whether this is a current member.
    pub(crate) fn is_active(&self) -> bool {
        self.state == State::Active
    }

    /// Whether the member has no account.
    pub(crate) fn is_guest(&self) -> bool {
        self.user_id.is_none()
    }

    /// Creates an active member for a user.
    pub(super) fn user(user: &Profile, role: Role, now: Timestamp) -> Self {
        let Profile { user_id, name } = user.clone();
        Self {
            id: MemberId::new(),
            user_id: Some(user_id),
            name,
            role,
            state: State::Active,
            since: now,
            claim: None,
            removed_at: None,
        }
    }

    /// Creates an active guest.
    pub(super) fn guest(name: String, now: Timestamp) -> Self {
        let (role, state) = (Role::Member, State::Active);
        Self { id: MemberId::new(), user_id: None, name, role, state, since: now, claim: None, removed_at: None }
    }

    /// The member as part of an event.
    pub(super) fn facts(&self) -> MemberFacts {
        let Self { id: member_id, user_id, ref name, .. } = *self;
        MemberFacts { member_id, user_id, name: name.clone(), left: !self.is_active() }
    }
}
