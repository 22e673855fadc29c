//! The entities that the router asks for. What the caller may not see is answered like what does not exist.

use async_graphql::{Context, ID, Object, Result};
use serde_json::Value;

use super::{group::Group, loaders::Loaders, required::Required, types::Payment};

#[derive(Default)]
pub(super) struct Entities;

#[Object]
impl Entities {
    #[graphql(entity)]
    async fn payment_by_id(&self, ctx: &Context<'_>, id: ID) -> Result<Option<Payment>> {
        let payment = ctx.data::<Loaders>()?.payment(&id).await?;
        Ok(payment.map(Payment::from))
    }

    // What is required comes as plain JSON: one that cannot be read must not take the other entities with it.
    #[graphql(entity)]
    async fn group_by_id(
        &self,
        ctx: &Context<'_>,
        #[graphql(key)] id: ID,
        simplify: Value,
        expense_nets: Value,
    ) -> Result<Option<Group>> {
        let Some(id) = kit::graphql::id(&id) else { return Ok(None) };
        let roster = ctx.data::<Loaders>()?.roster(id).await?;
        Ok(roster.map(|roster| Group::with_required(id, Required { simplify, expense_nets, roster })))
    }
}
