//! Property tests of the crate, and test cases of other expense splitters.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "tests panic on failure")]
#![allow(clippy::inconsistent_digit_grouping, reason = "100_00 is a hundred euros in cents")]

mod amount;
mod currency;
mod families;
mod fixtures;
mod ledger;
mod overflow;
mod settle;
mod split;

use money::Currency;
use proptest::test_runner::Config;

/// The number of random cases for each property.
fn laws() -> Config {
    cases(10_000)
}

fn cases(cases: u32) -> Config {
    Config { cases, failure_persistence: None, ..Config::default() }
}

fn currency(code: &str) -> Currency {
    Currency::from_code(code).unwrap()
}

fn euro() -> Currency {
    currency("EUR")
}
