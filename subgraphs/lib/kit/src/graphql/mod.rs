//! GraphQL that is the same in every subgraph: scalars, money, paging, and the guard of entities.

mod codes;
mod guard;
mod loader;
mod money;
mod page;
mod scalars;

pub use codes::ErrorCodes;
pub use guard::EntityGuard;
pub use loader::Loader;
pub use money::{Money, MoneyInput};
pub use page::{Connection, Cursor, MOST_COUNTED, Page, PageRequest};
pub use scalars::{CurrencyCode, Date, DateTime, Decimal};

use std::{any::type_name, str::FromStr, sync::Arc};

use async_graphql::{Context, ID, ObjectType, Schema, SchemaBuilder, SubscriptionType};

use crate::{
    auth::Caller,
    failure::{Failure, Outcome},
};

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

/// The services of the subgraph and the caller of a request: what every resolver starts with.
pub fn request<'a, S: Send + Sync + 'static>(ctx: &Context<'a>) -> Outcome<(&'a Arc<S>, &'a Caller)> {
    Ok((data::<Arc<S>>(ctx)?, data::<Caller>(ctx)?))
}

/// What a subgraph has put beside a request, such as its loaders.
pub fn data<'a, T: Send + Sync + 'static>(ctx: &Context<'a>) -> Outcome<&'a T> {
    ctx.data::<T>().map_err(|_| Failure::internal(format!("a request without its {}", type_name::<T>())))
}

/// The id that a client has sent. One that cannot be an id gets the same refusal as an unknown one.
pub fn read_id<T: FromStr>(id: &ID, refusal: impl Into<Failure>) -> Outcome<T> {
    id.parse().map_err(|_| refusal.into())
}

/// The id in a representation that the router has sent; `None` when it cannot be one, as for an unknown one.
pub fn id<T: FromStr>(id: &ID) -> Option<T> {
    id.parse().ok()
}
