//! The subscription: a draft that is read.

use async_graphql::{Context, ID, Result, Subscription};
use futures::{StreamExt, stream::BoxStream};
use kit::Failure;

use super::{drafts::ExpenseDraft, request};
use crate::refusal::Refusal;

/// The subscriptions.
pub struct Subscription;

#[Subscription]
impl Subscription {
    /// The draft at once and, if it is still to be read, again when it is READY or FAILED; then the stream ends.
    async fn draft_changed(&self, ctx: &Context<'_>, id: ID) -> Result<BoxStream<'static, ExpenseDraft>> {
        let (expenses, caller) = request(ctx)?;
        let id = kit::graphql::id(&id).ok_or_else(|| Failure::from(Refusal::DraftNotFound))?;
        Ok(expenses.watch(caller, id).await?.map(ExpenseDraft).boxed())
    }
}
