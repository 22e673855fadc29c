//! Groups and users, as the router brings them by their keys.

use async_graphql::{Context, ID, Object};
use contracts::UserId;
use kit::{Caller, Outcome, graphql};

use super::{
    loaders::Loaders,
    types::{Group, User},
};

/// The entry for the router.
pub struct Query;

#[Object]
impl Query {
    #[graphql(entity)]
    async fn find_group_by_id(&self, ctx: &Context<'_>, id: ID) -> Outcome<Option<Group>> {
        let caller: &Caller = ctx.data_unchecked();
        caller.user()?;
        let Some(group) = graphql::id(&id) else { return Ok(None) };
        let membership = ctx.data_unchecked::<Loaders>().membership(group).await?;
        Ok(membership.map(Group))
    }

    #[graphql(entity)]
    async fn find_user_by_id(&self, ctx: &Context<'_>, id: ID) -> Outcome<Option<User>> {
        let caller: &Caller = ctx.data_unchecked();
        let own = caller.user()?;
        let user = graphql::id(&id).filter(|user: &UserId| *user == own);
        Ok(user.map(User))
    }
}
