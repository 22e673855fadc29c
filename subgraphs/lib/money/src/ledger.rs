//! What the members' expenses and payments add up to.
//!
//! A *net* is positive when the member is owed and negative when the member owes. All nets of a currency add up to zero. A
//! *debt* remembers more: who really paid for whom, netted pairwise. For every member and currency, what it is owed less what
//! it owes in debts is its net.

use std::{cmp::Ordering, collections::BTreeMap};

use crate::{Amount, Currency, amount::adding_up};

/// Nets in minor units, per member and currency.
pub type Nets<M> = BTreeMap<(M, Currency), i64>;

/// Debts in minor units, per member who owes, member who is owed, and currency.
pub type Debts<M> = BTreeMap<(M, M, Currency), i64>;

/// What one expense or one payment does to a ledger.
///
/// A payment of `x` from F to T is an expense that F paid for T: `Entry::of(&[(F, x)], &[(T, x)], currency)`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry<M> {
    nets: Nets<M>,
    debts: Debts<M>,
}

/// The sum of many entries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ledger<M> {
    /// Every member with a history has a row per currency, also when the net is zero.
    pub nets: Nets<M>,
    /// Positive amounts; per pair and currency one direction only, and none when nothing is owed.
    pub debts: Debts<M>,
}

/// Why something cannot be booked. Each sentence may be shown to anybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LedgerRefusal {
    /// There is no payer or no share.
    #[error("there must be at least one payer and one share")]
    Nobody,
    /// A member is named twice among the payers or among the shares.
    #[error("a member is named twice")]
    Twice,
    /// What was paid is not what is shared.
    #[error("{}", adding_up(*.paid, "paid", *.shared, *.left))]
    DoesNotAddUp {
        /// What the payers paid.
        paid: Amount,
        /// What the shares make.
        shared: Amount,
        /// The shares less what was paid.
        left: Amount,
    },
    /// A sum does not fit an `i64` of minor units.
    #[error("the numbers are too large")]
    Overflow,
}

impl<M: Ord + Clone> Entry<M> {
    /// The entry of an expense: who paid what, and whose share is what, in minor units.
    ///
    /// With one payer, the others owe that payer their shares. With several, nobody paid for anybody in particular: whoever
    /// is owed by the entry is matched with whoever owes, both sorted by id, each until settled. That gives everybody exactly
    /// their net in fewer debts than there are members, and the same debts turned around for the same expense turned around.
    pub fn of(payers: &[(M, i64)], shares: &[(M, i64)], currency: Currency) -> Result<Self, LedgerRefusal> {
        let mut nets = by_member(payers)?;
        let owed = by_member(shares)?;
        check_sums(&nets, &owed, currency)?;
        for (member, share) in owed {
            *nets.entry(member).or_insert(0) -= share;
        }
        let debts = match_debts(&nets)
            .into_iter()
            .map(|(from, to, minor)| Ok(((from, to, currency), to_minor(minor)?)))
            .collect::<Result<_, _>>()?;
        let nets =
            nets.into_iter().map(|(member, net)| Ok(((member, currency), to_minor(net)?))).collect::<Result<_, _>>()?;
        Ok(Self { nets, debts })
    }

    /// The entry that undoes this one.
    pub fn reversed(&self) -> Result<Self, LedgerRefusal> {
        let turned = |(key, net): (&(M, Currency), &i64)| {
            let net = net.checked_neg().ok_or(LedgerRefusal::Overflow)?;
            Ok((key.clone(), net))
        };
        let debts =
            self.debts.iter().map(|((from, to, currency), minor)| ((to.clone(), from.clone(), *currency), *minor));
        Ok(Self { nets: self.nets.iter().map(turned).collect::<Result<_, _>>()?, debts: debts.collect() })
    }

    /// What the entry adds to each net; a zero for a member who paid exactly the own share.
    pub fn nets(&self) -> &Nets<M> {
        &self.nets
    }

    /// Who owes whom by this entry: positive amounts.
    pub fn debts(&self) -> &Debts<M> {
        &self.debts
    }
}

impl<M> Default for Ledger<M> {
    fn default() -> Self {
        Self { nets: BTreeMap::new(), debts: BTreeMap::new() }
    }
}

