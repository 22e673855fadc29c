//! Every "no" that groups can say.

use kit::{Code, Failure};

/// Why something about a group is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Unknown, malformed, or not the caller's: an outsider is not told which.
    GroupNotFound,
    /// Unknown, expired, used up or revoked: nobody is told which.
    InviteNotFound,
    /// The caller was a member once.
    Left,
    /// The caller is or was in the group and cannot be a second member of it.
    AlreadyMember,
    /// There is no guest to claim with the given id.
    NotAGuest,
    /// The group has as many members as a group can have.
    Full,
    /// Neither the invitation's maker nor an owner or admin.
    NotYourInvite,
    /// Direct groups are made between friends only.
    DirectKind,
    /// A member has that name.
    NameTaken {
        /// The input field with the name.
        field: &'static str,
    },
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
            Refusal::Left => Self::new(Code::NotAllowed, "You have left this group."),
            Refusal::AlreadyMember => {
                Self::new(Code::NotAllowed, "You are or were in this group and can be only one member of it.")
            }
            Refusal::NotAGuest => Self::invalid("claimMemberId", "There is no guest with this id to be claimed."),
            Refusal::Full => Self::new(Code::NotAllowed, "This group is full."),
            Refusal::NotYourInvite => {
                Self::new(Code::NotAllowed, "Only its maker, an owner or an admin can revoke this invitation.")
            }
            Refusal::DirectKind => Self::invalid("input.kind", "A direct group is made with a friend only."),
            Refusal::NameTaken { field } => {
                Self::invalid(field, "A member has this name. Choose another, so that nobody is mistaken.")
            }
            Refusal::OutOfRange { field, most } => Self::invalid(field, format!("This is between 1 and {most}.")),
            Refusal::TooMany { field, most } => Self::invalid(field, format!("These may be at most {most}.")),
            Refusal::Stale => Self::new(Code::StaleVersion, "Somebody changed this group in between."),
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
