//! Settles all groups of a person.

use std::sync::Arc;

use contracts::UserId;
use futures::future::try_join_all;
use kit::Outcome;

use super::{Home, OwnGroup, SettledGroup};
use crate::settlement::{Mode, Settlements};

/// The service for balances over all groups.
pub(crate) struct Homes {
    settlements: Arc<Settlements>,
}

impl Homes {
    pub(crate) fn new(settlements: Arc<Settlements>) -> Self {
        Self { settlements }
    }

    /// Returns the person's balances over these groups. The resolver has checked that the caller is this person and may
    /// see the groups.
    pub(crate) async fn home(&self, user: UserId, groups: Vec<OwnGroup>) -> Outcome<Home> {
        let settled = groups.into_iter().map(async |group| {
            let mode = Mode::of_members(group.simplify);
            let settlement = self.settlements.settle(group.id, &group.balances.ledger, mode).await?;
            Outcome::Ok(SettledGroup::new(user, group, settlement))
        });
        let settled: Vec<Option<SettledGroup>> = try_join_all(settled).await?;
        Ok(Home(settled.into_iter().flatten().collect()))
    }
}
