//! Which entries of a feed are asked for.

use contracts::{GroupId, MemberId, UserId};

/// What an entry is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Topic {
    Expenses,
    Comments,
    Payments,
    Members,
}

/// Narrows a feed; what is left out does not narrow it.
#[derive(Clone, Debug, Default)]
pub(crate) struct FeedFilter {
    /// Any of these; empty for all.
    pub(crate) topics: Vec<Topic>,
    /// Done by this member, or about it.
    pub(crate) member: Option<MemberId>,
}

/// A member whom entries are about.
#[derive(Clone, Copy, Debug)]
pub(super) struct Concerned {
    pub(super) group: GroupId,
    pub(super) member: MemberId,
    /// `None` for a guest, who does nothing.
    pub(super) user: Option<UserId>,
}

impl Topic {
    /// What the kinds of its entries look like, as a regular expression.
    pub(super) fn pattern(self) -> &'static str {
        match self {
            Self::Expenses => r"^(expense\.(?!commented)|import\.)",
            Self::Comments => r"^expense\.commented",
            Self::Payments => r"^payment\.",
            Self::Members => r"^group\.",
        }
    }
}
