//! Use cases of reminders: remind, mute, unmute.

use std::{collections::HashMap, sync::Arc};

use contracts::{
    Event, GroupId, MemberId, Timestamp,
    event::{OwedFacts, ReminderFacts},
    ledger::GroupLedger,
    roster::{Roster, Rosters, group_not_found},
};
use kit::{
    Caller, Clock, Outcome,
    journal::{Change, Journal},
    role::Resources,
};

use super::{Mute, Pair, store::ReminderStore};
use crate::{config::Config, debt::Debts, refusal::Refusal};

/// The service for reminders.
pub(crate) struct Reminders {
    store: ReminderStore,
    journal: Arc<Journal<GroupLedger>>,
    debts: Arc<Debts>,
    rosters: Arc<dyn Rosters>,
    clock: Clock,
}

impl Reminders {
    pub(crate) fn new(
        resources: &Resources<Config, GroupLedger>,
        debts: Arc<Debts>,
        rosters: Arc<dyn Rosters>,
    ) -> Self {
        Self {
            store: ReminderStore::new(&resources.database),
            journal: Arc::clone(&resources.journal),
            debts,
            rosters,
            clock: resources.clock.clone(),
        }
    }

    /// Creates the indexes.
    pub(crate) async fn prepare(&self) -> Outcome<()> {
        self.store.prepare().await
    }

    /// Reminds a debtor of the caller, once a day over all groups. The caller does not learn whether the debtor has
    /// muted reminders.
    pub(crate) async fn remind(&self, caller: &Caller, group: GroupId, debtor: MemberId) -> Outcome<()> {
        let user = caller.user()?;
        let debts = self.debts.of(caller, &[group]).await?.remove(&group).ok_or_else(group_not_found)?;
        let creditor = debts.roster.active_member_of(user).ok_or_else(group_not_found)?.member_id;
        let member = debts.roster.member(debtor).ok_or(Refusal::NotAMember { field: "memberId" })?;
        let reminded = member.user_id.ok_or(Refusal::GuestReminded)?;
        let owed: Vec<_> =
            debts.owed_by(debtor).into_iter().map(|transfer| OwedFacts { amount: transfer.amount }).collect();
        if owed.is_empty() {
            return Err(Refusal::OwesNothing.into());
        }
        let muted = self.store.is_muted(&Mute::new(group, debtor, creditor)).await?;
        let event = Event::PaymentReminded(ReminderFacts { group_id: group, debtor, creditor, owed, muted });
        let keep = self.store.keep(&Pair { debtor: reminded, creditor: user }, self.clock.now())?;
        self.journal.commit(Change::new(group.0, event).by(caller).writing([keep])).await?;
        Ok(())
    }

    /// Stores whether the caller mutes reminders by a member.
    pub(crate) async fn mute(&self, caller: &Caller, group: GroupId, creditor: MemberId, muted: bool) -> Outcome<()> {
        let user = caller.user()?;
        let mut rosters = self.rosters.rosters(&caller.asker()?, &[group]).await?;
        let roster = rosters.remove(&group).ok_or_else(group_not_found)?;
        let debtor = roster.active_member_of(user).ok_or_else(group_not_found)?.member_id;
        roster.member(creditor).ok_or(Refusal::NotAMember { field: "memberId" })?;
        self.store.set_muted(&Mute::new(group, debtor, creditor), muted).await
    }

    /// Returns the members whose reminders the caller, a present member, has muted.
    pub(crate) async fn muted(&self, caller: &Caller, roster: &Roster) -> Outcome<Vec<MemberId>> {
        let own = roster.active_member_of(caller.user()?).ok_or_else(group_not_found)?;
        self.store.muted(roster.group_id, own.member_id).await
    }

    /// Returns the time of the last reminder of each pair; omits pairs without one.
    pub(crate) async fn last(&self, pairs: &[Pair]) -> Outcome<HashMap<Pair, Timestamp>> {
        self.store.last(pairs).await
    }
}
