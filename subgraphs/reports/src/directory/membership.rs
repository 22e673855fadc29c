//! The permission to read about a group.

use contracts::{GroupId, MemberId, UserId, roster::Roster};

/// The proof that groups has just confirmed the caller as a member of a group. Each read about a group takes one. Only
/// [`super::Directory`] creates them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Membership {
    group: GroupId,
    member: MemberId,
}

impl Membership {
    /// Returns the user's membership according to this roster; `None` for who has left.
    pub(super) fn of(user: UserId, roster: &Roster) -> Option<Self> {
        let member = roster.active_member_of(user)?;
        Some(Self { group: roster.group_id, member: member.member_id })
    }

    pub(crate) fn group(&self) -> GroupId {
        self.group
    }

    /// The caller's member id in the group.
    pub(crate) fn member(&self) -> MemberId {
        self.member
    }
}

/// The groups of these memberships.
pub(crate) fn groups(memberships: &[Membership]) -> Vec<GroupId> {
    memberships.iter().map(Membership::group).collect()
}

/// The groups of these memberships, each with the caller's own member in it.
pub(crate) fn members(memberships: &[Membership]) -> Vec<(GroupId, MemberId)> {
    memberships.iter().map(|own| (own.group(), own.member())).collect()
}
