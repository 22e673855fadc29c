//! The GraphQL schema of users: one file per noun.

mod account;
mod export;
mod friendship;
mod pay_handle;
mod recovery;
mod second_factor;
mod session;
pub(crate) mod user;

use async_graphql::{MergedObject, MergedSubscription};

/// The queries and entities.
#[derive(Default, MergedObject)]
pub struct Query(account::AccountQueries, account::AccountEntities, export::ExportQueries);

/// The mutations.
#[derive(Default, MergedObject)]
pub struct Mutation(
    account::AccountMutations,
    session::SessionMutations,
    second_factor::SecondFactorMutations,
    recovery::RecoveryMutations,
    friendship::FriendshipMutations,
    pay_handle::PayHandleMutations,
);

/// The subscriptions.
#[derive(Default, MergedSubscription)]
pub struct Subscription(friendship::FriendshipSubscription);
