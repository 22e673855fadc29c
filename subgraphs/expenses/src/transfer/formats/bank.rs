//! Bank statements: money that left the account is an expense of the importing person.

use chrono::NaiveDate;
use money::{Amount, Currency};

use super::{
    fields::{amount, other_file},
    table::{Row, rows, separator},
};
use crate::transfer::{Fault, Kind, LedgerEntry, LedgerFile};

const AMOUNT: [&str; 9] = ["betrag", "amount", "importo", "umsatz", "importe", "montant", "valor", "kwota", "bedrag"];
const DATE: [&str; 6] = ["buchung", "date", "datum", "data", "fecha", "valuta"];
const PAYEE: [&str; 10] = [
    "empfänger",
    "description",
    "descrizione",
    "beschreibung",
    "payee",
    "merchant",
    "concepto",
    "libellé",
    "omschrijving",
    "verwendungszweck",
];
const CURRENCY: [&str; 5] = ["currency", "valuta", "währung", "devise", "moneda"];
const DAYS: [&str; 6] = ["%d.%m.%y", "%d.%m.%Y", "%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d", "%d/%m/%y"];
const SIGNS: [(&str, &str); 3] = [("€", "EUR"), ("£", "GBP"), ("$", "USD")];

struct Columns {
    amount: usize,
    date: usize,
    payee: usize,
    currency: Option<usize>,
    /// The currency of amounts without one.
    usual: Currency,
}

pub(super) fn read(text: &str, otherwise: Currency) -> Result<LedgerFile, Fault> {
    let rows = rows(text, separator(text));
    let found = rows.iter().enumerate().find_map(|(place, row)| Some((place, Columns::of(row, otherwise)?)));
    let (header, columns) = found.ok_or_else(|| other_file("a bank"))?;
    let rows = &rows[header + 1..];
    let decimal_comma = rows.iter().any(|row| has_decimal_comma(row.cell(columns.amount)));
    let mut file = LedgerFile { people: vec!["You".to_owned()], importer: Some(0), ..LedgerFile::default() };
    for row in rows {
        let entry = columns.entry(row, decimal_comma);
        file.add(row.line, entry);
    }
    Ok(file)
}

impl Columns {
    fn of(row: &Row, otherwise: Currency) -> Option<Self> {
        let headed = |word: &str| row.cells.iter().position(|cell| cell.to_lowercase().contains(word));
        let column = |words: &[&str]| words.iter().find_map(|word| headed(word));
        let amount = column(&AMOUNT)?;
        let sign = SIGNS.iter().find(|(sign, _)| row.cell(amount).contains(sign));
        Some(Self {
            amount,
            date: column(&DATE)?,
            payee: column(&PAYEE)?,
            currency: column(&CURRENCY),
            usual: sign.and_then(|(_, code)| Currency::from_code(code).ok()).unwrap_or(otherwise),
        })
    }

    fn entry(&self, row: &Row, decimal_comma: bool) -> Result<Option<LedgerEntry>, Fault> {
        let code = self.currency.map_or("", |place| row.cell(place));
        let currency = Currency::from_code(code).unwrap_or(self.usual);
        let moved = amount(&plain(row.cell(self.amount), decimal_comma), currency)?;
        if moved.minor == 0 {
            return Ok(None);
        }
        if moved.minor > 0 {
            return Err(Fault::came_in(moved));
        }
        let total = Amount::new(-moved.minor, currency);
        Ok(Some(LedgerEntry {
            rate: None,
            line: row.line,
            kind: Kind::Expense,
            description: row.cell(self.payee).split_whitespace().collect::<Vec<_>>().join(" "),
            date: day(row.cell(self.date))?,
            category: None,
            notes: None,
            total,
            payers: vec![(0, total.minor)],
            shares: vec![(0, total.minor)],
        }))
    }
}

/// Whether an amount such as `1.087,50` or `-8,67` ends with a comma and one or two digits.
fn has_decimal_comma(text: &str) -> bool {
    let digits = |rest: &str| (1..=2).contains(&rest.len()) && rest.bytes().all(|byte| byte.is_ascii_digit());
    text.rsplit_once(',').is_some_and(|(_, rest)| digits(rest.trim()))
}

/// Returns an amount with a decimal point and without thousands separators.
fn plain(text: &str, decimal_comma: bool) -> String {
    let kept = text.trim().replace('\u{2212}', "-");
    let kept: String = kept.chars().filter(|c| c.is_ascii_digit() || matches!(c, '-' | '+' | '.' | ',')).collect();
    if decimal_comma { kept.replace('.', "").replace(',', ".") } else { kept.replace(',', "") }
}

fn day(text: &str) -> Result<NaiveDate, Fault> {
    let day = text.split_whitespace().next().unwrap_or_default();
    let day = day.split('T').next().unwrap_or_default();
    let read = DAYS.iter().find_map(|form| NaiveDate::parse_from_str(day, form).ok());
    read.ok_or_else(|| Fault::not_a_date(text))
}
