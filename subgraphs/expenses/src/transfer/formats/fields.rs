//! Parses fields that several formats share.

use chrono::NaiveDate;
use money::{Amount, Currency};

use crate::transfer::Fault;

/// Parses a decimal such as `-12.50` to minor units; trailing zeros do not count as decimals.
pub(super) fn amount(text: &str, currency: Currency) -> Result<Amount, Fault> {
    let plain = text.trim().trim_start_matches('+');
    let plain = if plain.contains('.') { plain.trim_end_matches('0').trim_end_matches('.') } else { plain };
    let plain = if plain.is_empty() || plain == "-" { "0" } else { plain };
    Amount::parse(plain, currency).map_err(|_| Fault::not_an_amount(text, currency))
}

/// Parses a currency code; an empty text and `XXX` mean the given currency.
pub(super) fn currency(code: &str, otherwise: Currency) -> Result<Currency, Fault> {
    match code.trim() {
        "" | "XXX" => Ok(otherwise),
        code => Currency::from_code(&code.to_uppercase()).map_err(|_| Fault::not_a_currency(code)),
    }
}

/// Parses the date at the beginning of a time such as `2026-04-09 18:30` or `2026-04-09T18:30:00Z`.
pub(super) fn day(text: &str) -> Result<NaiveDate, Fault> {
    let day = text.trim().get(..10).unwrap_or_default();
    NaiveDate::parse_from_str(day, "%Y-%m-%d").map_err(|_| Fault::not_a_date(text))
}

pub(super) fn other_file(program: &'static str) -> Fault {
    Fault::OtherFile { program }
}
