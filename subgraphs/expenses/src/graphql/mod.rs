//! Expenses as a federated GraphQL schema.

mod drafts;
mod entity;
mod input;
mod loader;
mod mutation;
mod query;
mod split_input;
mod subscription;
mod types;

use std::sync::Arc;

use async_graphql::{Context, MergedObject};
use kit::{Caller, Failure, Outcome};

pub(crate) use loader::{advice_loader, expense_loader};
pub(crate) use mutation::Mutation;
pub(crate) use subscription::Subscription;

use crate::Expenses;

/// What can be asked.
#[derive(MergedObject, Default)]
#[graphql(name = "Query")]
pub struct Query(query::Expenses, entity::Entities);

/// The subgraph and the caller of a request.
fn request<'a>(ctx: &Context<'a>) -> Outcome<(&'a Arc<Expenses>, &'a Caller)> {
    let missing = |_| Failure::internal("a request without its data");
    let expenses = ctx.data::<Arc<Expenses>>().map_err(missing)?;
    Ok((expenses, ctx.data::<Caller>().map_err(missing)?))
}
