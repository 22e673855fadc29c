//! Queries.

use async_graphql::{Context, Object, Result};

use super::{caller, types::User, users};

/// What can be asked.
#[derive(Default)]
pub struct Queries;

#[Object]
impl Queries {
    /// The account of the caller.
    async fn me(&self, ctx: &Context<'_>) -> Result<User> {
        let account = users(ctx).me(caller(ctx)).await?;
        Ok(User::oneself(account))
    }
}
