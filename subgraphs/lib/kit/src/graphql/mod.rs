//! The common parts of the GraphQL schemas: scalars, money, paging, and the guard of entities.

mod codes;
mod guard;
mod loader;
mod money;
mod page;
mod provides;
mod scalars;

pub use codes::ErrorCodes;
pub use guard::RouterGuard;
pub use loader::Loader;
pub use money::{Money, MoneyInput, not_a_number};
pub use page::{Connection, Cursor, MOST_COUNTED, Page, PageRequest};
pub use provides::Provides;
pub use scalars::{CurrencyCode, Date, DateTime, Decimal};

use std::{any::type_name, str::FromStr, sync::Arc};

use async_graphql::{Context, ID, ObjectType, Schema, SchemaBuilder, SubscriptionType};

use crate::{
    auth::Caller,
    failure::{Failure, Outcome},
};

/// Deep enough for every query of the app, and low enough to stop abusive ones.
const DEPTH: usize = 16;
const COMPLEXITY: usize = 2_000;
const DIRECTIVES: usize = 20;

/// Creates a schema builder with federation, limits and the guard, for every subgraph.
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
        .extension(RouterGuard::default())
}

/// Returns the services of the subgraph and the caller of the request: the start of every resolver.
pub fn request<'a, S: Send + Sync + 'static>(ctx: &Context<'a>) -> Outcome<(&'a Arc<S>, &'a Caller)> {
    Ok((data::<Arc<S>>(ctx)?, data::<Caller>(ctx)?))
}

/// Returns data that the subgraph has attached to the request, such as its loaders.
pub fn data<'a, T: Send + Sync + 'static>(ctx: &Context<'a>) -> Outcome<&'a T> {
    ctx.data::<T>().map_err(|_| Failure::internal(format!("a request without its {}", type_name::<T>())))
}

/// Parses an id from a client. A malformed id gets the same refusal as an unknown one.
pub fn read_id<T: FromStr>(id: &ID, refusal: impl Into<Failure>) -> Outcome<T> {
    id.parse().map_err(|_| refusal.into())
}

/// Parses an id in a representation from the router; `None` if it is malformed, as for an unknown one.
pub fn id<T: FromStr>(id: &ID) -> Option<T> {
    id.parse().ok()
}
