//! Spending reports. The sums that are kept give few [`Spent`] rows; from these every part of a report is added up here,
//! exactly and in a fixed order.

use std::{cmp::Reverse, collections::BTreeMap};

use contracts::{GroupId, MemberId};
use kit::{Failure, Outcome};
use money::{Amount, Currency};

use super::month::{Month, Range};

/// What was spent in one group, category, month and currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Spent {
    /// In which group.
    pub(crate) group_id: GroupId,
    /// For what.
    pub(crate) category: String,
    /// When.
    pub(crate) month: Month,
    /// In which currency.
    pub(crate) currency: Currency,
    /// How much.
    pub(crate) amount_minor: i64,
    /// By how many expenses.
    pub(crate) count: i64,
}

/// What one member paid and had a share in, in one period and currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MemberSpent {
    /// Who.
    pub(crate) member_id: MemberId,
    /// In which currency.
    pub(crate) currency: Currency,
    /// What the member paid, in minor units.
    pub(crate) paid_minor: i64,
    /// What the member's shares make, in minor units.
    pub(crate) share_minor: i64,
}

/// All that a group's report is made from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Figures {
    /// The sums of its expenses.
    pub(crate) spent: Vec<Spent>,
    /// The sums of its members.
    pub(crate) by_member: Vec<MemberSpent>,
    /// The version of its stream of expenses up to which they count.
    pub(crate) up_to_version: i64,
}

/// What a group spent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct GroupReport {
    /// By currency, the largest first, then by name.
    pub(crate) by_category: Vec<CategoryTotal>,
    /// By month, then by currency.
    pub(crate) by_month: Vec<MonthTotal>,
    /// By member, then by currency.
    pub(crate) by_member: Vec<MemberTotal>,
    /// By currency.
    pub(crate) total: Vec<Amount>,
    /// The version of its stream of expenses up to which it counts.
    pub(crate) up_to_version: i64,
}

/// What one person's shares make over all groups.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SpendingReport {
    /// By currency, the largest first, then by name.
    pub(crate) by_category: Vec<CategoryTotal>,
    /// By month, then by currency.
    pub(crate) by_month: Vec<MonthTotal>,
    /// By currency, the largest first, then by group.
    pub(crate) by_group: Vec<(GroupId, Amount)>,
    /// By currency.
    pub(crate) total: Vec<Amount>,
}

/// What was spent for one purpose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CategoryTotal {
    /// For what.
    pub(crate) category: String,
    /// How much.
    pub(crate) total: Amount,
    /// By how many expenses.
    pub(crate) count: i64,
}

/// What was spent in one month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MonthTotal {
    /// When.
    pub(crate) month: Month,
    /// How much.
    pub(crate) total: Amount,
}

/// What one member paid and had a share in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MemberTotal {
    /// Who.
    pub(crate) member_id: MemberId,
    /// What the member paid.
    pub(crate) paid: Amount,
    /// What the member's shares make.
    pub(crate) share: Amount,
}

impl GroupReport {
    /// The report of a range.
    pub(crate) fn of(figures: &Figures, range: Range) -> Outcome<Self> {
        Ok(Self {
            by_category: by_category(&figures.spent)?,
            by_month: by_month(&figures.spent, range)?,
            by_member: by_member(&figures.by_member)?,
            total: total(&figures.spent)?,
            up_to_version: figures.up_to_version,
        })
    }
}

impl SpendingReport {
    /// The report of a range from one person's shares.
    pub(crate) fn of(shares: &[Spent], range: Range) -> Outcome<Self> {
        Ok(Self {
            by_category: by_category(shares)?,
            by_month: by_month(shares, range)?,
            by_group: by_group(shares)?,
            total: total(shares)?,
        })
    }
}

fn by_member(spent: &[MemberSpent]) -> Outcome<Vec<MemberTotal>> {
    let paid = sums(spent, |row| ((row.member_id, row.currency), row.paid_minor))?;
    let mut shares = sums(spent, |row| ((row.member_id, row.currency), row.share_minor))?;
    let row = |((member_id, currency), paid)| {
        let share = shares.remove(&(member_id, currency)).unwrap_or(0);
        MemberTotal { member_id, paid: Amount::new(paid, currency), share: Amount::new(share, currency) }
    };
    Ok(paid.into_iter().map(row).collect())
}

fn by_category(spent: &[Spent]) -> Outcome<Vec<CategoryTotal>> {
    let totals = sums(spent, |row| ((row.currency, row.category.clone()), row.amount_minor))?;
    let mut counts = sums(spent, |row| ((row.currency, row.category.clone()), row.count))?;
    let row = |(key, minor): ((Currency, String), i64)| {
        let count = counts.remove(&key).unwrap_or(0);
        let (currency, category) = key;
        CategoryTotal { category, total: Amount::new(minor, currency), count }
    };
    let mut rows: Vec<CategoryTotal> = totals.into_iter().map(row).collect();
    // Stable: what is equal stays sorted by name.
    rows.sort_by_key(|row| (row.total.currency, Reverse(row.total.minor)));
    Ok(rows)
}

