//! The subscription: a group that moves.

use std::sync::Arc;

use async_graphql::{Context, ID, Result, Subscription};
use contracts::roster::group_not_found;
use futures::{StreamExt, stream::BoxStream};
use kit::Caller;

use super::group::Group;
use crate::Payments;

/// The subscriptions.
pub struct Subscription;

#[Subscription]
impl Subscription {
    /// The group at once, and again after every change of its members, expenses or payments. Ends when the caller is no
    /// longer in the group.
    async fn group_moved(&self, ctx: &Context<'_>, group_id: ID) -> Result<BoxStream<'static, Group>> {
        let group = kit::graphql::read_id(&group_id, group_not_found())?;
        let moves = ctx.data::<Arc<Payments>>()?.watch(ctx.data::<Caller>()?, group).await?;
        Ok(moves.map(Group::from).boxed())
    }
}
