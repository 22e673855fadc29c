//! References to entities: groups, users, members, expenses and payments.

use std::collections::HashMap;

use async_graphql::{ID, SimpleObject};
use contracts::{GroupId, MemberId, UserId};

use crate::directory::Membership;

/// A group of which the caller is a member. The membership in it is the proof.
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

/// Indexes the memberships by group.
pub(super) fn by_group(memberships: &[Membership]) -> HashMap<GroupId, Membership> {
    memberships.iter().map(|membership| (membership.group(), *membership)).collect()
}
