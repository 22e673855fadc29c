//! The sum of expenses and payments per member.
//!
//! A *net* is positive if the member is owed and negative if the member owes. All nets of a currency add up to zero. A
//! *debt* also records who paid for whom, netted pairwise. For each member and currency, the net equals the debts owed to
//! the member minus the debts that the member owes.

use std::{cmp::Ordering, collections::BTreeMap};

use crate::{Amount, Currency, amount::adding_up};

/// Nets in minor units, by member and currency.
pub type Nets<M> = BTreeMap<(M, Currency), i64>;

/// Debts in minor units, by debtor, creditor and currency.
pub type Debts<M> = BTreeMap<(M, M, Currency), i64>;

/// The effect of one expense or payment on a ledger.
///
/// A payment of `x` from F to T is equivalent to an expense that F paid for T: `Entry::of(&[(F, x)], &[(T, x)],
/// currency)`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry<M> {
    nets: Nets<M>,
    debts: Debts<M>,
}

/// The sum of entries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ledger<M> {
    /// Contains a row for each member and currency that occur in an entry, even if the net is zero.
    pub nets: Nets<M>,
    /// Positive amounts. For each pair and currency there is at most one direction, and no row if nothing is owed.
    pub debts: Debts<M>,
}

/// Why an entry is refused. All messages may be shown to clients.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LedgerRefusal {
    /// There is no payer or no share.
    #[error("there must be at least one payer and one share")]
    Nobody,
    /// A member appears twice among the payers or among the shares.
    #[error("a member is named twice")]
    Twice,
    /// The payers' amounts and the shares have different sums.
    #[error("{}", adding_up(*.paid, "paid", *.shared, *.left))]
    DoesNotAddUp {
        /// The sum of the payers' amounts.
        paid: Amount,
        /// The sum of the shares.
        shared: Amount,
        /// The sum of the shares minus the sum of the payers' amounts.
        left: Amount,
    },
    /// A sum does not fit an `i64` of minor units.
    #[error("the numbers are too large")]
    Overflow,
}

impl<M: Ord + Clone> Entry<M> {
    /// Creates the entry of an expense from the payers' amounts and the members' shares, in minor units.
    ///
    /// With one payer, the others owe that payer their shares. With several payers, it is not defined who paid for
    /// whom: the members with a positive net are matched with those with a negative net, both sorted by id, each until
    /// settled. The debts then give exactly the nets, there are fewer debts than members, and the reversed expense has
    /// the reversed debts.
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

    /// Returns the entry that reverses this one.
    pub fn reversed(&self) -> Result<Self, LedgerRefusal> {
        let turned = |(key, net): (&(M, Currency), &i64)| {
            let net = net.checked_neg().ok_or(LedgerRefusal::Overflow)?;
            Ok((key.clone(), net))
        };
        let debts =
            self.debts.iter().map(|((from, to, currency), minor)| ((to.clone(), from.clone(), *currency), *minor));
        Ok(Self { nets: self.nets.iter().map(turned).collect::<Result<_, _>>()?, debts: debts.collect() })
    }

    /// The change of each net; zero for a member who paid exactly the own share.
    pub fn nets(&self) -> &Nets<M> {
        &self.nets
    }

    /// The debts that this entry adds; positive amounts.
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
    /// Adds an entry. If it is refused, the ledger does not change.
    pub fn apply(&mut self, entry: &Entry<M>) -> Result<(), LedgerRefusal> {
        self.add(&entry.nets, &entry.debts)
    }

    /// Adds another ledger, such as that of payments to that of expenses. If it is refused, this ledger does not
    /// change.
    pub fn merge(&mut self, other: &Self) -> Result<(), LedgerRefusal> {
        self.add(&other.nets, &other.debts)
    }

    /// Whether the nets of each currency add up to zero, which is an invariant of a valid ledger.
    pub fn is_zero_sum(&self) -> bool {
        let mut sums = BTreeMap::new();
        for ((_, currency), net) in &self.nets {
            *sums.entry(*currency).or_insert(0_i128) += i128::from(*net);
        }
        sums.values().all(|sum| *sum == 0)
    }

    /// Returns the ledger in which members are represented by others: their nets are added up, and debts among those with
    /// the same representative vanish. In each currency every member has one representative.
    pub fn represented(&self, representative: impl Fn(&M, Currency) -> M) -> Result<Self, LedgerRefusal> {
        let mut together = Self::default();
        for ((member, currency), net) in &self.nets {
            let sum = together.nets.entry((representative(member, *currency), *currency)).or_insert(0);
            *sum = sum.checked_add(*net).ok_or(LedgerRefusal::Overflow)?;
        }
        for ((from, to, currency), minor) in &self.debts {
            let (from, to) = (representative(from, *currency), representative(to, *currency));
            if from != to {
                together.owe((&from, &to, *currency), i128::from(*minor))?;
            }
        }
        Ok(together)
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

    /// Adds to the debt of one member to another, netted against the debt in the other direction.
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
    // Sums of 64-bit numbers cannot overflow 128 bits.
    let (paid, shared) = (paid.values().sum::<i128>(), shared.values().sum::<i128>());
    if paid == shared {
        return Ok(());
    }
    let amount = |minor| to_minor(minor).map(|minor| Amount::new(minor, currency));
    let (left, paid, shared) = (amount(shared - paid)?, amount(paid)?, amount(shared)?);
    Err(LedgerRefusal::DoesNotAddUp { paid, shared, left })
}

/// Matches debtors with creditors, both sorted by member: each pair gets the largest debt that settles one of them.
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
