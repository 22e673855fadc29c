//! The part of the schema that payments serves.

mod entity;
mod group;
mod loaders;
mod mutation;
mod query;
mod required;
mod subscription;
mod types;

use async_graphql::MergedObject;

pub use loaders::Loaders;
pub use mutation::Mutation;
pub use subscription::Subscription;

/// The queries, and the entities that the router asks for.
#[derive(MergedObject, Default)]
pub struct Query(query::Payments, entity::Entities);
