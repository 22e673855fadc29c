//! The GraphQL side. There are no queries of its own: reports adds fields to groups and users.

mod entity;
mod loaders;
mod types;

pub use entity::Query;
pub use loaders::Loaders;
