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
use kit::{Caller, Outcome};

pub(crate) use loader::add_loaders;
pub(crate) use mutation::Mutation;
pub(crate) use subscription::Subscription;

use crate::Expenses;

/// What can be asked.
#[derive(MergedObject, Default)]
#[graphql(name = "Query")]
pub struct Query(query::Expenses, entity::Entities);

/// The services and the caller of a request.
fn request<'a>(ctx: &Context<'a>) -> Outcome<(&'a Arc<Expenses>, &'a Caller)> {
    kit::graphql::request(ctx)
}
