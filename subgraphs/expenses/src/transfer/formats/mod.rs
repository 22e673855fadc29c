//! The file formats of Quits, other expense splitters and banks.

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
use serde::{Deserialize, Serialize};

use super::{Fault, LedgerFile};

/// The format of an import file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Format {
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

/// The format of an export file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ExportFormat {
    /// A table for spreadsheets.
    Csv,
    /// The complete ledger: importing it gives the same balances.
    Json,
}

impl ExportFormat {
    /// The extension of the file name, without a dot.
    pub(crate) fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
        }
    }

    /// The `Content-Type` of the file.
    pub(crate) fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Json => "application/json",
        }
    }
}

/// Writes a ledger. The error is a text for the log.
pub(crate) fn write(format: ExportFormat, file: &LedgerFile) -> Result<String, String> {
    match format {
        ExportFormat::Csv => export_csv::write(file),
        ExportFormat::Json => quits::write(file),
    }
}

/// Reads a file; `currency` applies to amounts without one. [`LedgerFile::conclude`] says what is wrong with the whole.
pub(crate) fn read(format: Format, bytes: &[u8], currency: Currency) -> Result<LedgerFile, Fault> {
    let text = table::decoded(bytes);
    if text.trim().is_empty() {
        return Err(Fault::EmptyFile);
    }
    let mut file: LedgerFile = match format {
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
    file.distinguish_people();
    Ok(file)
}
