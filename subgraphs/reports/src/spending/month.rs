//! Calendar months, and ranges of days.

use std::{fmt, str::FromStr};

use chrono::{Datelike, Months, NaiveDate};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

use crate::refusal::Refusal;

/// The longest range in which months without spending are filled in: ten years. Otherwise a mistyped date could create
/// a report of a hundred thousand rows.
const MAX_MONTHS: i32 = 120;

/// A range of days, both ends included. A missing end is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Range {
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
}

impl Range {
    /// Creates a range; refuses `to` before `from`.
    pub(crate) fn new(from: Option<NaiveDate>, to: Option<NaiveDate>) -> Result<Self, Refusal> {
        match (from, to) {
            (Some(from), Some(to)) if to < from => Err(Refusal::RangeReversed),
            _ => Ok(Self { from, to }),
        }
    }

    /// The range of all days of a month.
    pub(crate) fn of(month: Month) -> Self {
        let first = month.first_day();
        Self { from: first, to: first.map(last_of_month) }
    }

    pub(crate) fn from(self) -> Option<NaiveDate> {
        self.from
    }

    pub(crate) fn to(self) -> Option<NaiveDate> {
        self.to
    }
}

impl Range {
    /// The first and last month that are completely inside the range; `None` if there are none. A missing end is open.
    pub(super) fn whole_months(self) -> Option<(Option<Month>, Option<Month>)> {
        let first = self.from.map(|day| if is_first(day) { Month::of(day) } else { Month::of(day).plus(1) });
        let last = self.to.map(|day| if is_last(day) { Month::of(day) } else { Month::of(day).plus(-1) });
        match (first, last) {
            (Some(first), Some(last)) if last < first => None,
            months => Some(months),
        }
    }

    /// The days at the ends of the range that are not part of a whole month, as ranges of days.
    pub(super) fn odd_days(self) -> Vec<(NaiveDate, NaiveDate)> {
        let mut odd = Vec::new();
        if let Some(from) = self.from.filter(|day| !is_first(*day)) {
            odd.push((from, last_of_month(from).min(self.to.unwrap_or(NaiveDate::MAX))));
        }
        if let Some(to) = self.to.filter(|day| !is_last(*day)) {
            let first = to.with_day(1).unwrap_or(to);
            if self.from.is_none_or(|from| from <= first) {
                odd.push((first, to));
            }
        }
        odd
    }
}

fn is_first(day: NaiveDate) -> bool {
    day.day() == 1
}

fn is_last(day: NaiveDate) -> bool {
    day == last_of_month(day)
}

fn last_of_month(day: NaiveDate) -> NaiveDate {
    day.with_day(1)
        .and_then(|first| first.checked_add_months(Months::new(1)))
        .and_then(|next| next.pred_opt())
        .unwrap_or(day)
}

/// A calendar month in the format `2026-11`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Month {
    /// Months since January of the year 0.
    number: i32,
}

impl Month {
    /// The month of a day.
    pub(crate) fn of(day: NaiveDate) -> Self {
        // Cannot overflow 32 bits: chrono's years end at 262142.
        Self { number: day.year() * 12 + i32::try_from(day.month0()).unwrap_or(0) }
    }

    /// `None` if the year is outside the range of dates.
    fn first_day(self) -> Option<NaiveDate> {
        let month = u32::try_from(self.number.rem_euclid(12)).ok()?;
        NaiveDate::from_ymd_opt(self.number.div_euclid(12), month + 1, 1)
    }

    /// The number of the year, and of the month in it, which begins with 1.
    pub(crate) fn parts(self) -> (i32, usize) {
        (self.number.div_euclid(12), usize::try_from(self.number.rem_euclid(12)).unwrap_or(0) + 1)
    }

    /// The month this many months later; earlier if negative.
    fn plus(self, months: i32) -> Self {
        Self { number: self.number + months }
    }

    /// All months from this one to `last`; none if there are more than [`MAX_MONTHS`].
    pub(super) fn up_to(self, last: Self) -> impl Iterator<Item = Self> {
        let end = if last.number - self.number < MAX_MONTHS { last.number } else { self.number - 1 };
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_parsed_and_formatted() {
        for text in ["2026-11", "2026-01", "2026-12", "0001-01", "9999-12"] {
            assert_eq!(text.parse::<Month>().unwrap().to_string(), text);
        }
        for other in ["2026", "2026-13", "2026-11-22", "", "-"] {
            assert!(other.parse::<Month>().is_err(), "{other}");
        }
    }

    #[test]
    fn a_range_is_whole_months_and_odd_days() {
        let parts = |from: &str, to: &str| {
            let range = Range::new(from.parse().ok(), to.parse().ok()).unwrap();
            let months = range.whole_months().map(|(first, last)| {
                let text = |month: Option<Month>| month.map_or_else(String::new, |month| month.to_string());
                format!("{}..{}", text(first), text(last))
            });
            let days: Vec<String> = range.odd_days().iter().map(|(first, last)| format!("{first}..{last}")).collect();
            (months.unwrap_or_default(), days.join(" "))
        };
        let cases = [
            ("", "", "..", ""),
            ("2026-01-01", "2026-12-31", "2026-01..2026-12", ""),
            ("2026-01-02", "2026-12-30", "2026-02..2026-11", "2026-01-02..2026-01-31 2026-12-01..2026-12-30"),
            ("2026-02-10", "2026-02-20", "", "2026-02-10..2026-02-20"),
            ("2026-02-01", "2026-02-20", "", "2026-02-01..2026-02-20"),
            ("2026-02-10", "2026-02-28", "", "2026-02-10..2026-02-28"),
            ("2024-02-29", "", "2024-03..", "2024-02-29..2024-02-29"),
            ("", "2026-02-27", "..2026-01", "2026-02-01..2026-02-27"),
            ("2026-01-31", "2026-02-01", "", "2026-01-31..2026-01-31 2026-02-01..2026-02-01"),
        ];
        for (from, to, months, days) in cases {
            assert_eq!(parts(from, to), (months.to_owned(), days.to_owned()), "{from} to {to}");
        }
    }

    #[test]
    fn a_range_does_not_end_before_it_begins() {
        let day = |text: &str| text.parse().ok();
        assert_eq!(Range::new(day("2026-02-01"), day("2026-01-31")), Err(Refusal::RangeReversed));
        assert!(Range::new(day("2026-02-01"), day("2026-02-01")).is_ok());
    }
}
