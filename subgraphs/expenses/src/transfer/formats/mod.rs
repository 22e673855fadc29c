//! The files of other expense splitters, read as their programs write them.

mod bank;
mod cospend;
mod ihatemoney;
mod quits;
mod spliit;
mod splitwise;
mod table;
#[cfg(test)]
mod tests;
mod tricount;

use chrono::NaiveDate;
use money::{Amount, Currency};

use super::LedgerFile;

/// What a file was written by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Quits itself.
    QuitsJson,
    /// Splitwise, in any of its languages.
    SplitwiseCsv,
    /// Spliit.
    SpliitJson,
    /// Spliit.
    SpliitCsv,
    /// Tricount.
    TricountJson,
    /// I Hate Money.
    IhatemoneyJson,
    /// I Hate Money.
    IhatemoneyCsv,
    /// Nextcloud Cospend.
    CospendCsv,
    /// A bank.
    BankCsv,
}

/// Reads a file; amounts that name no currency are in the given one. The error is a sentence for the person.
pub fn read(format: Format, bytes: &[u8], currency: Currency) -> Result<LedgerFile, String> {
    let text = table::decoded(bytes);
    if text.trim().is_empty() {
        return Err("This file is empty.".to_owned());
    }
    let mut file = match format {
        Format::QuitsJson => quits::read(&text),
        Format::SplitwiseCsv => splitwise::read(&text),
        Format::SpliitJson => spliit::read_json(&text, currency),
        Format::SpliitCsv => spliit::read_csv(&text),
        Format::TricountJson => tricount::read(&text),
        Format::IhatemoneyJson => ihatemoney::read_json(&text, currency),
        Format::IhatemoneyCsv => ihatemoney::read_csv(&text, currency),
        Format::CospendCsv => cospend::read(&text, currency),
        Format::BankCsv => bank::read(&text, currency),
    }?;
    if file.entries.is_empty() && file.problems.is_empty() {
        file.problem(0, "There is nothing in this file that could be taken over.");
    }
    file.compare();
    Ok(file)
}

/// A plain decimal such as `-12.50`, in minor units; zeros at its end do not count as decimals.
fn amount(text: &str, currency: Currency) -> Result<Amount, String> {
    let plain = text.trim().trim_start_matches('+');
    let plain = if plain.contains('.') { plain.trim_end_matches('0').trim_end_matches('.') } else { plain };
    let plain = if plain.is_empty() || plain == "-" { "0" } else { plain };
    Amount::parse(plain, currency).map_err(|refusal| format!("\"{}\" is not an amount: {refusal}.", text.trim()))
}

/// A currency by its code; files without currencies write `XXX`.
fn currency(code: &str, otherwise: Currency) -> Result<Currency, String> {
    match code.trim() {
        "" | "XXX" => Ok(otherwise),
        code => Currency::from_code(&code.to_uppercase()).map_err(|_| format!("\"{code}\" is not a currency.")),
    }
}

/// The day at the beginning of a point in time such as `2026-04-09 18:30` or `2026-04-09T18:30:00Z`.
fn day(text: &str) -> Result<NaiveDate, String> {
    let day = text.trim().get(..10).unwrap_or_default();
    NaiveDate::parse_from_str(day, "%Y-%m-%d").map_err(|_| format!("\"{}\" is not a date.", text.trim()))
}

fn other_file(program: &str) -> String {
    format!("This is not a file of {program}, or not of this kind.")
}
