//! Asks for debts.

use std::{collections::HashMap, sync::Arc};

use super::GroupDebts;
use crate::{
    balance::{Balances, ExpenseLedger, GroupBalances},
    settlement::{Mode, Settlements},
};
use contracts::{
    GroupId,
    ask::Asker,
    ledgers::ExpenseLedgers,
    roster::{FormerRosters, Roster, Rosters},
};
use futures::future::try_join_all;
use kit::{
    Caller, Outcome,
    settings::{ExposeSecret, SecretString},
};

/// The service for debts.
pub(crate) struct Debts {
    pub(crate) rosters: Arc<dyn Rosters>,
    pub(crate) former: FormerRosters,
    pub(crate) ledgers: Arc<dyn ExpenseLedgers>,
    pub(crate) balances: Arc<Balances>,
    pub(crate) settlements: Arc<Settlements>,
    pub(crate) service_key: SecretString,
}

impl Debts {
    /// Returns the settlements of those groups that the caller is or was in: groups confirms membership, expenses
    /// returns the ledgers.
    pub(crate) async fn of(&self, caller: &Caller, groups: &[GroupId]) -> Outcome<HashMap<GroupId, Arc<GroupDebts>>> {
        self.debts(caller, groups, false).await
    }

    /// Like [`Self::of`], where the members of a household settle as one.
    pub(crate) async fn per_household(
        &self,
        caller: &Caller,
        groups: &[GroupId],
    ) -> Outcome<HashMap<GroupId, Arc<GroupDebts>>> {
        self.debts(caller, groups, true).await
    }

    async fn debts(
        &self,
        caller: &Caller,
        groups: &[GroupId],
        per_household: bool,
    ) -> Outcome<HashMap<GroupId, Arc<GroupDebts>>> {
        let rosters = self.rosters_ever(caller, groups).await?;
        let found: Vec<GroupId> = rosters.keys().copied().collect();
        let asker = Asker::Service { key: self.service_key.expose_secret().to_owned(), trace: caller.trace };
        let ledgers = async { Ok(self.ledgers.ledgers(&asker, &found).await?) };
        let (mut ledgers, heads) = futures::try_join!(ledgers, self.balances.heads(&found))?;
        let user = caller.user()?;
        let debts = rosters.into_iter().map(|(group, roster)| {
            let ledger = ledgers.remove(&group).map(|of| of.ledger).unwrap_or_default().to_money();
            let expenses = ExpenseLedger { version: 0, ledger, has_debts: true };
            let head = heads.get(&group).map(Arc::as_ref);
            let payments_version = head.map_or(0, |head| head.version);
            let balances = GroupBalances::new(expenses, head, &roster, roster.simplify);
            async move {
                let balances = balances?;
                let balances = if per_household { balances.per_household(&roster)? } else { balances };
                let mode = Mode { simplify: roster.simplify, per_household };
                let settlement = self.settlements.settle(group, &balances.ledger, mode).await?;
                let own = roster.members.iter().find(|member| member.user_id == Some(user));
                let member = own.map(|own| own.member_id);
                let roster = Arc::new(roster);
                Outcome::Ok(
                    member.map(|member| Arc::new(GroupDebts { group, roster, member, settlement, payments_version })),
                )
            }
        });
        let debts = try_join_all(debts).await?;
        Ok(debts.into_iter().flatten().map(|debts| (debts.group, debts)).collect())
    }

    async fn rosters_ever(&self, caller: &Caller, groups: &[GroupId]) -> Outcome<HashMap<GroupId, Roster>> {
        let mut rosters = self.rosters.rosters(&caller.asker()?, groups).await?;
        let rest: Vec<GroupId> = groups.iter().filter(|group| !rosters.contains_key(group)).copied().collect();
        if !rest.is_empty() {
            rosters.extend(self.former.of(caller.user()?, &rest, caller.trace).await?);
        }
        Ok(rosters)
    }
}
