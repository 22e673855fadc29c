//! The changes of the sums that reports are read from. There is one document for each group, month and currency, and
//! one for each group, day and currency. The days are needed if a range does not start or end with a month.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use contracts::{Event, GroupId, MemberId, event::MemberAmount};
use money::Currency;

use super::{expense::Expense, month::Month};

/// The change of the sums of one group, period and currency.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Delta {
    pub(crate) categories: BTreeMap<String, Sum>,
    pub(crate) members: BTreeMap<MemberId, MemberDelta>,
}

/// An amount and the number of expenses that it comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sum {
    /// In minor units. 128 bits, so that a sum of valid amounts never overflows.
    pub(crate) minor: i128,
    /// The number of expenses.
    pub(crate) count: i64,
}

/// The change of one member's sums.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct MemberDelta {
    /// The amount that the member paid; the count includes all expenses in which the member paid or has a share.
    pub(crate) paid: Sum,
    /// The member's shares by category; the count includes the expenses in which the member's share is not zero.
    pub(crate) shares: BTreeMap<String, Sum>,
}

/// The period of a document of sums.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Period {
    Month(Month),
    Day(NaiveDate),
}

/// Identifies a document of sums.
pub(crate) type Key = (GroupId, Period, Currency);

/// Returns the changes of the sums by an event; empty unless it changes an expense.
pub(crate) fn deltas(event: &Event) -> BTreeMap<Key, Delta> {
    let mut deltas = BTreeMap::new();
    match event {
        Event::ExpenseCreated(expense) => add(&mut deltas, &Expense::of(expense), 1),
        Event::ExpenseRestored(change) => add(&mut deltas, &Expense::of(&change.after), 1),
        Event::ExpenseDeleted(change) => add(&mut deltas, &Expense::of(&change.after), -1),
        Event::ExpenseUpdated(change) => {
            add(&mut deltas, &Expense::of(&change.before), -1);
            add(&mut deltas, &Expense::of(&change.after), 1);
        }
        _ => {}
    }
    deltas.retain(|_, delta: &mut Delta| delta.drop_zeros());
    deltas
}

/// Returns what an expense adds to the sums.
pub(crate) fn deltas_of(expense: &Expense) -> BTreeMap<Key, Delta> {
    let mut deltas = BTreeMap::new();
    add(&mut deltas, expense, 1);
    deltas
}

/// Adds (`sign` 1) or subtracts (-1) an expense.
fn add(deltas: &mut BTreeMap<Key, Delta>, expense: &Expense, sign: i64) {
    for period in [Period::Month(Month::of(expense.date)), Period::Day(expense.date)] {
        let delta = deltas.entry((expense.group_id, period, expense.total.currency)).or_default();
        delta.add(expense, sign);
    }
}

impl Delta {
    fn add(&mut self, expense: &Expense, sign: i64) {
        self.categories.entry(expense.category.clone()).or_default().add(expense.total.minor, sign);
        for MemberAmount { member_id, amount_minor } in &expense.payers {
            self.members.entry(*member_id).or_default().paid.minor += i128::from(*amount_minor) * i128::from(sign);
        }
        for MemberAmount { member_id, amount_minor } in &expense.shares {
            let member = self.members.entry(*member_id).or_default();
            let share = member.shares.entry(expense.category.clone()).or_default();
            if *amount_minor != 0 {
                share.add(*amount_minor, sign);
            }
        }
        let concerned: BTreeSet<MemberId> =
            expense.payers.iter().chain(&expense.shares).map(|part| part.member_id).collect();
        for member in concerned {
            self.members.entry(member).or_default().paid.count += sign;
        }
    }

    /// Removes zero changes. Returns whether any change is left.
    fn drop_zeros(&mut self) -> bool {
        self.categories.retain(|_, sum| !sum.is_zero());
        for member in self.members.values_mut() {
            member.shares.retain(|_, sum| !sum.is_zero());
        }
        self.members.retain(|_, member| !member.paid.is_zero() || !member.shares.is_empty());
        !self.categories.is_empty() || !self.members.is_empty()
    }
}

impl Sum {
    fn add(&mut self, minor: i64, sign: i64) {
        self.minor += i128::from(minor) * i128::from(sign);
        self.count += sign;
    }

    fn is_zero(self) -> bool {
        self == Self::default()
    }
}
