//! The types Group, User, Expense and Member as other types refer to them.

use std::sync::Arc;

use async_graphql::{ComplexObject, ID, SimpleObject};
use contracts::{ExpenseId, GroupId, MemberId, UserId, roster::Roster};
use kit::{Failure, Outcome};
use tokio::sync::OnceCell;

use super::required::{Required, UserRequired};
use crate::{
    balance::{GroupBalances, State},
    home::Home,
};

/// A group that the caller may see.
pub(super) struct Group {
    pub(super) id: GroupId,
    /// `None` if the group was reached from within this subgraph; the router then queries it as an entity.
    pub(super) required: Option<Required>,
    /// `None` if the group was not reached by a subscription.
    pub(super) watched: Option<Arc<State>>,
    /// Computed once, so that all fields of one response agree.
    pub(super) balances: OnceCell<Outcome<Arc<GroupBalances>>>,
}

/// A person with an account.
pub(super) struct User {
    pub(super) id: UserId,
    /// `None` if the user was reached from within this subgraph; the router then queries it as an entity.
    pub(super) required: Option<UserRequired>,
    /// Computed once, so that all fields of one response agree.
    pub(super) home: OnceCell<Outcome<Arc<Home>>>,
}

// Without a description: the subgraph expenses has it.
#[derive(SimpleObject)]
#[graphql(unresolvable = "id")]
pub(super) struct Expense {
    id: ID,
}

// Without a description: the subgraph groups has it.
#[derive(SimpleObject)]
#[graphql(complex, unresolvable = "id")]
pub(super) struct Member {
    id: ID,
    /// Only where a field says that it provides it.
    #[graphql(skip)]
    name: Option<String>,
}

#[ComplexObject]
impl Member {
    #[graphql(external)]
    async fn name(&self) -> Outcome<&str> {
        self.name.as_deref().ok_or_else(|| Failure::internal("the name of this member is not provided"))
    }
}

impl From<GroupId> for Group {
    fn from(id: GroupId) -> Self {
        Self { id, required: None, watched: None, balances: OnceCell::new() }
    }
}

impl From<UserId> for User {
    fn from(id: UserId) -> Self {
        Self { id, required: None, home: OnceCell::new() }
    }
}

impl User {
    /// Creates the caller from the router's representation.
    pub(super) fn with_required(id: UserId, required: UserRequired) -> Self {
        Self { required: Some(required), ..Self::from(id) }
    }
}

impl From<ExpenseId> for Expense {
    fn from(id: ExpenseId) -> Self {
        Self { id: id.into() }
    }
}

impl From<Arc<State>> for Group {
    fn from(state: Arc<State>) -> Self {
        Self { watched: Some(Arc::clone(&state)), ..Self::from(state.roster.group_id) }
    }
}

impl From<MemberId> for Member {
    fn from(id: MemberId) -> Self {
        Self { id: id.into(), name: None }
    }
}

impl Member {
    /// Refers to a member whose name is provided.
    pub(super) fn named(id: MemberId, roster: &Roster) -> Self {
        Self { name: roster.member(id).map(|member| member.name.clone()), ..Self::from(id) }
    }
}
