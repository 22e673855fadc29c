//! Spending reports. The stored sums give a small number of [`Spent`] rows, from which each part of a report is summed
//! here, exactly and in a fixed order.

use std::{cmp::Reverse, collections::BTreeMap};

use contracts::{GroupId, MemberId};
use kit::{Failure, Outcome};
use money::{Amount, Currency};

use super::month::{Month, Range};

/// A report names so many categories of each currency, and one more for all the others.
const MOST_CATEGORIES: usize = 100;

/// The category of what is in no other.
const OTHER: &str = "other";

/// The spending of one group, category, month and currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Spent {
    pub(crate) group_id: GroupId,
    pub(crate) category: String,
    pub(crate) month: Month,
    pub(crate) currency: Currency,
    pub(crate) amount_minor: i64,
    /// The number of expenses.
    pub(crate) count: i64,
}

/// What one member paid and owes in one period and currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MemberSpent {
    pub(crate) member_id: MemberId,
    pub(crate) currency: Currency,
    pub(crate) paid_minor: i64,
    /// The sum of the member's shares.
    pub(crate) share_minor: i64,
}

/// The input of a group's report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Figures {
    pub(crate) spent: Vec<Spent>,
    pub(crate) by_member: Vec<MemberSpent>,
    /// The version of the group's expense stream up to which events are counted.
    pub(crate) up_to_version: i64,
}

/// The spending of a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct GroupReport {
    /// Sorted by currency, then by total (largest first), then by name.
    pub(crate) by_category: Vec<CategoryTotal>,
    /// Sorted by month, then by currency.
    pub(crate) by_month: Vec<MonthTotal>,
    /// Sorted by member, then by currency.
    pub(crate) by_member: Vec<MemberTotal>,
    /// One total per currency.
    pub(crate) total: Vec<Amount>,
    /// The version of the group's expense stream up to which events are counted.
    pub(crate) up_to_version: i64,
}

/// One person's shares over all groups.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SpendingReport {
    /// Sorted by currency, then by total (largest first), then by name.
    pub(crate) by_category: Vec<CategoryTotal>,
    /// Sorted by month, then by currency.
    pub(crate) by_month: Vec<MonthTotal>,
    /// Sorted by currency, then by total (largest first), then by group.
    pub(crate) by_group: Vec<(GroupId, Amount)>,
    /// One total per currency.
    pub(crate) total: Vec<Amount>,
}

/// The spending in one category and currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CategoryTotal {
    pub(crate) category: String,
    pub(crate) total: Amount,
    /// The number of expenses.
    pub(crate) count: i64,
}

/// The spending in one month and currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MonthTotal {
    pub(crate) month: Month,
    pub(crate) total: Amount,
    /// In the currency of the total; the largest first, then by name.
    pub(crate) by_category: Vec<CategoryTotal>,
}

/// What one member paid and owes, in one currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MemberTotal {
    pub(crate) member_id: MemberId,
    pub(crate) paid: Amount,
    /// The sum of the member's shares.
    pub(crate) share: Amount,
}

impl GroupReport {
    /// Builds the report for a range; fails if a sum overflows.
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
    /// Builds the report for a range from one person's shares; fails if a sum overflows.
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

fn by_category<'a>(spent: impl IntoIterator<Item = &'a Spent> + Clone) -> Outcome<Vec<CategoryTotal>> {
    let totals = sums(spent.clone(), |row| ((row.currency, row.category.clone()), row.amount_minor))?;
    let mut counts = sums(spent, |row| ((row.currency, row.category.clone()), row.count))?;
    let row = |(key, minor): ((Currency, String), i64)| {
        let count = counts.remove(&key).unwrap_or(0);
        let (currency, category) = key;
        CategoryTotal { category, total: Amount::new(minor, currency), count }
    };
    let mut rows: Vec<CategoryTotal> = totals.into_iter().map(row).collect();
    // A stable sort: equal totals stay sorted by name.
    rows.sort_by_key(|row| (row.total.currency, Reverse(row.total.minor)));
    bounded(rows)
}

