//! Loaders: batch the reads of groups and of members in one request.

use std::sync::Arc;

use contracts::{GroupId, MemberId};
use kit::{Caller, graphql::Loader};

use crate::{
    group::{Group, Member},
    services::Services,
};

/// The loaders of one request.
pub(crate) struct Loaders {
    /// Groups of which the caller is a member.
    pub(super) groups: Loader<GroupId, Arc<Group>>,
    /// Members of groups of which the caller is a member, with their groups.
    pub(super) members: Loader<MemberId, (Arc<Group>, Member)>,
}

impl Loaders {
    /// Creates the loaders for a request of this caller.
    pub(crate) fn new(services: &Arc<Services>, caller: &Caller) -> Self {
        let (groups, of) = (Arc::clone(&services.groups), caller.clone());
        let load_groups = move |ids: Vec<GroupId>| {
            let (groups, caller) = (Arc::clone(&groups), of.clone());
            async move { groups.by_ids(&caller, &ids).await }
        };
        let (groups, of) = (Arc::clone(&services.groups), caller.clone());
        let load_members = move |ids: Vec<MemberId>| {
            let (groups, caller) = (Arc::clone(&groups), of.clone());
            async move { groups.members_by_ids(&caller, &ids).await }
        };
        Self { groups: Loader::new(load_groups), members: Loader::new(load_members) }
    }
}
