//! Spending by calendar week, which begins on Monday (ISO 8601).

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, Weekday};
use kit::{Failure, Outcome};
use money::{Amount, Currency};

use super::month::Range;
use crate::refusal::Refusal;

/// The longest range of weeks, in days: two years.
const MAX_DAYS: i64 = 732;

/// The spending in one week and currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct WeekTotal {
    /// The first day of the week.
    pub(crate) monday: NaiveDate,
    pub(crate) total: Amount,
}

/// A range of days with both ends, at most two years long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct WeekRange {
    pub(super) from: NaiveDate,
    pub(super) to: NaiveDate,
}

impl WeekRange {
    /// Creates a range; refuses `to` before `from`, and more than two years.
    pub(crate) fn new(from: NaiveDate, to: NaiveDate) -> Result<Self, Refusal> {
        Range::new(Some(from), Some(to))?;
        if (to - from).num_days() > MAX_DAYS {
            return Err(Refusal::RangeTooLong { most: MAX_DAYS });
        }
        Ok(Self { from, to })
    }
}

/// Returns all weeks of the range in each currency that occurs, from the sums of its days. Only days of the range count, so
/// the first and the last week may be a part of one.
pub(super) fn weeks(days: &[(NaiveDate, Amount)], range: WeekRange) -> Outcome<Vec<WeekTotal>> {
    let currencies: BTreeSet<Currency> = days.iter().map(|(_, total)| total.currency).collect();
    let mondays = monday(range.from).iter_weeks().take_while(|monday| *monday <= range.to);
    let mut sums: BTreeMap<(NaiveDate, Currency), i64> =
        mondays.flat_map(|monday| currencies.iter().map(move |currency| ((monday, *currency), 0))).collect();
    for (day, total) in days {
        let sum = sums.entry((monday(*day), total.currency)).or_insert(0);
        *sum = sum.checked_add(total.minor).ok_or_else(too_large)?;
    }
    let row = |((monday, currency), minor)| WeekTotal { monday, total: Amount::new(minor, currency) };
    Ok(sums.into_iter().map(row).collect())
}

fn monday(day: NaiveDate) -> NaiveDate {
    day.week(Weekday::Mon).checked_first_day().unwrap_or(day)
}

fn too_large() -> Failure {
    Failure::internal("a sum of a report does not fit 64 bits")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn totals(days: &[(&str, i64, &str)], from: &str, to: &str) -> Vec<(String, i64, String)> {
        let days: Vec<_> = days
            .iter()
            .map(|(date, minor, code)| (day(date), Amount::new(*minor, Currency::from_code(code).unwrap())))
            .collect();
        let weeks = weeks(&days, WeekRange::new(day(from), day(to)).unwrap()).unwrap();
        let row = |week: WeekTotal| (week.monday.to_string(), week.total.minor, week.total.currency.code().to_owned());
        weeks.into_iter().map(row).collect()
    }

    #[test]
    fn a_week_begins_on_monday_also_over_the_end_of_a_year() {
        let days = [("2026-12-28", 5, "EUR"), ("2027-01-03", 7, "EUR"), ("2027-01-04", 1, "EUR")];
        let expected = [("2026-12-28", 12, "EUR"), ("2027-01-04", 1, "EUR")];
        let expected = expected.map(|(monday, minor, code)| (monday.to_owned(), minor, code.to_owned()));
        assert_eq!(totals(&days, "2026-12-31", "2027-01-04"), expected);
    }

    #[test]
    fn weeks_without_spending_are_zero_in_each_currency() {
        let days = [("2026-11-02", 5, "EUR"), ("2026-11-16", 500, "JPY")];
        let found = totals(&days, "2026-11-02", "2026-11-22");
        let expected = [
            ("2026-11-02", 5, "EUR"),
            ("2026-11-02", 0, "JPY"),
            ("2026-11-09", 0, "EUR"),
            ("2026-11-09", 0, "JPY"),
            ("2026-11-16", 0, "EUR"),
            ("2026-11-16", 500, "JPY"),
        ];
        let sorted = |mut rows: Vec<(String, i64, String)>| {
            rows.sort();
            rows
        };
        let expected = expected.map(|(monday, minor, code)| (monday.to_owned(), minor, code.to_owned()));
        assert_eq!(sorted(found), sorted(expected.to_vec()));
        assert_eq!(totals(&[], "2026-11-02", "2026-11-22"), []);
    }

    #[test]
    fn a_range_has_an_order_and_a_longest_length() {
        assert_eq!(WeekRange::new(day("2026-11-02"), day("2026-11-01")), Err(Refusal::RangeReversed));
        assert_eq!(WeekRange::new(day("2024-01-01"), day("2026-11-01")), Err(Refusal::RangeTooLong { most: MAX_DAYS }));
        assert!(WeekRange::new(day("2025-01-01"), day("2026-12-31")).is_ok());
    }

    #[test]
    fn an_overflowing_sum_fails() {
        let euro = |minor| Amount::new(minor, Currency::from_code("EUR").unwrap());
        let days = [(day("2026-11-02"), euro(i64::MAX)), (day("2026-11-03"), euro(1))];
        assert!(weeks(&days, WeekRange::new(day("2026-11-02"), day("2026-11-03")).unwrap()).is_err());
    }
}
