//! The federated GraphQL schema of expenses: one file per noun.

mod advice;
mod argument;
mod attachment;
mod category;
mod comment;
mod draft;
mod expense;
mod group;
mod loaders;
mod preset;
mod problem;
mod rate;
mod reference;
mod schedule;
mod split;
mod transfer;
mod user;

use async_graphql::{MergedObject, MergedSubscription};

pub(crate) use loaders::Loaders;

/// The queries.
#[derive(MergedObject, Default)]
pub struct Query(
    expense::ExpenseQueries,
    expense::CategoryQueries,
    draft::DraftQueries,
    split::SplitQueries,
    transfer::TransferQueries,
    rate::RateQueries,
    expense::ExpenseEntities,
    group::GroupEntities,
    user::UserEntities,
);

#[derive(MergedObject, Default)]
pub struct Mutation(
    expense::ExpenseMutations,
    draft::DraftMutations,
    advice::AdviceMutations,
    comment::CommentMutations,
    attachment::AttachmentMutations,
    category::GroupCategoryMutations,
    preset::PresetMutations,
    transfer::TransferMutations,
    schedule::ScheduleMutations,
);

#[derive(MergedSubscription, Default)]
pub struct Subscription(draft::DraftSubscriptions, transfer::TransferSubscriptions);
