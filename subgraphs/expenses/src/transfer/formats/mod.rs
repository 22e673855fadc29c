//! The files of other expense splitters, read as their programs write them.

mod bank;
mod cospend;
mod export_csv;
mod fields;
mod ihatemoney;
mod quits;
mod spliit;
mod splitwise;
mod table;
#[cfg(test)]
mod tests;
mod tricount;

use money::Currency;

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

/// How a group is written to a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportFormat {
    /// A table for spreadsheets.
    Csv,
    /// Everything, so that importing it gives equal balances.
    Json,
}

impl ExportFormat {
    /// What stands behind the dot of a file's name.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
        }
    }

    /// What browsers are told about a file.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Json => "application/json",
        }
    }
}

/// The content of a ledger's file. The error is for the log.
pub fn write(format: ExportFormat, file: &LedgerFile) -> Result<String, String> {
    match format {
        ExportFormat::Csv => export_csv::write(file),
        ExportFormat::Json => quits::write(file),
    }
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
