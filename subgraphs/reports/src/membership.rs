//! The right to read about a group.

use contracts::{GroupId, MemberId, UserId, roster::Roster};

/// That the caller is or was a member of a group, as groups has just said. Whatever is read about a
/// group is read with one of these; only [`crate::Reports::memberships`] makes them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Membership {
    group: GroupId,
    member: MemberId,
}

impl Membership {
    /// The membership of a user in a group; former members may still read.
    pub(crate) fn of(user: UserId, roster: &Roster) -> Option<Self> {
        let member = roster.members.iter().find(|member| member.user_id == Some(user))?;
        Some(Self { group: roster.group_id, member: member.member_id })
    }

    /// The group.
    pub fn group(&self) -> GroupId {
        self.group
    }

    /// The caller's own member in it.
    pub fn member(&self) -> MemberId {
        self.member
    }
}
