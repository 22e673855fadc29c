//! Accounts and sessions as the API shows them.

pub mod entity;
pub mod loaders;
pub mod mutation;
pub mod query;
pub mod types;

use std::sync::Arc;

use async_graphql::{Context, MergedObject};
use kit::Caller;

use crate::Users;
pub use mutation::Mutation;

/// What can be asked.
#[derive(Default, MergedObject)]
pub struct Query(query::Queries, entity::Entities);

fn users<'a>(ctx: &Context<'a>) -> &'a Users {
    ctx.data_unchecked::<Arc<Users>>()
}

fn caller<'a>(ctx: &Context<'a>) -> &'a Caller {
    ctx.data_unchecked::<Caller>()
}
