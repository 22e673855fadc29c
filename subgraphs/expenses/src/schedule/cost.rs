//! What schedules cost on average, per month and per year.

use std::collections::BTreeMap;

use kit::{Failure, Outcome};
use money::{Amount, Currency};

use super::recurrence::Frequency;

/// Parts of a minor unit. They divide by a week, by the months of a year, by the quarters of the days of a year, and by
/// every interval up to 16: then a cost is exact, and with longer intervals to far less than a minor unit.
const PARTS: i128 = 4 * 7 * 12 * 720_720;

const MONTHS_OF_A_YEAR: i128 = 12;
/// With leap years.
const QUARTERS_OF_DAYS_OF_A_YEAR: i128 = 1_461;

/// A schedule that goes on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Running {
    /// The unit of its interval.
    pub frequency: Frequency,
    /// Its interval in units.
    pub every: u32,
    /// What it enters each time.
    pub total: Amount,
}

/// What all schedules in one currency cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RecurringCost {
    /// In a month: a twelfth of a year.
    pub monthly: Amount,
    /// In a year of 365.25 days.
    pub yearly: Amount,
    /// How many schedules there are.
    pub count: usize,
}

/// Adds up what schedules cost, by currency; halves of a minor unit are rounded up.
pub(crate) fn costs(schedules: impl IntoIterator<Item = Running>) -> Outcome<Vec<RecurringCost>> {
    let mut sums: BTreeMap<Currency, (i128, usize)> = BTreeMap::new();
    for schedule in schedules {
        let (sum, count) = sums.entry(schedule.total.currency).or_default();
        *sum += schedule.yearly_parts();
        *count += 1;
    }
    let cost = |(currency, (parts, count))| {
        let amount = |parts| Outcome::Ok(Amount::new(rounded(parts)?, currency));
        Ok(RecurringCost { monthly: amount(parts / MONTHS_OF_A_YEAR)?, yearly: amount(parts)?, count })
    };
    sums.into_iter().map(cost).collect()
}

impl Running {
    fn yearly_parts(self) -> i128 {
        let times = match self.frequency {
            Frequency::Daily => PARTS / 4 * QUARTERS_OF_DAYS_OF_A_YEAR,
            Frequency::Weekly => PARTS / 4 / 7 * QUARTERS_OF_DAYS_OF_A_YEAR,
            Frequency::Monthly => PARTS * MONTHS_OF_A_YEAR,
            Frequency::Yearly => PARTS,
        };
        times / i128::from(self.every.max(1)) * i128::from(self.total.minor)
    }
}

fn rounded(parts: i128) -> Outcome<i64> {
    i64::try_from((parts + PARTS / 2).div_euclid(PARTS)).map_err(Failure::internal)
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    const CASES: &str = include_str!("../../tests/files/recurring-cost.json");

    fn running(minor: i64, frequency: &str, every: u32) -> Option<Running> {
        let frequency = match frequency {
            "DAILY" => Frequency::Daily,
            "WEEKLY" => Frequency::Weekly,
            "MONTHLY" => Frequency::Monthly,
            "YEARLY" => Frequency::Yearly,
            _ => return None,
        };
        Some(Running { frequency, every, total: Amount::new(minor, Currency::from_code("EUR").unwrap()) })
    }

    fn cost(schedules: Vec<Running>) -> (i64, i64, usize) {
        let [cost] = costs(schedules).unwrap()[..] else { panic!("one currency") };
        (cost.monthly.minor, cost.yearly.minor, cost.count)
    }

    #[test]
    fn the_cost_is_that_of_the_examples() {
        let table: Value = serde_json::from_str(CASES).unwrap();
        for case in table["cases"].as_array().unwrap() {
            // A reimbursement is a payment here, and no schedule enters one.
            let expenses = case["expenses"].as_array().unwrap().iter().filter(|row| row[2] != "reimbursement");
            let running = expenses.filter_map(|row| running(row[0].as_i64().unwrap(), row[1].as_str().unwrap(), 1));
            let expected = &case["expected"];
            let number = |name: &str| expected[name].as_i64().unwrap();
            let count = usize::try_from(number("count")).unwrap();
            assert_eq!(cost(running.collect()), (number("monthly"), number("yearly"), count), "{}", case["id"]);
        }
    }

    #[test]
    fn longer_intervals_cost_less() {
        let one = |frequency, every| cost(vec![running(1_200, frequency, every).unwrap()]);
        assert_eq!(one("MONTHLY", 2), (600, 7_200, 1));
        assert_eq!(one("YEARLY", 1), (100, 1_200, 1));
        assert_eq!(one("YEARLY", 3), (33, 400, 1));
        assert_eq!(one("WEEKLY", 2), (2_609, 31_307, 1));
        assert_eq!(one("DAILY", 1_000), (37, 438, 1));
        assert_eq!(cost(vec![running(-1_200, "MONTHLY", 1).unwrap(); 2]), (-2_400, -28_800, 2));
    }

    #[test]
    fn currencies_are_never_added_up_and_a_sum_is_never_cut_off() {
        let euros = running(100, "MONTHLY", 1).unwrap();
        let yen = Running { total: Amount::new(7, Currency::from_code("JPY").unwrap()), ..euros };
        let found = costs([yen, euros, yen]).unwrap();
        assert_eq!(found.iter().map(|cost| cost.monthly.minor).collect::<Vec<_>>(), [100, 14]);
        assert_eq!(costs([]).unwrap(), []);
        let most = Running { total: Amount::new(i64::MAX, euros.total.currency), ..euros };
        assert!(costs([most]).is_err());
    }
}
