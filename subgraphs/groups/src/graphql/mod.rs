//! The schema of groups: a resolver knows the caller, calls one operation, and gives its result.

pub mod entity;
pub mod loaders;
pub mod mutation;
pub mod query;
pub mod types;

use std::str::FromStr;

use async_graphql::{ID, MergedObject};
use kit::{Caller, Outcome, graphql::id};

use crate::refusal::Refusal;

pub use loaders::Loaders;
pub use mutation::Mutation;

/// What can be asked.
#[derive(Default, MergedObject)]
pub struct Query(query::Queries, entity::Entities);

/// The id that somebody who is signed in has sent; one that cannot be an id is an unknown one.
fn known<T: FromStr>(caller: &Caller, sent: &ID, otherwise: Refusal) -> Outcome<T> {
    caller.user()?;
    Ok(id(sent).ok_or(otherwise)?)
}
