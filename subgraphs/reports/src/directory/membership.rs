//! The right to read about a group.

use contracts::{GroupId, MemberId, UserId, roster::Roster};

/// That the caller is or was a member of a group, as groups has just said. Whatever is read about a group is read with one
/// of these; only [`super::Directory::memberships`] makes them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Membership {
    group: GroupId,
    member: MemberId,
}

impl Membership {
    /// The membership of a user in a group; former members may still read.
    pub(super) fn of(user: UserId, roster: &Roster) -> Option<Self> {
        let member = roster.members.iter().find(|member| member.user_id == Some(user))?;
        Some(Self { group: roster.group_id, member: member.member_id })
    }

    /// The group.
    pub(crate) fn group(&self) -> GroupId {
        self.group
    }

    /// The caller's own member in it.
    pub(crate) fn member(&self) -> MemberId {
        self.member
    }
}

/// The groups of these memberships.
pub(crate) fn groups(memberships: &[Membership]) -> Vec<GroupId> {
    memberships.iter().map(Membership::group).collect()
}
