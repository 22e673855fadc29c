//! What a request asks about groups and members is read in one query each.

use std::sync::Arc;

use contracts::{GroupId, MemberId};
use kit::{Caller, graphql::Loader};

use crate::{
    group::{Group, Member},
    services::Services,
};

/// The loaders of one request.
pub(crate) struct Loaders {
    /// Groups that the caller is or was in.
    pub(super) groups: Loader<GroupId, Arc<Group>>,
    /// Members of such groups.
    pub(super) members: Loader<MemberId, (Arc<Group>, Member)>,
}

impl Loaders {
    /// Loads what this caller may see.
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
