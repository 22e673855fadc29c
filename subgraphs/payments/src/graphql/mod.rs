//! The GraphQL schema of payments.

mod balance;
mod card;
mod cause;
mod group;
mod loaders;
mod pay_option;
mod payment;
mod reference;
mod reminder;
mod required;
mod settlement;
mod user;

use async_graphql::{MergedObject, MergedSubscription};

pub(crate) use loaders::Loaders;

/// The queries, and the entities for the router.
#[derive(MergedObject, Default)]
pub struct Query(payment::PaymentQuery, card::CardQuery, group::GroupEntity, user::UserEntity);

/// The mutations.
#[derive(MergedObject, Default)]
pub struct Mutation(payment::PaymentMutation, card::CardMutation, reminder::ReminderMutation);

/// The subscriptions.
#[derive(MergedSubscription, Default)]
pub struct Subscription(group::GroupSubscription);
