//! Use cases of balances: read them as of now and as of a past moment.

use std::{collections::HashMap, sync::Arc};

use contracts::{
    GroupId, MemberId, Timestamp, Trace,
    ask::Asker,
    ledger::GroupLedger,
    nets::{NetRow, Nets},
    roster::Rosters,
};
use kit::{
    Caller, Clock, Failure, Outcome,
    journal::{Head, Journal},
    role::Resources,
    settings::{ExposeSecret, SecretString},
};
use money::{Ledger, ledger};

use crate::config::Config;

/// How far the last entry of a group may be dated after the clock, in milliseconds.
const AHEAD_MS: i64 = 60_000;

/// The service for balances.
pub(crate) struct Balances {
    journal: Arc<Journal<GroupLedger>>,
    past: Arc<dyn Nets>,
    rosters: Arc<dyn Rosters>,
    service_key: SecretString,
    clock: Clock,
}

impl Balances {
    pub(crate) fn new(
        resources: &Resources<Config, GroupLedger>,
        past: Arc<dyn Nets>,
        rosters: Arc<dyn Rosters>,
    ) -> Self {
        Self {
            journal: Arc::clone(&resources.journal),
            past,
            rosters,
            service_key: resources.settings.service_key.clone(),
            clock: resources.clock.clone(),
        }
    }

    /// Returns the ledger heads of these groups; omits groups without payments.
    pub(crate) async fn heads(&self, groups: &[GroupId]) -> Outcome<HashMap<GroupId, Arc<Head<GroupLedger>>>> {
        let streams: Vec<_> = groups.iter().map(|group| group.0).collect();
        let heads = self.journal.heads(&streams).await?;
        Ok(heads.into_iter().filter_map(|head| Some((head.stream.parse().ok()?, head))).collect())
    }

    /// Returns the payment nets of a group at a moment; empty if the caller may not see the group.
    pub(crate) async fn payment_nets_at(&self, caller: &Caller, group: GroupId, at: Timestamp) -> Outcome<Vec<NetRow>> {
        let rosters = self.rosters.rosters(&caller.asker()?, &[group]).await?;
        if rosters.contains_key(&group) { self.journal.snapshot_at(group.0, at).await } else { Ok(Vec::new()) }
    }

    /// Returns the nets of a group's expenses and payments at a moment. The caller must have been checked to see the
    /// group.
    pub(crate) async fn at(&self, caller: &Caller, group: GroupId, at: Timestamp) -> Outcome<ledger::Nets<MemberId>> {
        self.add_up(&caller.asker()?, group, at).await
    }

    /// Returns the present nets of a group's expenses and payments, asked with the service key: for somebody who has
    /// left the group and settles their own balance.
    pub(crate) async fn now(&self, trace: Trace, group: GroupId) -> Outcome<ledger::Nets<MemberId>> {
        let asker = Asker::Service { key: self.service_key.expose_secret().to_owned(), trace };
        // The entries of a group have strictly increasing times, so the last one may be dated after the clock.
        self.add_up(&asker, group, self.clock.now().plus_ms(AHEAD_MS)).await
    }

    async fn add_up(&self, asker: &Asker, group: GroupId, at: Timestamp) -> Outcome<ledger::Nets<MemberId>> {
        let (expenses, payments) =
            tokio::join!(self.past.nets_at(asker, group, at), self.journal.snapshot_at(group.0, at));
        let mut ledger = Ledger::default();
        for rows in [expenses?, payments?] {
            let nets = rows.iter().map(|row| ((row.member_id, row.currency), row.amount_minor)).collect();
            ledger.merge(&Ledger { nets, ..Ledger::default() }).map_err(Failure::internal)?;
        }
        if ledger.is_zero_sum() { Ok(ledger.nets) } else { Err(Failure::internal("past nets do not add up to zero")) }
    }
}
