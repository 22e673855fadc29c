//! The types Group, Member and Expense as other types refer to them, and what the caller may see and change.

use std::sync::Arc;

use async_graphql::{Context, ID, SimpleObject};
use contracts::{GroupId, MemberId, roster::Roster};
use kit::{
    Outcome,
    graphql::{data, request},
};

use super::loaders::Loaders;
use crate::{expense, services::Services};

/// A reference to a member; the subgraph groups resolves it.
#[derive(SimpleObject)]
#[graphql(unresolvable = "id")]
pub(super) struct Member {
    id: ID,
}

impl From<MemberId> for Member {
    fn from(id: MemberId) -> Self {
        Self { id: id.to_string().into() }
    }
}

/// A group with its expenses.
pub(super) struct Group {
    pub(super) id: GroupId,
    /// The roster by which the caller was seen to be a member, so that the request asks for it once.
    pub(super) seen: Option<Arc<Roster>>,
}

impl From<GroupId> for Group {
    fn from(id: GroupId) -> Self {
        Self { id, seen: None }
    }
}

/// An expense that the caller may see.
pub(super) struct Expense(pub(super) expense::Expense);

/// Whether the caller is or was a member of a group.
pub(super) async fn may_see(ctx: &Context<'_>, group: GroupId) -> Outcome<bool> {
    Ok(roster(ctx, group).await?.is_some())
}

/// Whether the caller is a present member of a group that takes changes, and may make this one.
pub(super) async fn is_editable(
    ctx: &Context<'_>,
    group: GroupId,
    may_change: impl FnOnce(MemberId, &Roster) -> bool,
) -> Outcome<bool> {
    let (_, caller) = request::<Services>(ctx)?;
    let Some(roster) = roster(ctx, group).await?.filter(|roster| !roster.archived) else { return Ok(false) };
    let member = roster.active_member_of(caller.user()?);
    Ok(member.is_some_and(|member| may_change(member.member_id, &roster)))
}

/// Returns the roster of a group that the caller may see.
pub(super) async fn roster(ctx: &Context<'_>, group: GroupId) -> Outcome<Option<Arc<Roster>>> {
    data::<Loaders>(ctx)?.roster(group).await
}
