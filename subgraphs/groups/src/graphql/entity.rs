//! What the router asks for by key. Unknown and forbidden are the same: null, without an error, which would spoil
//! the whole batch.

use async_graphql::{Context, ID, Object, Result};
use kit::graphql::id;

use super::{
    loaders::Loaders,
    types::{Group, Member, User},
};

/// The entities that this subgraph knows something about.
#[derive(Default)]
pub struct Entities;

#[Object]
impl Entities {
    /// A group that the caller is or was in.
    #[graphql(entity)]
    async fn group_entity(&self, ctx: &Context<'_>, #[graphql(name = "id")] group: ID) -> Result<Option<Group>> {
        let Some(group) = id(&group) else { return Ok(None) };
        Ok(ctx.data::<Loaders>()?.group(group).await?.map(Group))
    }

    /// A member of a group that the caller is or was in.
    #[graphql(entity)]
    async fn member_entity(&self, ctx: &Context<'_>, #[graphql(name = "id")] member: ID) -> Result<Option<Member>> {
        let Some(member) = id(&member) else { return Ok(None) };
        Ok(ctx.data::<Loaders>()?.member(member).await?.map(Member::from))
    }

    /// A user, of whom this subgraph knows the memberships.
    #[graphql(entity)]
    async fn user_entity(&self, id: ID) -> User {
        User { id }
    }
}
