//! The federated GraphQL schema of expenses: one file per noun.

mod advice;
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
mod schedule;
mod split;
mod transfer;
mod user;

use async_graphql::{MergedObject, MergedSubscription};
use kit::Failure;

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

/// Moves the field of a refusal from `input.total` to `{around}.total`, for arguments with another name than `input`.
pub(in crate::graphql) fn without_input(failure: Failure, around: &str) -> Failure {
    let Failure::Refused(mut refusal) = failure else { return failure };
    refusal.field = refusal.field.map(|field| match field.strip_prefix("input.") {
        Some("idempotencyKey") => "idempotencyKey".to_owned(),
        Some(inner) => format!("{around}{inner}"),
        None => field,
    });
    Failure::Refused(refusal)
}
