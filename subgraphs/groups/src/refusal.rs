//! The refusals of groups.

use kit::{Code, Failure};

const NEEDS_APPROVAL: &str =
    "In this group an owner or admin has to approve who takes the place of a guest. Ask for it.";
const OPEN_BALANCE: &str = "You are not settled up in this group. Settle up first, or leave with the open balance.";

/// Why a request is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The group is unknown, its id is malformed, or the caller is not a member; outsiders cannot distinguish these.
    GroupNotFound,
    /// The invitation is unknown, expired, used up or revoked; callers cannot distinguish these.
    InviteNotFound,
    /// The caller is or was a member of the group and cannot become a second member.
    AlreadyMember,
    /// No claimable guest has this id.
    NotAGuest {
        field: &'static str,
    },
    ClaimNeedsApproval,
    /// There is no claim of this member, or it is older than seven days.
    NoClaim,
    /// Unknown, already decided, or in a group of which the caller is not a member.
    ClaimRequestNotFound,
    /// The group has the maximum number of waiting claim requests.
    TooManyClaims {
        most: usize,
    },
    /// The group has the maximum number of members.
    Full {
        /// The maximum.
        most: usize,
    },
    /// A person would be in more groups than anybody may be.
    TooManyGroups {
        /// How many one may be in.
        most: u64,
    },
    /// The caller is neither the creator of the invitation nor an owner or admin.
    NotYourInvite,
    /// The group has the maximum number of open invitations.
    TooManyInvites {
        /// The maximum.
        most: usize,
    },
    /// A direct group is created only between friends, and its kind never changes.
    DirectKind,
    /// An active member has this name.
    NameTaken {
        /// The input field with the name.
        field: &'static str,
    },
    /// The action is not allowed in a direct group, whose two members never change.
    DirectGroup,
    /// The user is not a friend of the caller.
    NotAFriend,
    /// A number is out of range.
    OutOfRange {
        /// The input field with the number.
        field: &'static str,
        /// The maximum; the minimum is 1.
        most: i32,
    },
    /// A list is too long.
    TooMany {
        /// The input field with the list.
        field: &'static str,
        /// The maximum number of entries.
        most: usize,
    },
    /// The group was changed concurrently, after this request read it.
    Stale,
    /// The group was changed since the version on which the caller's change is based.
    Outdated {
        /// The current version.
        present: i64,
    },
    /// The member is unknown, not visible to the caller, or a former member.
    MemberNotFound,
    /// The household is unknown or its id is malformed.
    HouseholdNotFound,
    /// A household has fewer than two members, one of them twice, or somebody who is no current member.
    HouseholdMembers,
    /// A member would be in two households.
    InAnotherHousehold,
    /// The group is archived.
    Archived,
    /// The caller's role does not allow it.
    RoleForbids,
    /// A guest or the caller cannot get this role.
    GuestRole,
    /// The group would lose its only owner.
    LastOwner,
    /// The caller tries to remove the own member instead of leaving.
    RemovesOneself,
    /// The caller would leave with an open balance.
    OpenBalance,
    /// The memberships of another user.
    Private,
    /// A text is empty, too long, or contains control characters.
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
                Self::forbidden("ALREADY_MEMBER", "You are or were in this group and can be only one member of it.")
            }
            Refusal::NotAGuest { field } => Self::invalid(field, "There is no guest with this id to be claimed."),
            Refusal::ClaimNeedsApproval => Self::forbidden("CLAIM_NEEDS_APPROVAL", NEEDS_APPROVAL),
            Refusal::NoClaim => {
                Self::forbidden("NO_CLAIM", "A claim can be undone for seven days, and this is none of these.")
            }
            Refusal::ClaimRequestNotFound => Self::new(Code::MemberNotFound, "Nobody asks for this guest any more."),
            Refusal::TooManyClaims { most } => {
                Self::too_many("CLAIMS", &most, format!("{most} such requests wait in this group already."))
            }
            Refusal::Full { most } => {
                let sentence = format!("A group can have at most {most} members, former ones included.");
                Self::new(Code::GroupFull, sentence).because("TOO_MANY_MEMBERS").with("most", &most)
            }
            Refusal::TooManyGroups { most } => {
                Self::too_many("GROUPS", &most, format!("Nobody can be in more than {most} groups, former included."))
            }
            Refusal::NotYourInvite => {
                Self::forbidden("NOT_YOUR_INVITE", "Only its maker, an owner or an admin can revoke this invitation.")
            }
            Refusal::TooManyInvites { most } => {
                Self::too_many("INVITES", &most, format!("This group has {most} open invitations. Revoke one first."))
            }
            Refusal::DirectKind => {
                Self::invalid("input.kind", "A direct group is created with a friend only, and stays one.")
            }
            Refusal::NameTaken { field } => {
                Self::invalid(field, "A member has this name. Choose another, so that nobody is mistaken.")
            }
            Refusal::DirectGroup => {
                Self::forbidden("DIRECT_GROUP", "This is between two friends. Create a group for more.")
            }
            Refusal::NotAFriend => Self::new(Code::NotAFriend, "You are no friends."),
            Refusal::OutOfRange { field, most } => Self::between(field, 1, most.unsigned_abs()),
            Refusal::TooMany { field, most } => Self::too_long(field, most),
            Refusal::Stale => Self::new(Code::StaleVersion, "Somebody changed this group in between."),
            Refusal::Outdated { present } => {
                Self::new(Code::StaleVersion, "Somebody changed this group in between. Look at it again first.")
                    .with("version", &present)
            }
            Refusal::MemberNotFound => Self::new(Code::MemberNotFound, "There is no such member."),
            Refusal::HouseholdNotFound => Self::invalid("id", "There is no such household."),
            Refusal::HouseholdMembers => {
                Self::invalid("memberIds", "A household has at least two different members of the group.")
            }
            Refusal::InAnotherHousehold => {
                Self::invalid("memberIds", "Somebody is in another household. Everybody can be in one only.")
            }
            Refusal::Archived => Self::forbidden("ARCHIVED", "This group is archived. Restore it first."),
            Refusal::RoleForbids => Self::forbidden("ROLE_FORBIDS", "Your role in this group does not allow this."),
            Refusal::GuestRole => Self::invalid("role", "Only another member with an account can have this role."),
            Refusal::LastOwner => {
                Self::forbidden("LAST_OWNER", "A group needs an owner. Make somebody else owner first.")
            }
            Refusal::RemovesOneself => Self::forbidden("REMOVES_ONESELF", "To remove yourself, leave the group."),
            Refusal::OpenBalance => Self::new(Code::OpenBalance, OPEN_BALANCE),
            Refusal::Private => Self::forbidden("PRIVATE", "Memberships are only for oneself."),
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
