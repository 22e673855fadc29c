//! One set of loaders a request: fields that ask for the same kind of thing ask together, once.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use contracts::{GroupId, UserId};
use dataloader::{BatchFn, cached::Loader};
use kit::{Caller, Failure, Outcome};

use crate::{
    Reports,
    membership::Membership,
    report::{GroupReport, Range},
};

/// The loaders of one request.
pub struct Loaders {
    memberships: Loader<GroupId, Outcome<Option<Membership>>, Visit>,
    own_memberships: Loader<UserId, Outcome<Vec<Membership>>, Visit>,
    group_reports: Loader<(Membership, Range), Outcome<GroupReport>, Visit>,
}

/// Who asks whom.
#[derive(Clone)]
struct Visit {
    reports: Arc<Reports>,
    caller: Caller,
}

impl Loaders {
    /// For a request of this caller.
    pub fn new(reports: &Arc<Reports>, caller: &Caller) -> Self {
        let visit = Visit { reports: Arc::clone(reports), caller: caller.clone() };
        Self {
            memberships: Loader::new(visit.clone()),
            own_memberships: Loader::new(visit.clone()),
            group_reports: Loader::new(visit),
        }
    }

    /// The caller's membership of a group; `None` for a stranger.
    pub async fn membership(&self, group: GroupId) -> Outcome<Option<Membership>> {
        self.memberships.try_load(group).await.map_err(Failure::internal)?
    }

    /// The caller's memberships; refused for anybody else's.
    pub async fn own_memberships(&self, user: UserId) -> Outcome<Vec<Membership>> {
        self.own_memberships.try_load(user).await.map_err(Failure::internal)?
    }

    /// What a group spent.
    pub async fn group_report(&self, membership: Membership, range: Range) -> Outcome<GroupReport> {
        self.group_reports.try_load((membership, range)).await.map_err(Failure::internal)?
    }
}

impl BatchFn<GroupId, Outcome<Option<Membership>>> for Visit {
    async fn load(&mut self, groups: &[GroupId]) -> HashMap<GroupId, Outcome<Option<Membership>>> {
        let found = self.reports.memberships(&self.caller, groups).await;
        let answer = |group| found.as_ref().map(|found| found.get(group).copied()).map_err(Failure::clone);
        groups.iter().map(|group| (*group, answer(group))).collect()
    }
}

impl BatchFn<UserId, Outcome<Vec<Membership>>> for Visit {
    async fn load(&mut self, users: &[UserId]) -> HashMap<UserId, Outcome<Vec<Membership>>> {
        // All but one of them are refused without a question.
        let mut found = HashMap::new();
        for user in users {
            found.insert(*user, self.reports.own_memberships(&self.caller, *user).await);
        }
        found
    }
}

impl BatchFn<(Membership, Range), Outcome<GroupReport>> for Visit {
    async fn load(&mut self, keys: &[(Membership, Range)]) -> HashMap<(Membership, Range), Outcome<GroupReport>> {
        let mut found = HashMap::new();
        let ranges: HashSet<Range> = keys.iter().map(|(_, range)| *range).collect();
        for range in ranges {
            let of_range = keys.iter().filter(|(_, asked)| *asked == range);
            let memberships: Vec<Membership> = of_range.map(|(membership, _)| *membership).collect();
            let reports = self.reports.group_reports(&memberships, range).await;
            for membership in memberships {
                found.insert((membership, range), report_of(&reports, membership.group()));
            }
        }
        found
    }
}

fn report_of(reports: &Outcome<HashMap<GroupId, Outcome<GroupReport>>>, group: GroupId) -> Outcome<GroupReport> {
    let reports = reports.as_ref().map_err(Failure::clone)?;
    reports.get(&group).cloned().unwrap_or_else(|| Err(Failure::internal("a report is missing")))
}
