//! The GraphQL API of groups: types, inputs, queries and mutations of each noun.

mod claim;
mod group;
mod household;
mod invite;
mod loaders;
mod member;
mod reference;

use async_graphql::MergedObject;

pub(crate) use loaders::Loaders;

/// The queries, and the entities that the router resolves.
#[derive(Default, MergedObject)]
pub struct Query(group::GroupQueries, member::MemberQueries, invite::InviteQueries);

/// The mutations.
#[derive(Default, MergedObject)]
pub struct Mutation(
    group::GroupMutations,
    member::MemberMutations,
    invite::InviteMutations,
    claim::ClaimMutations,
    household::HouseholdMutations,
);
