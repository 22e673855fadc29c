//! Entities: what the router asks for by key.

use async_graphql::{Context, ID, Object, Result};

use super::{caller, loaders::AccountLoader, types::User};

/// What the router can ask for by key.
#[derive(Default)]
pub struct Entities;

#[Object]
impl Entities {
    /// The account with this id, for anybody who is signed in.
    ///
    /// Users does not know who shares a group with whom, so it shows everybody what fellow members see of each other: the
    /// name and the picture. That is safe since no client can choose the id. There is no query by id, only the router asks
    /// for entities, and it takes the id from the answer of a subgraph that has checked what the caller may see.
    /// Everything else about an account is for its owner alone; [`User`] holds to that.
    #[graphql(entity)]
    async fn user(&self, ctx: &Context<'_>, id: ID) -> Result<Option<User>> {
        let viewer = caller(ctx).user()?;
        let Some(id) = kit::graphql::id(&id) else { return Ok(None) };
        let account = ctx.data_unchecked::<AccountLoader>().try_load(id).await??;
        Ok(account.map(|account| User::seen_by(viewer, account)))
    }
}
