//! The queries.

use async_graphql::{Context, ID, Object, Result};

use kit::Failure;

use super::{loaders::Loaders, types::Payment};
use crate::refusal::Refusal;

#[derive(Default)]
pub(super) struct Payments;

#[Object]
impl Payments {
    /// One payment of a group that the caller is or was in.
    async fn payment(&self, ctx: &Context<'_>, id: ID) -> Option<Result<Payment>> {
        Some(payment(ctx, &id).await)
    }
}

async fn payment(ctx: &Context<'_>, id: &ID) -> Result<Payment> {
    let payment = ctx.data::<Loaders>()?.payment(id).await?;
    Ok(payment.ok_or_else(|| Failure::from(Refusal::PaymentNotFound))?.into())
}
