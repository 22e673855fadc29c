//! The rule for recurring dates.

use chrono::{Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};

const DAYS_OF_A_WEEK: u64 = 7;
const MONTHS_OF_A_YEAR: u32 = 12;

/// The unit of an interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Frequency {
    /// Every n days.
    Daily,
    /// Every n weeks.
    Weekly,
    /// Every n months.
    Monthly,
    /// Every n years.
    Yearly,
}

/// A first date and an interval, such as every second week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Recurrence {
    /// The unit of the interval.
    pub frequency: Frequency,
    /// The interval in units; at least one.
    pub every: u32,
    /// The first date.
    pub start: NaiveDate,
}

impl Recurrence {
    /// Returns the date after this many intervals; `None` beyond the end of the calendar. Intervals are counted from
    /// the first date, not from the previous one: the 31st falls on the last day of a shorter month, and on the 31st
    /// again afterwards.
    pub(crate) fn nth(self, steps: u32) -> Option<NaiveDate> {
        let units = steps.checked_mul(self.every)?;
        match self.frequency {
            Frequency::Daily => self.start.checked_add_days(Days::new(units.into())),
            Frequency::Weekly => self.start.checked_add_days(Days::new(u64::from(units) * DAYS_OF_A_WEEK)),
            Frequency::Monthly => self.start.checked_add_months(Months::new(units)),
            Frequency::Yearly => self.start.checked_add_months(Months::new(units.checked_mul(MONTHS_OF_A_YEAR)?)),
        }
    }

    /// Iterates over the dates after `day`, or over all of them.
    pub(crate) fn after(self, day: Option<NaiveDate>) -> impl Iterator<Item = NaiveDate> {
        let days = (0..).map_while(move |steps| self.nth(steps));
        days.skip_while(move |next| day.is_some_and(|day| *next <= day))
    }
}

#[cfg(test)]
pub(super) mod tests {
    use chrono::Datelike;
    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;

    const CASES: &str = include_str!("../../tests/files/recurrence.json");

    fn day(value: &Value) -> NaiveDate {
        value.as_str().unwrap().parse().unwrap()
    }

    fn frequency(name: &str) -> Frequency {
        match name {
            "DAILY" => Frequency::Daily,
            "WEEKLY" => Frequency::Weekly,
            "MONTHLY" => Frequency::Monthly,
            other => panic!("{other}"),
        }
    }

    #[test]
    fn dates_match_the_examples() {
        let table: Value = serde_json::from_str(CASES).unwrap();
        for case in table["cases"].as_array().unwrap() {
            let start = day(&case["start"]);
            let recurrence = Recurrence { frequency: frequency(case["rule"].as_str().unwrap()), every: 1, start };
            let expected: Vec<NaiveDate> = match &case["users_expect"] {
                Value::Array(days) => days.iter().map(day).collect(),
                _ => vec![day(&case["next"])],
            };
            let days: Vec<NaiveDate> = recurrence.after(Some(start)).take(expected.len()).collect();
            assert_eq!(days, expected, "{}", case["id"]);
        }
    }

    /// The last day of a month.
    fn last_day(year: i32, month: u32) -> u32 {
        (28..=31).rev().find(|day| NaiveDate::from_ymd_opt(year, month, *day).is_some()).unwrap()
    }

    /// Decides whether a date belongs to the recurrence, without iterating.
    pub(in crate::schedule) fn is_one(recurrence: Recurrence, day: NaiveDate) -> bool {
        let Recurrence { frequency, every, start } = recurrence;
        let every = i64::from(every);
        let days = (day - start).num_days();
        let months = i64::from(day.year() - start.year()) * 12 + i64::from(day.month()) - i64::from(start.month());
        let is_day_of_month = day.day() == start.day().min(last_day(day.year(), day.month()));
        match frequency {
            Frequency::Daily => days % every == 0,
            Frequency::Weekly => days % (7 * every) == 0,
            Frequency::Monthly => is_day_of_month && months % every == 0,
            Frequency::Yearly => is_day_of_month && months % (12 * every) == 0,
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        #[test]
        fn dates_are_those_found_by_checking_each_day(kind in 0..4_usize, every in 1..40_u32, offset in 0..4_000_u64) {
            let frequency = [Frequency::Daily, Frequency::Weekly, Frequency::Monthly, Frequency::Yearly][kind];
            let start = NaiveDate::from_ymd_opt(2020, 1, 1).unwrap() + Days::new(offset);
            let recurrence = Recurrence { frequency, every, start };
            let end = start + Days::new(1_500);
            let table: Vec<NaiveDate> = start.iter_days().take_while(|day| *day <= end).filter(|day| is_one(recurrence, *day)).collect();
            let days: Vec<NaiveDate> = recurrence.after(None).take_while(|day| *day <= end).collect();
            prop_assert_eq!(days, table);
        }
    }
}
