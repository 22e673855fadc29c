//! The queries of clients.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result};
use kit::{
    Caller,
    graphql::{Connection, PageRequest},
};

use super::{
    known,
    types::{Group, InvitePreview},
};
use crate::{Groups, invite::Token, refusal::Refusal};

const PAGE: i32 = 50;

/// The queries of clients.
#[derive(Default)]
pub struct Queries;

#[Object]
impl Queries {
    /// A group that the caller is or was in.
    async fn group(&self, ctx: &Context<'_>, #[graphql(name = "id")] group: ID) -> Result<Option<Group>> {
        let caller = ctx.data::<Caller>()?;
        let group = known(caller, &group, Refusal::GroupNotFound)?;
        Ok(Some(ctx.data::<Arc<Groups>>()?.group(caller, group).await?.into()))
    }

    /// The groups that the caller is in, newest first: those in use, or the archived ones.
    async fn groups(
        &self,
        ctx: &Context<'_>,
        #[graphql(default_with = "Some(PAGE)")] first: Option<i32>,
        after: Option<String>,
        #[graphql(default_with = "Some(false)")] archived: Option<bool>,
    ) -> Result<Connection<Group>> {
        let caller = ctx.data::<Caller>()?;
        caller.user()?;
        let page = PageRequest::new(first.unwrap_or(PAGE), after.as_deref())?;
        let groups = ctx.data::<Arc<Groups>>()?.groups(caller, archived.unwrap_or_default(), &page).await?;
        Ok(groups.connection(Group::from))
    }

    /// What an invitation leads to; null when it does not exist or can no longer be used.
    async fn invite(&self, ctx: &Context<'_>, token: String) -> Result<Option<InvitePreview>> {
        let group = ctx.data::<Arc<Groups>>()?.preview(&Token::brought(token)).await?;
        Ok(group.as_ref().map(InvitePreview::of))
    }
}