impl<M: Ord + Clone> Ledger<M> {
    /// Books an entry: all of it, or nothing when it is refused.
    pub fn apply(&mut self, entry: &Entry<M>) -> Result<(), LedgerRefusal> {
        self.add(&entry.nets, &entry.debts)
    }

    /// Adds another ledger, as payments to expenses: all of it, or nothing when it is refused.
    pub fn merge(&mut self, other: &Self) -> Result<(), LedgerRefusal> {
        self.add(&other.nets, &other.debts)
    }

    /// Whether the nets of each currency add up to zero, as they must.
    pub fn is_zero_sum(&self) -> bool {
        let mut sums = BTreeMap::new();
        for ((_, currency), net) in &self.nets {
            *sums.entry(*currency).or_insert(0_i128) += i128::from(*net);
        }
        sums.values().all(|sum| *sum == 0)
    }

    fn add(&mut self, nets: &Nets<M>, debts: &Debts<M>) -> Result<(), LedgerRefusal> {
        let mut next = self.clone();
        for (key, net) in nets {
            let sum = next.nets.entry(key.clone()).or_insert(0);
            *sum = sum.checked_add(*net).ok_or(LedgerRefusal::Overflow)?;
        }
        for ((from, to, currency), minor) in debts {
            next.owe((from, to, *currency), i128::from(*minor))?;
        }
        *self = next;
        Ok(())
    }

    /// Adds to the debt of one member to another, against what the other owes it.
    fn owe(&mut self, (from, to, currency): (&M, &M, Currency), minor: i128) -> Result<(), LedgerRefusal> {
        let there = (from.clone(), to.clone(), currency);
        let back = (to.clone(), from.clone(), currency);
        let owed = self.debts.remove(&there).map_or(0, i128::from);
        let owed_back = self.debts.remove(&back).map_or(0, i128::from);
        let debt = owed - owed_back + minor;
        let direction = match debt.cmp(&0) {
            Ordering::Greater => there,
            Ordering::Less => back,
            Ordering::Equal => return Ok(()),
        };
        self.debts.insert(direction, to_minor(debt.abs())?);
        Ok(())
    }
}

fn by_member<M: Ord + Clone>(rows: &[(M, i64)]) -> Result<BTreeMap<M, i128>, LedgerRefusal> {
    let sorted: BTreeMap<M, i128> = rows.iter().map(|(member, minor)| (member.clone(), i128::from(*minor))).collect();
    match sorted.len() {
        0 => Err(LedgerRefusal::Nobody),
        len if len < rows.len() => Err(LedgerRefusal::Twice),
        _ => Ok(sorted),
    }
}

fn check_sums<M>(
    paid: &BTreeMap<M, i128>,
    shared: &BTreeMap<M, i128>,
    currency: Currency,
) -> Result<(), LedgerRefusal> {
    // Sums of 64-bit numbers cannot leave 128 bits.
    let (paid, shared) = (paid.values().sum::<i128>(), shared.values().sum::<i128>());
    if paid == shared {
        return Ok(());
    }
    let amount = |minor| to_minor(minor).map(|minor| Amount::new(minor, currency));
    let (left, paid, shared) = (amount(shared - paid)?, amount(paid)?, amount(shared)?);
    Err(LedgerRefusal::DoesNotAddUp { paid, shared, left })
}

/// Lays what is owed and what owes side by side, each sorted by member, and reads off the overlaps.
fn match_debts<M: Ord + Clone>(nets: &BTreeMap<M, i128>) -> Vec<(M, M, i128)> {
    let mut creditors = nets.iter().filter(|(_, net)| **net > 0).map(|(member, net)| (member, *net));
    let mut debtors = nets.iter().filter(|(_, net)| **net < 0).map(|(member, net)| (member, -net));
    let (mut creditor, mut debtor) = (creditors.next(), debtors.next());
    let mut debts = Vec::new();
    while let (Some((to, owed)), Some((from, owes))) = (creditor, debtor) {
        let minor = owed.min(owes);
        debts.push((from.clone(), to.clone(), minor));
        creditor = if owed > minor { Some((to, owed - minor)) } else { creditors.next() };
        debtor = if owes > minor { Some((from, owes - minor)) } else { debtors.next() };
    }
    debts
}

fn to_minor(value: i128) -> Result<i64, LedgerRefusal> {
    i64::try_from(value).map_err(|_| LedgerRefusal::Overflow)
}
