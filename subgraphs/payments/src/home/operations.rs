//! Settling all of a person's groups.

use std::sync::Arc;

use contracts::UserId;
use futures::future::try_join_all;
use kit::Outcome;

use super::{Home, OwnGroup, SettledGroup};
use crate::settlement::Settlements;

/// The service of home totals.
pub(crate) struct Homes {
    settlements: Arc<Settlements>,
}

impl Homes {
    pub(crate) fn new(settlements: Arc<Settlements>) -> Self {
        Self { settlements }
    }

    /// All that a person is owed and owes in these groups. That the caller is this person, and may see the groups, was
    /// checked by whoever brings them.
    pub(crate) async fn home(&self, user: UserId, groups: Vec<OwnGroup>) -> Outcome<Home> {
        let settled = groups.into_iter().map(async |group| {
            let settlement = self.settlements.settle(group.id, &group.balances.ledger, group.simplify).await?;
            Outcome::Ok(SettledGroup::new(user, group, settlement))
        });
        let settled: Vec<Option<SettledGroup>> = try_join_all(settled).await?;
        Ok(Home(settled.into_iter().flatten().collect()))
    }
}
