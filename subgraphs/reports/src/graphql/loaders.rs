//! Loaders: batch the reads of one request.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use contracts::{GroupId, UserId};
use kit::{Caller, Failure, Outcome, graphql::Loader};

use crate::{
    directory::Membership,
    refusal::Refusal,
    services::Services,
    spending::{GroupReport, Range},
};

/// The loaders of one request.
pub(crate) struct Loaders {
    caller: Caller,
    memberships: Loader<GroupId, Membership>,
    own_memberships: Loader<UserId, Arc<Vec<Membership>>>,
    group_reports: Loader<(Membership, Range), Arc<Outcome<GroupReport>>>,
}

impl Loaders {
    /// Creates the loaders for a request of this caller.
    pub(crate) fn new(services: &Arc<Services>, caller: &Caller) -> Self {
        Self {
            memberships: memberships(services, caller),
            own_memberships: own_memberships(services, caller),
            group_reports: group_reports(services),
            caller: caller.clone(),
        }
    }

    /// The caller's membership of a group; `None` if there is none.
    pub(super) async fn membership(&self, group: GroupId) -> Outcome<Option<Membership>> {
        self.memberships.load(group).await
    }

    /// The caller's memberships; refused if `user` is not the caller.
    pub(super) async fn own_memberships(&self, user: UserId) -> Outcome<Arc<Vec<Membership>>> {
        if self.caller.user()? != user {
            return Err(Refusal::OnlyOneself.into());
        }
        Ok(self.own_memberships.load(user).await?.unwrap_or_default())
    }

    /// The spending of a group.
    pub(super) async fn group_report(&self, membership: Membership, range: Range) -> Outcome<GroupReport> {
        let report = self.group_reports.load((membership, range)).await?;
        Outcome::clone(&*report.ok_or_else(|| Failure::internal("a report is missing"))?)
    }
}

fn memberships(services: &Arc<Services>, caller: &Caller) -> Loader<GroupId, Membership> {
    let (services, caller) = (Arc::clone(services), caller.clone());
    Loader::new(move |groups: Vec<GroupId>| {
        let (services, caller) = (Arc::clone(&services), caller.clone());
        async move { services.directory.memberships(&caller, &groups).await }
    })
}

fn own_memberships(services: &Arc<Services>, caller: &Caller) -> Loader<UserId, Arc<Vec<Membership>>> {
    let (services, caller) = (Arc::clone(services), caller.clone());
    Loader::new(move |users: Vec<UserId>| {
        let (services, caller) = (Arc::clone(&services), caller.clone());
        async move {
            let mut found = HashMap::new();
            for user in users {
                found.insert(user, Arc::new(services.directory.memberships_of(&caller, user).await?));
            }
            Ok(found)
        }
    })
}

/// Batches the reports of the same range.
fn group_reports(services: &Arc<Services>) -> Loader<(Membership, Range), Arc<Outcome<GroupReport>>> {
    let services = Arc::clone(services);
    Loader::new(move |keys: Vec<(Membership, Range)>| {
        let services = Arc::clone(&services);
        async move {
            let mut found = HashMap::new();
            let ranges: HashSet<Range> = keys.iter().map(|(_, range)| *range).collect();
            for range in ranges {
                let of_range = keys.iter().filter(|(_, asked)| *asked == range);
                let memberships: Vec<Membership> = of_range.map(|(membership, _)| *membership).collect();
                let mut reports = services.spending.group_reports(&memberships, range).await?;
                for membership in memberships {
                    if let Some(report) = reports.remove(&membership.group()) {
                        found.insert((membership, range), Arc::new(report));
                    }
                }
            }
            Ok(found)
        }
    })
}
