//! Who should pay whom so that nobody owes anything.
//!
//! [`settle`] proposes the fewest transfers per currency and says whether that is proved. Settling takes one transfer less
//! than there are people for each group of people whose balances add up to zero among themselves, so the fewest transfers come
//! from the most such groups.
//!
//! Of the plans with the fewest transfers it takes the *least*: transfers are ordered by payer, then receiver, then the larger
//! amount first, and plans by their least transfer that the other has not. This makes the plan canonical, and stable: once a
//! proposed transfer is booked, what is proposed is the old plan without it. For let `p` be the least plan, `e` in `p`, and `q`
//! the least plan after `e` is booked. `q` has no more transfers than `p` without `e`, so `q` with `e` is a plan with the fewest
//! transfers before `e`; and if `q` came before `p` without `e`, then `q` with `e` would come before `p`.
//!
//! Up to twenty people with a balance in a currency this always holds (in up to twenty currencies), and for more whenever the
//! search is quick enough.
//! Else the plan is the best of several good ones and never has more transfers than the usual greedy one.

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

/// A payment that is proposed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transfer<M> {
    /// Who pays.
    pub from: M,
    /// Who is paid.
    pub to: M,
    /// How much, more than zero.
    pub amount: Amount,
}

/// Payments that bring every balance to zero.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settlement<M> {
    /// Sorted by currency, payer and receiver.
    pub transfers: Vec<Transfer<M>>,
    /// Whether it is proved that fewer transfers cannot do.
    pub minimal: bool,
}

/// Why balances cannot be settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SettleRefusal {
    /// Somebody would be left over.
    #[error("the balances in {currency} do not add up to zero")]
    NotZeroSum {
        /// The currency in question.
        currency: Currency,
    },
    /// An amount does not fit an `i64` of minor units.
    #[error("the numbers are too large")]
    Overflow,
}

/// The fewest transfers that settle the nets, each from somebody who owes to somebody who is owed.
///
/// Takes up to a tenth of a second of pure computation for twenty people, and some tenths for more; never more than about
/// two seconds over all currencies together. Keep it off async threads.
pub fn settle<M: Ord + Clone>(nets: &Nets<M>) -> Result<Settlement<M>, SettleRefusal> {
    let mut settlement = Settlement { transfers: Vec::new(), minimal: true };
    let mut budget = Budget::new();
    // Small ones first: what is quick to settle is settled well, whatever the others take.
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
    // Stable: within a currency the transfers stay sorted by payer and receiver.
    settlement.transfers.sort_by_key(|transfer| transfer.amount.currency);
    Ok(settlement)
}

/// The transfers that follow who really paid for whom: one for each debt of the ledger.
///
/// Debts in a circle are proposed too, though nobody is poorer for them: only pairs are netted.
///
/// They are called minimal only where that is plain to see: when nobody takes part in two of them in one currency.
pub fn settle_debts<M: Ord + Clone>(debts: &Debts<M>) -> Settlement<M> {
    let mut transfers: Vec<Transfer<M>> = debts
        .iter()
        .map(|((from, to, currency), minor)| Transfer {
            from: from.clone(),
            to: to.clone(),
            amount: Amount::new(*minor, *currency),
        })
        .collect();
    // Stable, so payers and receivers stay sorted as in the map.
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