/// The largest categories of each currency; the others are counted as [`OTHER`], so that the rows still add up.
fn bounded(rows: Vec<CategoryTotal>) -> Outcome<Vec<CategoryTotal>> {
    let mut kept: Vec<CategoryTotal> = Vec::new();
    let mut in_currency = 0;
    for row in rows {
        let is_first = kept.last().is_none_or(|last| last.total.currency != row.total.currency);
        in_currency = if is_first { 1 } else { in_currency + 1 };
        if in_currency <= MOST_CATEGORIES {
            kept.push(row);
            continue;
        }
        let others = kept.iter().position(|kept| kept.total.currency == row.total.currency && kept.category == OTHER);
        match others.map(|place| &mut kept[place]) {
            Some(others) => {
                let minor = others.total.minor.checked_add(row.total.minor);
                others.total.minor = minor.ok_or_else(|| Failure::internal("a sum beyond measure"))?;
                others.count += row.count;
            }
            None => kept.push(CategoryTotal { category: OTHER.to_owned(), ..row }),
        }
    }
    kept.sort_by_key(|row| (row.total.currency, Reverse(row.total.minor)));
    Ok(kept)
}

/// Returns all months of the range in each currency that occurs. An open end of the range is the first or last month
/// with spending.
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
    let mut rows: BTreeMap<(Month, Currency), Vec<&Spent>> = BTreeMap::new();
    for row in spent {
        rows.entry((row.month, row.currency)).or_default().push(row);
    }
    let row = |(key, minor): ((Month, Currency), i64)| {
        let (month, currency) = key;
        let by_category = by_category(rows.remove(&key).unwrap_or_default())?;
        Ok(MonthTotal { month, total: Amount::new(minor, currency), by_category })
    };
    sums.into_iter().map(row).collect()
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

/// Sums the rows by key; fails on overflow.
fn sums<'a, T: 'a, K: Ord>(
    spent: impl IntoIterator<Item = &'a T>,
    row: impl Fn(&T) -> (K, i64),
) -> Outcome<BTreeMap<K, i64>> {
    let mut sums = BTreeMap::new();
    for (key, value) in spent.into_iter().map(row) {
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
    fn the_small_categories_of_a_currency_are_counted_together() {
        let euro = Currency::from_code("EUR").unwrap();
        let row = |minor: i64| CategoryTotal { category: minor.to_string(), total: Amount::new(minor, euro), count: 1 };
        let rows = bounded((1..=150).rev().map(row).collect()).unwrap();
        assert_eq!(rows.len(), MOST_CATEGORIES + 1);
        let others = CategoryTotal { category: OTHER.to_owned(), total: Amount::new(50 * 51 / 2, euro), count: 50 };
        assert_eq!((&rows[0], &rows[1]), (&others, &row(150)));
        let few: Vec<CategoryTotal> = (1..=100).rev().map(row).collect();
        assert_eq!(bounded(few.clone()).unwrap(), few);
    }

    #[test]
    fn months_without_spending_are_filled_with_zero() {
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
    fn each_month_has_its_categories() {
        let row = |category: &str, month, minor| Spent { category: category.to_owned(), ..row(month, "EUR", minor) };
        let spent = [row("dining", "2026-01", 5), row("rent", "2026-01", 90), row("dining", "2026-03", 7)];
        let months = by_month(&spent, Range::default()).unwrap();
        let categories = |month: &MonthTotal| -> Vec<(String, i64)> {
            month.by_category.iter().map(|row| (row.category.clone(), row.total.minor)).collect()
        };
        let [january, february, march] = &months[..] else { panic!("three months") };
        assert_eq!(categories(january), [("rent".to_owned(), 90), ("dining".to_owned(), 5)]);
        assert_eq!(categories(february), []);
        assert_eq!(categories(march), [("dining".to_owned(), 7)]);
    }

    #[test]
    fn a_mistyped_year_does_not_fill_in_centuries() {
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
    fn an_overflowing_sum_fails() {
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
