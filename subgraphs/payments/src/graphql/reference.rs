//! Groups, users and members as other types refer to them.

use std::sync::Arc;

use async_graphql::{ID, SimpleObject};
use contracts::{ExpenseId, GroupId, MemberId, UserId};
use kit::Outcome;
use tokio::sync::OnceCell;

use super::required::{Required, UserRequired};
use crate::{balance::GroupBalances, home::Home};

/// A group that the caller may see.
pub(super) struct Group {
    pub(super) id: GroupId,
    /// Absent when the group was reached from within this subgraph: the router then asks for it anew.
    pub(super) required: Option<Required>,
    /// Worked out once, so that all fields of one answer agree.
    pub(super) balances: OnceCell<Outcome<Arc<GroupBalances>>>,
}

/// A person with an account.
pub(super) struct User {
    pub(super) id: UserId,
    /// Absent when the user was reached from within this subgraph: the router then asks for it anew.
    pub(super) required: Option<UserRequired>,
    /// Worked out once, so that all fields of one answer agree.
    pub(super) home: OnceCell<Outcome<Arc<Home>>>,
}

// Expenses knows the rest, and describes it.
#[derive(SimpleObject)]
#[graphql(unresolvable = "id")]
pub(super) struct Expense {
    id: ID,
}

// Groups knows the rest, and describes it.
#[derive(SimpleObject)]
#[graphql(unresolvable = "id")]
pub(super) struct Member {
    id: ID,
}

impl From<GroupId> for Group {
    fn from(id: GroupId) -> Self {
        Self { id, required: None, balances: OnceCell::new() }
    }
}

impl From<UserId> for User {
    fn from(id: UserId) -> Self {
        Self { id, required: None, home: OnceCell::new() }
    }
}

impl User {
    /// The caller as the router asks for it.
    pub(super) fn with_required(id: UserId, required: UserRequired) -> Self {
        Self { required: Some(required), ..Self::from(id) }
    }
}

impl From<ExpenseId> for Expense {
    fn from(id: ExpenseId) -> Self {
        Self { id: id.into() }
    }
}

impl From<MemberId> for Member {
    fn from(id: MemberId) -> Self {
        Self { id: id.into() }
    }
}
