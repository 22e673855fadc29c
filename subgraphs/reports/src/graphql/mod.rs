//! The API of reports.

mod activity;
mod budget;
mod group;
mod loaders;
mod notification;
mod preference;
mod push;
mod reference;
mod spending;
mod statement;
mod user;

use async_graphql::{MergedObject, MergedSubscription};

pub(crate) use loaders::Loaders;

/// The queries, and the entities that the router resolves.
#[derive(MergedObject, Default)]
pub struct Query(
    notification::NotificationQuery,
    preference::PreferenceQuery,
    spending::SpendingQuery,
    statement::StatementQuery,
    group::GroupEntity,
    user::UserEntity,
);

/// The mutations.
#[derive(MergedObject, Default)]
pub struct Mutation(
    activity::ActivityMutation,
    notification::NotificationMutation,
    preference::PreferenceMutation,
    push::PushMutation,
    budget::BudgetMutation,
);

/// The subscriptions.
#[derive(MergedSubscription, Default)]
pub struct Subscription(activity::ActivitySubscription, notification::NotificationSubscription);
