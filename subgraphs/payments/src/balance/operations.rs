//! Reading balances, now and in the past.

use std::{collections::HashMap, sync::Arc};

use contracts::{
    GroupId, MemberId, Timestamp,
    ledger::GroupLedger,
    nets::{NetRow, Nets},
    roster::Rosters,
};
use kit::{
    Caller, Failure, Outcome,
    journal::{Head, Journal},
    role::Resources,
};
use money::{Ledger, ledger};

use crate::Config;

/// The service of balances.
pub(crate) struct Balances {
    journal: Arc<Journal<GroupLedger>>,
    past: Arc<dyn Nets>,
    rosters: Arc<dyn Rosters>,
}

impl Balances {
    pub(crate) fn new(
        resources: &Resources<Config, GroupLedger>,
        past: Arc<dyn Nets>,
        rosters: Arc<dyn Rosters>,
    ) -> Self {
        Self { journal: Arc::clone(&resources.journal), past, rosters }
    }

    /// What the payments of each of these groups add up to; groups before their first payment are left out.
    pub(crate) async fn heads(&self, groups: &[GroupId]) -> Outcome<HashMap<GroupId, Arc<Head<GroupLedger>>>> {
        let streams: Vec<_> = groups.iter().map(|group| group.0).collect();
        let heads = self.journal.heads(&streams).await?;
        Ok(heads.into_iter().filter_map(|head| Some((head.stream.parse().ok()?, Arc::new(head)))).collect())
    }

    /// What the payments of a group had added to each balance at a moment; nothing for a group that the caller may not see.
    pub(crate) async fn payment_nets_at(&self, caller: &Caller, group: GroupId, at: Timestamp) -> Outcome<Vec<NetRow>> {
        let rosters = self.rosters.rosters(&caller.asker()?, &[group]).await?;
        if rosters.contains_key(&group) { self.journal.snapshot_at(group.0, at).await } else { Ok(Vec::new()) }
    }

    /// What a group's expenses and payments added up to at a moment. The caller is known to see the group.
    pub(crate) async fn at(&self, caller: &Caller, group: GroupId, at: Timestamp) -> Outcome<ledger::Nets<MemberId>> {
        let asker = caller.asker()?;
        let (expenses, payments) =
            tokio::join!(self.past.nets_at(&asker, group, at), self.journal.snapshot_at(group.0, at));
        let mut ledger = Ledger::default();
        for rows in [expenses?, payments?] {
            let nets = rows.iter().map(|row| ((row.member_id, row.currency), row.amount_minor)).collect();
            ledger.merge(&Ledger { nets, ..Ledger::default() }).map_err(Failure::internal)?;
        }
        if ledger.is_zero_sum() { Ok(ledger.nets) } else { Err(Failure::internal("past nets do not add up to zero")) }
    }
}
