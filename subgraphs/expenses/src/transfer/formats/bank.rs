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
const DAYS_MONTH_FIRST: [&str; 2] = ["%m/%d/%Y", "%m/%d/%y"];
const SIGNS: [(&str, &str); 3] = [("€", "EUR"), ("£", "GBP"), ("$", "USD")];

struct Columns {
    amount: usize,
    date: usize,
    payee: usize,
    currency: Option<usize>,
    /// The currency of amounts without one.
    usual: Currency,
}

/// How a statement writes amounts and dates.
struct Style {
    /// The sign before the decimals, if any amount has some.
    decimal: Option<char>,
    /// Whether an amount such as `1.450` has thousands.
    has_dots_for_thousands: bool,
    is_month_first: bool,
}

pub(super) fn read(text: &str, otherwise: Currency) -> Result<LedgerFile, Fault> {
    let separator = separator(text);
    let rows = rows(text, separator);
    let found = rows.iter().enumerate().find_map(|(place, row)| Some((place, Columns::of(row, otherwise)?)));
    let (header, columns) = found.ok_or_else(|| other_file("a bank"))?;
    let style = Style::of(&rows, &columns, separator);
    let mut file = LedgerFile { people: vec!["You".to_owned()], importer: Some(0), ..LedgerFile::default() };
    for row in &rows[header + 1..] {
        let entry = columns.entry(row, &style);
        file.add(row.line, entry);
    }
    Ok(file)
}

impl Style {
    /// Recognises the style by all cells, also those before the table.
    fn of(rows: &[Row], columns: &Columns, separator: u8) -> Self {
        let cells = || rows.iter().flat_map(|row| &row.cells);
        let dates = || rows.iter().map(|row| row.cell(columns.date));
        let decimal = [',', '.'].into_iter().find(|sign| cells().any(|cell| has_decimals(cell, *sign)));
        let second_part = |date: &str| date.split('/').nth(1).and_then(|part| part.parse::<u32>().ok());
        Self {
            decimal,
            has_dots_for_thousands: separator == b';' || dates().any(|date| date.split('.').count() == 3),
            is_month_first: dates().filter_map(second_part).any(|part| part > 12),
        }
    }

    /// Returns an amount with a decimal point and without thousands separators; `None` if either is possible.
    fn plain(&self, text: &str, currency: Currency) -> Option<String> {
        let kept = text.trim().replace('\u{2212}', "-");
        let kept: String = kept.chars().filter(|c| c.is_ascii_digit() || matches!(c, '-' | '+' | '.' | ',')).collect();
        let is_thousands = |sign| kept.rsplit_once(sign).is_some_and(|(_, rest)| rest.len() == 3);
        let is_unclear = currency.exponent() < 3 && is_thousands('.') && !kept.contains(',');
        match self.decimal {
            Some(',') => Some(kept.replace('.', "").replace(',', ".")),
            _ if !is_unclear => Some(kept.replace(',', "")),
            None if self.has_dots_for_thousands => Some(kept.replace('.', "")),
            _ => None,
        }
    }

    fn day(&self, text: &str) -> Result<NaiveDate, Fault> {
        let day = text.split_whitespace().next().unwrap_or_default();
        let day = day.split('T').next().unwrap_or_default();
        let forms = if self.is_month_first { &DAYS_MONTH_FIRST[..] } else { &DAYS };
        let read = forms.iter().find_map(|form| NaiveDate::parse_from_str(day, form).ok());
        read.ok_or_else(|| Fault::not_a_date(text))
    }
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

    fn entry(&self, row: &Row, style: &Style) -> Result<Option<LedgerEntry>, Fault> {
        let code = self.currency.map_or("", |place| row.cell(place));
        let currency = Currency::from_code(code).unwrap_or(self.usual);
        let written = row.cell(self.amount);
        let plain = style.plain(written, currency).ok_or_else(|| Fault::not_an_amount(written, currency))?;
        let moved = amount(&plain, currency)?;
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
            date: style.day(row.cell(self.date))?,
            category: None,
            notes: None,
            total,
            payers: vec![(0, total.minor)],
            shares: vec![(0, total.minor)],
        }))
    }
}

/// Whether a cell is an amount such as `1.087,50`, `-8,67` or `12,30 EUR`, with one or two decimals after this sign.
fn has_decimals(cell: &str, sign: char) -> bool {
    let plain =
        cell.trim().trim_matches(|c: char| c.is_alphabetic() || c.is_whitespace() || "€£$+-\u{2212}".contains(c));
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    plain.rsplit_once(sign).is_some_and(|(whole, decimals)| {
        let mut groups = whole.split(['.', ',', '\'', ' ', '\u{a0}', '\u{202f}']);
        let is_whole = groups.next().is_some_and(|first| !first.is_empty() && is_number(first));
        is_whole
            && groups.all(|group| group.len() == 3 && is_number(group))
            && (1..=2).contains(&decimals.len())
            && is_number(decimals)
    })
}
