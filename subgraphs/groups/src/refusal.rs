//! Every refusal of groups.

use kit::{Code, Failure};

/// Why something about a group is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Unknown, malformed, or not the caller's: an outsider is not told which.
    GroupNotFound,
    /// Unknown, expired, used up or revoked: nobody is told which.
    InviteNotFound,
    /// The caller is or was in the group and cannot be a second member of it.
    AlreadyMember,
    /// There is no guest to claim with the given id.
    NotAGuest,
    /// The group has as many members as a group can have.
    Full,
    /// Neither the invitation's maker nor an owner or admin.
    NotYourInvite,
    /// A group has as many open invitations as it can have.
    TooManyInvites {
        /// How many.
        most: usize,
    },
    /// Direct groups are made between friends only.
    DirectKind,
    /// A member has that name.
    NameTaken {
        /// The input field with the name.
        field: &'static str,
    },
    /// A direct group has the same two members for ever.
    DirectGroup,
    /// Somebody who is no friend of the caller.
    NotAFriend,
    /// A number outside its range.
    OutOfRange {
        /// The input field with the number.
        field: &'static str,
        /// The most it may be; the least is 1.
        most: i32,
    },
    /// A list that is too long.
    TooMany {
        /// The input field with the list.
        field: &'static str,
        /// The most entries it may have.
        most: usize,
    },
    /// The group was changed after it was read.
    Stale,
    /// The group was changed after the caller saw it.
    Outdated {
        /// The version that it has now.
        present: i64,
    },
    /// Unknown, not the caller's to see, or no longer in the group.
    MemberNotFound,
    /// The group is archived.
    Archived,
    /// The caller's role does not allow it.
    RoleForbids,
    /// A guest, or the caller, cannot get this role.
    GuestRole,
    /// The only owner would no longer be one.
    LastOwner,
    /// A member removes itself instead of leaving.
    RemovesOneself,
    /// The caller would leave with an open balance.
    OpenBalance,
    /// Something about somebody else.
    Private,
    /// A text that is empty, too long, or has control characters.
    Text(kit::Refusal),
}

impl From<Refusal> for kit::Refusal {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::GroupNotFound => Self::new(Code::GroupNotFound, "There is no such group."),
            Refusal::InviteNotFound => {
                Self::new(Code::InviteNotFound, "This invitation does not exist or can no longer be used.")
            }
            Refusal::AlreadyMember => {
                Self::new(Code::NotAllowed, "You are or were in this group and can be only one member of it.")
            }
            Refusal::NotAGuest => Self::invalid("claimMemberId", "There is no guest with this id to be claimed."),
            Refusal::Full => Self::new(Code::NotAllowed, "This group is full."),
            Refusal::NotYourInvite => {
                Self::new(Code::NotAllowed, "Only its maker, an owner or an admin can revoke this invitation.")
            }
            Refusal::TooManyInvites { most } => Self::new(
                Code::NotAllowed,
                format!("This group has {most} open invitations. Revoke one of them first."),
            ),
            Refusal::DirectKind => {
                Self::invalid("input.kind", "A direct group is created with a friend only, and stays one.")
            }
            Refusal::NameTaken { field } => {
                Self::invalid(field, "A member has this name. Choose another, so that nobody is mistaken.")
            }
            Refusal::DirectGroup => {
                Self::new(Code::NotAllowed, "This is between two friends. Create a group for more.")
            }
            Refusal::NotAFriend => Self::new(Code::NotAFriend, "You are no friends."),
            Refusal::OutOfRange { field, most } => Self::invalid(field, format!("This is between 1 and {most}.")),
            Refusal::TooMany { field, most } => Self::invalid(field, format!("These may be at most {most}.")),
            Refusal::Stale => Self::new(Code::StaleVersion, "Somebody changed this group in between."),
            Refusal::Outdated { present } => {
                Self::new(Code::StaleVersion, "Somebody changed this group in between. Look at it again first.")
                    .with("version", &present)
            }
            Refusal::MemberNotFound => Self::new(Code::MemberNotFound, "There is no such member."),
            Refusal::Archived => Self::new(Code::NotAllowed, "This group is archived. Restore it first."),
            Refusal::RoleForbids => Self::new(Code::NotAllowed, "Your role in this group does not allow this."),
            Refusal::GuestRole => Self::invalid("role", "Only another member with an account can have this role."),
            Refusal::LastOwner => {
                Self::new(Code::NotAllowed, "A group needs an owner. Make somebody else owner first.")
            }
            Refusal::RemovesOneself => Self::new(Code::NotAllowed, "To remove yourself, leave the group."),
            Refusal::OpenBalance => Self::new(
                Code::OpenBalance,
                "You are not settled up in this group. Settle up first, or leave with the open balance.",
            ),
            Refusal::Private => Self::new(Code::NotAllowed, "Memberships are only for oneself."),
            Refusal::Text(refusal) => refusal,
        }
    }
}

impl From<kit::Refusal> for Refusal {
    fn from(refusal: kit::Refusal) -> Self {
        Self::Text(refusal)
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        kit::Refusal::from(refusal).into()
    }
}
