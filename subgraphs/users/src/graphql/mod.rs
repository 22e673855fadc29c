//! The API of users: each noun with its types, inputs, queries and mutations.

pub(crate) mod account;
mod session;

use async_graphql::MergedObject;

/// The queries and entities.
#[derive(Default, MergedObject)]
pub struct Query(account::AccountQueries, account::AccountEntities);

/// The mutations.
#[derive(Default, MergedObject)]
pub struct Mutation(session::SessionMutations);
