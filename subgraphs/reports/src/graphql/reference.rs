//! Groups, users, members, expenses and payments as other types refer to them.

use std::collections::HashMap;

use async_graphql::{ID, SimpleObject};
use contracts::{GroupId, MemberId, UserId};

use crate::directory::Membership;

/// A group that the caller is or was in: it cannot be made without that.
pub(super) struct Group(pub(super) Membership);

/// A person with an account.
pub(super) struct User(pub(super) UserId);

/// A member of a group.
#[derive(SimpleObject)]
#[graphql(unresolvable = "id")]
pub(super) struct Member {
    id: ID,
}

/// An expense of a group.
#[derive(SimpleObject)]
#[graphql(unresolvable = "id")]
pub(super) struct Expense {
    pub(super) id: ID,
}

/// A payment between two members.
#[derive(SimpleObject)]
#[graphql(unresolvable = "id")]
pub(super) struct Payment {
    pub(super) id: ID,
}

impl From<MemberId> for Member {
    fn from(id: MemberId) -> Self {
        Self { id: id.into() }
    }
}

/// The memberships by their groups.
pub(super) fn by_group(memberships: &[Membership]) -> HashMap<GroupId, Membership> {
    memberships.iter().map(|membership| (membership.group(), *membership)).collect()
}