/// Every month between the ends of the range, in each currency that occurs. Where the range is open
/// the months with spending are the ends.
fn by_month(spent: &[Spent], range: Range) -> Outcome<Vec<MonthTotal>> {
    let mut sums = sums(spent, |row| ((row.month, row.currency), row.amount_minor))?;
    let ends = sums.first_key_value().zip(sums.last_key_value());
    let Some((((first, _), _), ((last, _), _))) = ends else { return Ok(Vec::new()) };
    let first = range.from().map_or(*first, Month::of);
    let last = range.to().map_or(*last, Month::of);
    for Amount { currency, .. } in total(spent)? {
        for month in first.up_to(last) {
            sums.entry((month, currency)).or_insert(0);
        }
    }
    let row = |((month, currency), minor)| MonthTotal { month, total: Amount::new(minor, currency) };
    Ok(sums.into_iter().map(row).collect())
}

fn by_group(shares: &[Spent]) -> Outcome<Vec<(GroupId, Amount)>> {
    let sums = sums(shares, |row| ((row.currency, row.group_id), row.amount_minor))?;
    let row = |((currency, group), minor)| (group, Amount::new(minor, currency));
    let mut rows: Vec<(GroupId, Amount)> = sums.into_iter().map(row).collect();
    rows.sort_by_key(|(_, total)| (total.currency, Reverse(total.minor)));
    Ok(rows)
}

fn total(spent: &[Spent]) -> Outcome<Vec<Amount>> {
    let sums = sums(spent, |row| (row.currency, row.amount_minor))?;
    Ok(sums.into_iter().map(|(currency, minor)| Amount::new(minor, currency)).collect())
}

/// Exact sums by key; an overflow is a failure and never wraps.
fn sums<T, K: Ord>(spent: &[T], row: impl Fn(&T) -> (K, i64)) -> Outcome<BTreeMap<K, i64>> {
    let mut sums = BTreeMap::new();
    for (key, value) in spent.iter().map(row) {
        let sum: &mut i64 = sums.entry(key).or_insert(0);
        *sum = sum.checked_add(value).ok_or_else(|| Failure::internal("a sum of a report does not fit 64 bits"))?;
    }
    Ok(sums)
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;

    #[test]
    fn months_without_spending_are_there_with_zero() {
        let spent = [row("2025-11", "EUR", 5), row("2026-02", "EUR", 7)];
        assert_eq!(months(&spent, Range::default()), "2025-11 5, 2025-12 0, 2026-01 0, 2026-02 7");
    }

    #[test]
    fn the_ends_of_a_range_are_the_ends_of_the_months() {
        let spent = [row("2026-03", "EUR", 5)];
        let range = |from, to| Range::new(from, to).unwrap();
        assert_eq!(months(&spent, range(day("2026-02-10"), None)), "2026-02 0, 2026-03 5");
        assert_eq!(months(&spent, range(None, day("2026-04-30"))), "2026-03 5, 2026-04 0");
        assert_eq!(months(&spent, range(day("2026-03-01"), day("2026-03-31"))), "2026-03 5");
        assert_eq!(months(&[], range(day("2026-01-01"), day("2026-12-31"))), "");
    }

    #[test]
    fn every_currency_has_the_same_months() {
        let spent = [row("2026-01", "JPY", 500), row("2026-02", "EUR", 7)];
        assert_eq!(months(&spent, Range::default()), "2026-01 0, 2026-01 500, 2026-02 7, 2026-02 0");
    }

    #[test]
    fn a_mistyped_year_does_not_fill_centuries() {
        let spent = [row("0002-06", "EUR", 5), row("2026-06", "EUR", 7)];
        assert_eq!(months(&spent, Range::default()), "0002-06 5, 2026-06 7");
    }

    #[test]
    fn categories_are_sorted_by_currency_then_total_then_name() {
        let row = |category: &str, currency, minor| Spent {
            category: category.to_owned(),
            ..row("2026-01", currency, minor)
        };
        let spent =
            [row("b", "USD", 9), row("b", "EUR", 5), row("a", "EUR", 5), row("c", "EUR", 6), row("a", "EUR", -9)];
        let rows = by_category(&spent).unwrap();
        let rows: Vec<_> = rows.iter().map(|row| (row.category.as_str(), row.total.minor, row.count)).collect();
        assert_eq!(rows, [("c", 6, 1), ("b", 5, 1), ("a", -4, 2), ("b", 9, 1)]);
    }

    #[test]
    fn a_sum_that_does_not_fit_is_a_failure() {
        assert!(total(&[row("2026-01", "EUR", i64::MAX), row("2026-02", "EUR", 1)]).is_err());
        assert!(total(&[row("2026-01", "EUR", i64::MAX), row("2026-02", "USD", 1)]).is_ok());
    }

    fn row(month: &str, currency: &str, amount_minor: i64) -> Spent {
        Spent {
            group_id: GroupId::new(),
            category: "other".to_owned(),
            month: month.parse().unwrap(),
            currency: Currency::from_code(currency).unwrap(),
            amount_minor,
            count: 1,
        }
    }

    fn day(text: &str) -> Option<NaiveDate> {
        text.parse().ok()
    }

    fn months(spent: &[Spent], range: Range) -> String {
        let rows = by_month(spent, range).unwrap();
        rows.iter().map(|row| format!("{} {}", row.month, row.total.minor)).collect::<Vec<_>>().join(", ")
    }
}
