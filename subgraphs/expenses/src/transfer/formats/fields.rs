//! Parses fields that several formats share.

use chrono::NaiveDate;
use money::{Amount, Currency};

/// Parses a decimal such as `-12.50` to minor units; trailing zeros do not count as decimals.
pub(super) fn amount(text: &str, currency: Currency) -> Result<Amount, String> {
    let plain = text.trim().trim_start_matches('+');
    let plain = if plain.contains('.') { plain.trim_end_matches('0').trim_end_matches('.') } else { plain };
    let plain = if plain.is_empty() || plain == "-" { "0" } else { plain };
    Amount::parse(plain, currency).map_err(|refusal| format!("\"{}\" is not an amount: {refusal}.", text.trim()))
}

/// Parses a currency code; an empty text and `XXX` mean the given currency.
pub(super) fn currency(code: &str, otherwise: Currency) -> Result<Currency, String> {
    match code.trim() {
        "" | "XXX" => Ok(otherwise),
        code => Currency::from_code(&code.to_uppercase()).map_err(|_| format!("\"{code}\" is not a currency.")),
    }
}

/// Parses the date at the beginning of a time such as `2026-04-09 18:30` or `2026-04-09T18:30:00Z`.
pub(super) fn day(text: &str) -> Result<NaiveDate, String> {
    let day = text.trim().get(..10).unwrap_or_default();
    NaiveDate::parse_from_str(day, "%Y-%m-%d").map_err(|_| format!("\"{}\" is not a date.", text.trim()))
}

pub(super) fn other_file(program: &str) -> String {
    format!("This is not a file of {program}, or not of this kind.")
}
