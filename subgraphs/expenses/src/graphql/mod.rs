//! The federated GraphQL schema of expenses: one file per noun.

mod advice;
mod attachment;
mod category;
mod comment;
mod draft;
mod expense;
mod group;
mod loader;
mod preset;
mod problem;
mod rate;
mod schedule;
mod split;
mod transfer;
mod user;

use std::sync::Arc;

use async_graphql::{Context, MergedObject, MergedSubscription};
use kit::{Caller, Failure, Outcome};

pub(crate) use loader::add_loaders;

use crate::services::Services;

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

/// The services and the caller of a request.
fn request<'a>(ctx: &Context<'a>) -> Outcome<(&'a Arc<Services>, &'a Caller)> {
    kit::graphql::request(ctx)
}

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
