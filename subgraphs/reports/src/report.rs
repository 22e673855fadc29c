//! What was spent, summed. The database adds up the many expenses to few [`Spent`] rows; from these
//! every part of a report is summed here, exactly and in a fixed order.

use std::{cmp::Reverse, collections::BTreeMap, fmt, str::FromStr};

use chrono::{Datelike, NaiveDate};
use contracts::{GroupId, MemberId, amount};
use kit::{Failure, Outcome};
use money::{Amount, Currency};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

use crate::refusal::Refusal;

/// Months without spending are filled in up to this length: a hundred years. One mistyped date must
/// not make a report of a hundred thousand rows.
const MOST_MONTHS: i32 = 1_200;

/// The days that are counted, both ends included; a missing end is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Range {
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
}

impl Range {
    /// From a day to a day that is not before it.
    pub fn new(from: Option<NaiveDate>, to: Option<NaiveDate>) -> Result<Self, Refusal> {
        match (from, to) {
            (Some(from), Some(to)) if to < from => Err(Refusal::RangeTurnedAround),
            _ => Ok(Self { from, to }),
        }
    }

    /// The first day.
    pub fn from(&self) -> Option<NaiveDate> {
        self.from
    }

    /// The last day.
    pub fn to(&self) -> Option<NaiveDate> {
        self.to
    }
}

/// A calendar month, written `2026-11`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month {
    /// Months since January of the year 0.
    number: i32,
}

impl Month {
    /// The month of a day.
    pub fn of(day: NaiveDate) -> Self {
        // Neither can leave 32 bits: chrono's years end at 262142.
        Self { number: day.year() * 12 + i32::try_from(day.month0()).unwrap_or(0) }
    }

    /// This month and those after it up to the last; none when that would be too many.
    fn up_to(self, last: Self) -> impl Iterator<Item = Self> {
        let end = if last.number - self.number < MOST_MONTHS { last.number } else { self.number - 1 };
        (self.number..=end).map(|number| Self { number })
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.number.div_euclid(12), self.number.rem_euclid(12) + 1)
    }
}

impl FromStr for Month {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let day = NaiveDate::parse_from_str(&format!("{text}-01"), "%Y-%m-%d");
        day.map(Self::of).map_err(|_| format!("not a month: {text}"))
    }
}

impl Serialize for Month {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Month {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

/// What was spent in one group, category, month and currency.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Spent {
    /// In which group.
    pub group_id: GroupId,
    /// For what.
    pub category: String,
    /// When.
    pub month: Month,
    /// In which currency.
    #[serde(with = "amount::currency")]
    pub currency: Currency,
    /// How much.
    pub amount_minor: i64,
    /// By how many expenses.
    pub count: i64,
}

/// What one member paid and had a share in, in one group and currency.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct MemberSpent {
    /// In which group.
    pub group_id: GroupId,
    /// Who.
    pub member_id: MemberId,
    /// In which currency.
    #[serde(with = "amount::currency")]
    pub currency: Currency,
    /// What the member paid, in minor units.
    pub paid_minor: i64,
    /// What the member's shares make, in minor units.
    pub share_minor: i64,
}

/// All that a group's report is made from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// The sums of its expenses.
    pub spent: Vec<Spent>,
    /// The sums of its members.
    pub by_member: Vec<MemberSpent>,
    /// The version of its stream of expenses up to which they count.
    pub up_to_version: i64,
}

/// What a group spent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupReport {
    /// By currency, the largest first, then by name.
    pub by_category: Vec<CategoryTotal>,
    /// By month, then by currency.
    pub by_month: Vec<MonthTotal>,
    /// By member, then by currency.
    pub by_member: Vec<MemberTotal>,
    /// By currency.
    pub total: Vec<Amount>,
    /// The version of its stream of expenses up to which it counts.
    pub up_to_version: i64,
}

/// What one person's shares make over all groups.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpendingReport {
    /// By currency, the largest first, then by name.
    pub by_category: Vec<CategoryTotal>,
    /// By month, then by currency.
    pub by_month: Vec<MonthTotal>,
    /// By currency, the largest first, then by group.
    pub by_group: Vec<(GroupId, Amount)>,
    /// By currency.
    pub total: Vec<Amount>,
}

/// What was spent for one purpose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CategoryTotal {
    /// For what.
    pub category: String,
    /// How much.
    pub total: Amount,
    /// By how many expenses.
    pub count: i64,
}

/// What was spent in one month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MonthTotal {
    /// When.
    pub month: Month,
    /// How much.
    pub total: Amount,
}

/// What one member paid and had a share in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberTotal {
    /// Who.
    pub member_id: MemberId,
    /// What the member paid.
    pub paid: Amount,
    /// What the member's shares make.
    pub share: Amount,
}

impl GroupReport {
    /// The report of a range.
    pub fn of(figures: &Figures, range: Range) -> Outcome<Self> {
        let mut by_member: Vec<MemberTotal> = figures.by_member.iter().map(MemberTotal::of).collect();
        by_member.sort_by_key(|row| (row.member_id, row.paid.currency));
        Ok(Self {
            by_category: by_category(&figures.spent)?,
            by_month: by_month(&figures.spent, range)?,
            by_member,
            total: total(&figures.spent)?,
            up_to_version: figures.up_to_version,
        })
    }
}

impl SpendingReport {
    /// The report of a range from one person's shares.
    pub fn of(shares: &[Spent], range: Range) -> Outcome<Self> {
        Ok(Self {
            by_category: by_category(shares)?,
            by_month: by_month(shares, range)?,
            by_group: by_group(shares)?,
            total: total(shares)?,
        })
    }
}

impl MemberTotal {
    fn of(row: &MemberSpent) -> Self {
        let amount = |minor| Amount::new(minor, row.currency);
        Self { member_id: row.member_id, paid: amount(row.paid_minor), share: amount(row.share_minor) }
    }
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
    let first = range.from.map_or(*first, Month::of);
    let last = range.to.map_or(*last, Month::of);
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
fn sums<K: Ord>(spent: &[Spent], row: impl Fn(&Spent) -> (K, i64)) -> Outcome<BTreeMap<K, i64>> {
    let mut sums = BTreeMap::new();
    for (key, value) in spent.iter().map(row) {
        let sum: &mut i64 = sums.entry(key).or_insert(0);
        *sum = sum.checked_add(value).ok_or_else(|| Failure::internal("a sum of a report does not fit 64 bits"))?;
    }
    Ok(sums)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_written_as_one() {
        for text in ["2026-11", "2026-01", "2026-12", "0001-01", "9999-12"] {
            assert_eq!(text.parse::<Month>().unwrap().to_string(), text);
        }
        for other in ["2026", "2026-13", "2026-11-22", "", "-"] {
            assert!(other.parse::<Month>().is_err(), "{other}");
        }
    }

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

    #[test]
    fn a_range_does_not_end_before_it_begins() {
        assert_eq!(Range::new(day("2026-02-01"), day("2026-01-31")), Err(Refusal::RangeTurnedAround));
        assert!(Range::new(day("2026-02-01"), day("2026-02-01")).is_ok());
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
