//! The services of the subgraph, one for each noun.

use std::sync::Arc;

use kit::{Outcome, role::Resources};

use crate::{
    claim::operations::Claims,
    config::Config,
    group::{
        operations::{Groups, Owners},
        store::GroupStore,
    },
    household::operations::Households,
    invite::{operations::Invites, store::InviteStore},
};

/// The services that the resolvers and the consumer use.
pub struct Services {
    pub(crate) groups: Arc<Groups>,
    pub(crate) invites: Invites,
    /// Claims of guests.
    pub(crate) claims: Claims,
    pub(crate) households: Households,
}

impl Services {
    /// Creates the services and the indexes.
    pub async fn new(resources: &Resources<Config>, owners: Owners) -> Outcome<Self> {
        let (groups, invites) = (GroupStore::new(&resources.database), InviteStore::new(&resources.database));
        groups.prepare().await?;
        invites.prepare().await?;
        let (journal, clock) = (Arc::clone(&resources.journal), resources.clock.clone());
        let groups = Arc::new(Groups::new(groups, journal, clock, owners, resources.own.groups_per_person));
        let invites =
            Invites::new(invites, Arc::clone(&groups), resources.clock.clone(), resources.own.app_url.clone());
        let claims = Claims::new(Arc::clone(&groups), resources.clock.clone());
        let households = Households::new(Arc::clone(&groups));
        Ok(Self { groups, invites, claims, households })
    }
}
