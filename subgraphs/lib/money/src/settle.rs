//! Proposes who should pay whom to settle all balances.
//!
//! [`settle`] proposes the fewest transfers per currency and states whether their number is proved to be minimal. A
//! group of `n` people whose balances add up to zero (a *zero-sum group*) is settled by `n - 1` transfers, so the
//! fewest transfers follow from a partition into the most zero-sum groups.
//!
//! Of the plans with the fewest transfers, it chooses the *least*. Transfers are ordered by payer, then receiver, then
//! the larger amount first; plans are ordered by their least transfer that the other plan does not contain. This makes
//! the plan canonical and stable: after a proposed transfer is booked, the new plan is the old plan without it. Proof:
//! let `p` be the least plan, `e` a transfer in `p`, and `q` the least plan after `e` is booked. `q` has no more
//! transfers than `p` without `e`, so `q` with `e` is a plan with the fewest transfers before `e`. If `q` came before
//! `p` without `e`, then `q` with `e` would come before `p`, which contradicts that `p` is the least plan.
//!
//! This always holds for up to twenty people with a balance in a currency (in up to twenty currencies), and for more if
//! the search stays within its budget. Otherwise the plan is the best of several heuristics and never has more
//! transfers than the usual greedy plan.

mod budget;
mod exact;
mod groups;
mod large;
mod moves;

use std::collections::{BTreeMap, BTreeSet};

use budget::Budget;
use moves::{Move, Open, Plan};

use crate::{
    Amount, Currency,
    ledger::{Debts, Nets},
};

/// A proposed payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transfer<M> {
    /// The payer.
    pub from: M,
    /// The receiver.
    pub to: M,
    /// Always positive.
    pub amount: Amount,
}

/// Payments that settle all balances.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settlement<M> {
    /// Sorted by currency, payer and receiver.
    pub transfers: Vec<Transfer<M>>,
    /// Whether it is proved that no plan has fewer transfers.
    pub minimal: bool,
}

/// Why balances cannot be settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SettleRefusal {
    /// The balances of a currency do not add up to zero, so they cannot all be settled.
    #[error("the balances in {currency} do not add up to zero")]
    NotZeroSum {
        /// The currency.
        currency: Currency,
    },
    /// An amount does not fit an `i64` of minor units.
    #[error("the numbers are too large")]
    Overflow,
}

/// Returns the fewest transfers that settle the nets, each from a debtor to a creditor.
///
/// CPU-bound: takes up to 0.1 seconds for twenty people, a few tenths of a second for more, and at most about two
/// seconds for all currencies together. Do not call it on an async thread.
pub fn settle<M: Ord + Clone>(nets: &Nets<M>) -> Result<Settlement<M>, SettleRefusal> {
    let mut settlement = Settlement { transfers: Vec::new(), minimal: true };
    let mut budget = Budget::new();
    // Small currencies first, so that large ones cannot use up the search budget before them.
    let mut by_size: Vec<_> = open_by_currency(nets).into_iter().collect();
    by_size.sort_by_key(|(currency, rows)| (rows.len(), *currency));
    for (currency, rows) in by_size {
        let open: Vec<Open> =
            rows.iter().enumerate().map(|(person, (_, balance))| Open { person, balance: *balance }).collect();
        if open.iter().map(|open| open.balance).sum::<i128>() != 0 {
            return Err(SettleRefusal::NotZeroSum { currency });
        }
        let Plan { mut moves, minimal } = plan(&open, &mut budget);
        moves.sort_by_key(|one| (one.from, one.to));
        for Move { from, to, minor } in moves {
            let minor = i64::try_from(minor).map_err(|_| SettleRefusal::Overflow)?;
            let (from, to) = (rows[from].0.clone(), rows[to].0.clone());
            settlement.transfers.push(Transfer { from, to, amount: Amount { minor, currency } });
        }
        settlement.minimal &= minimal;
    }
    // A stable sort: within a currency, transfers stay sorted by payer and receiver.
    settlement.transfers.sort_by_key(|transfer| transfer.amount.currency);
    Ok(settlement)
}

/// Returns transfers that follow who paid for whom: one for each debt of the ledger.
///
/// Circular debts are included, although they change no net: debts are netted only between pairs.
///
/// The settlement is marked as minimal only in the obvious case: no member takes part in two transfers of one currency.
pub fn settle_debts<M: Ord + Clone>(debts: &Debts<M>) -> Settlement<M> {
    let mut transfers: Vec<Transfer<M>> = debts
        .iter()
        .map(|((from, to, currency), minor)| Transfer {
            from: from.clone(),
            to: to.clone(),
            amount: Amount::new(*minor, *currency),
        })
        .collect();
    // A stable sort: payers and receivers stay sorted as in the map.
    transfers.sort_by_key(|transfer| transfer.amount.currency);
    let mut seen = BTreeSet::new();
    let minimal = transfers.iter().all(|Transfer { from, to, amount }| {
        [from, to].into_iter().all(|member| seen.insert((amount.currency, member.clone())))
    });
    Settlement { transfers, minimal }
}

fn open_by_currency<M: Ord>(nets: &Nets<M>) -> BTreeMap<Currency, Vec<(&M, i128)>> {
    let mut rows = BTreeMap::<_, Vec<_>>::new();
    for ((member, currency), net) in nets.iter().filter(|(_, net)| **net != 0) {
        rows.entry(*currency).or_default().push((member, i128::from(*net)));
    }
    rows
}

fn plan(open: &[Open], budget: &mut Budget) -> Plan {
    match exact::least_plan(open, budget) {
        Some(moves) => Plan { moves, minimal: true },
        None => large::good_plan(open, budget),
    }
}
