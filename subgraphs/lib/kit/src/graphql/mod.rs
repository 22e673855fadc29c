//! GraphQL that is the same in every subgraph: scalars, money, paging, and the guard of entities.

mod codes;
mod guard;
mod money;
mod page;
mod scalars;

pub use codes::ErrorCodes;
pub use guard::EntityGuard;
pub use money::{Money, MoneyInput};
pub use page::{Connection, Cursor, Page, PageRequest, TotalCount};
pub use scalars::{CurrencyCode, Date, DateTime, Decimal};

use async_graphql::{ObjectType, Schema, SchemaBuilder, SubscriptionType};

/// Deep enough for everything the app asks, too shallow for a trap.
const DEPTH: usize = 16;
const COMPLEXITY: usize = 2_000;
const DIRECTIVES: usize = 20;

/// A schema with federation, limits and the guard: what every subgraph starts from.
pub fn schema<Q, M, S>(query: Q, mutation: M, subscription: S) -> SchemaBuilder<Q, M, S>
where
    Q: ObjectType + 'static,
    M: ObjectType + 'static,
    S: SubscriptionType + 'static,
{
    Schema::build(query, mutation, subscription)
        .enable_federation()
        .enable_subscription_in_federation()
        .limit_depth(DEPTH)
        .limit_complexity(COMPLEXITY)
        .limit_directives(DIRECTIVES)
        .extension(ErrorCodes)
        .extension(EntityGuard)
}

/// An id as a client sends it; `None` when it cannot be one, which is the same as an unknown one.
pub fn id<T: std::str::FromStr>(id: &async_graphql::ID) -> Option<T> {
    id.parse().ok()
}
