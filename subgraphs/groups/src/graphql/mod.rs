//! The API of groups: each noun with its types, inputs, queries and mutations.

mod group;
mod invite;
mod loaders;
mod member;

use async_graphql::MergedObject;

pub(crate) use loaders::Loaders;

/// The queries and entities.
#[derive(Default, MergedObject)]
pub struct Query(group::GroupQueries, member::MemberQueries, invite::InviteQueries);

/// The mutations.
#[derive(Default, MergedObject)]
pub struct Mutation(group::GroupMutations, member::MemberMutations, invite::InviteMutations);
