//! Mutations.

use async_graphql::{Context, Object, Result};

use super::{
    caller,
    types::{AuthPayload, LoginInput, RegisterInput},
    users,
};

/// What can be done. None of it needs an access token.
pub struct Mutation;

#[Object]
impl Mutation {
    /// Opens an account and signs its owner in.
    async fn register(&self, ctx: &Context<'_>, input: RegisterInput) -> Result<AuthPayload> {
        let signed_in = users(ctx).register(caller(ctx), input.registration()?).await?;
        Ok(signed_in.into())
    }

    /// Signs in.
    async fn login(&self, ctx: &Context<'_>, input: LoginInput) -> Result<AuthPayload> {
        let signed_in = users(ctx).login(&input.email, input.password).await?;
        Ok(signed_in.into())
    }

    /// Gives new tokens for a refresh token, which is used up by that. Using a token up twice ends its session, except that
    /// a repeat within ten seconds gets the same refresh token again.
    async fn refresh_session(&self, ctx: &Context<'_>, refresh_token: String) -> Result<AuthPayload> {
        let signed_in = users(ctx).refresh_session(&refresh_token).await?;
        Ok(signed_in.into())
    }

    /// Ends the session of a refresh token; true also when it has ended already.
    async fn logout(&self, ctx: &Context<'_>, refresh_token: String) -> Result<bool> {
        users(ctx).logout(&refresh_token).await?;
        Ok(true)
    }
}
