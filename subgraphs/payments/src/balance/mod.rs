//! Balances: the sum of a group's expense nets and payment nets.

mod household;
pub(crate) mod operations;
mod shared_states;
mod watch;

use std::{collections::BTreeMap, sync::Arc};

use contracts::{MemberId, ledger::GroupLedger, ledgers::LedgerOfGroup, roster::Roster};
use kit::{Failure, Outcome, journal::Head};
use money::Ledger;

pub(crate) use operations::Balances;
pub(crate) use shared_states::State;
pub(crate) use watch::GroupWatches;

/// The expense nets of a group, as the subgraph expenses returns them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ExpenseLedger {
    /// Increases with every change of the expenses.
    pub(crate) version: i64,
    pub(crate) ledger: Ledger<MemberId>,
    /// Whether it includes debts, which are needed only if the group does not simplify debts.
    pub(crate) has_debts: bool,
}

impl TryFrom<LedgerOfGroup> for ExpenseLedger {
    type Error = Failure;

    fn try_from(of: LedgerOfGroup) -> Outcome<Self> {
        let version = of.ledger_version.ok_or_else(|| Failure::internal("expenses does not tell its ledger's version"));
        Ok(Self { version: version?, ledger: of.ledger.to_money(), has_debts: true })
    }
}

/// The balances of a group at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct GroupBalances {
    /// The ledger of expenses and payments together.
    pub(crate) ledger: Arc<Ledger<MemberId>>,
    /// Increases with every change of either: it is the sum of both versions, which only increase.
    pub(crate) ledger_version: i32,
}

impl GroupBalances {
    /// Adds payments to expenses. Fails on inconsistent data, so that no wrong balance is shown.
    pub(crate) fn new(
        expenses: ExpenseLedger,
        payments: Option<&Head<GroupLedger>>,
        roster: &Roster,
        simplify: bool,
    ) -> Outcome<Self> {
        let ExpenseLedger { version, mut ledger, has_debts } = expenses;
        if !simplify && !has_debts {
            return Err(Failure::internal("the debts of the expenses are required without simplifying"));
        }
        if !ledger.is_zero_sum() {
            return Err(Failure::internal("the nets of the expenses do not add up to zero"));
        }
        if has_debts && !debts_explain_nets(&ledger) {
            return Err(Failure::internal("the debts of the expenses do not match their nets"));
        }
        if let Some(head) = payments {
            ledger.merge(&head.ledger.to_money()).map_err(Failure::internal)?;
        }
        if simplify {
            // The debts of the expenses are missing here, so the debts of the payments alone would be misleading.
            ledger.debts.clear();
        }
        if let Some((stranger, _)) = ledger.nets.keys().find(|(member, _)| roster.member(*member).is_none()) {
            return Err(Failure::internal(format!("{stranger} has a balance but is not in the group")));
        }
        let version = version.checked_add(payments.map_or(0, |head| head.ledger_version));
        let ledger_version = version.and_then(|version| i32::try_from(version).ok());
        let ledger_version = ledger_version.ok_or_else(|| Failure::internal("the ledger's version is too large"))?;
        Ok(Self { ledger: Arc::new(ledger), ledger_version })
    }

    /// Returns the balances in which members of a household have one together: that of the member who owes or is owed
    /// the most of it.
    pub(crate) fn per_household(&self, roster: &Roster) -> Outcome<Self> {
        let ledger = household::per_household(&self.ledger, roster)?;
        Ok(Self { ledger: Arc::new(ledger), ..*self })
    }
}

/// Whether each member's net equals what the member is owed by the debts, less what the member owes.
fn debts_explain_nets(ledger: &Ledger<MemberId>) -> bool {
    // A sum of 64-bit numbers cannot overflow 128 bits.
    let mut left: BTreeMap<_, i128> = ledger.nets.iter().map(|(key, net)| (*key, i128::from(*net))).collect();
    for ((from, to, currency), minor) in &ledger.debts {
        *left.entry((*from, *currency)).or_default() += i128::from(*minor);
        *left.entry((*to, *currency)).or_default() -= i128::from(*minor);
    }
    left.values().all(|left| *left == 0)
}
