//! Quits' own format, which is complete: importing it gives the same balances.

use money::{Amount, Currency, Rate};
use serde::{Deserialize, Serialize};

use super::fields::{amount, day, other_file};
use crate::transfer::{Fault, Kind, LedgerEntry, LedgerFile};

/// The value of the `format` field.
const QUITS: &str = "quits";

const VERSION: u32 = 1;

/// A group with all its expenses and payments. Amounts are decimals as text.
#[derive(Deserialize, Serialize)]
struct QuitsFile {
    format: String,
    version: u32,
    group: QuitsGroup,
    /// The names of all members; rows identify members by their index in this list.
    members: Vec<String>,
    expenses: Vec<QuitsEntry>,
    payments: Vec<QuitsEntry>,
}

#[derive(Deserialize, Serialize)]
struct QuitsGroup {
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    currency: Option<String>,
}

/// An expense or payment.
#[derive(Deserialize, Serialize)]
struct QuitsEntry {
    date: String,
    description: String,
    #[serde(default)]
    category: Option<String>,
    #[serde(default)]
    notes: Option<String>,
    amount: String,
    currency: String,
    /// The exchange rate to the currency of the group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    rate: Option<String>,
    payers: Vec<QuitsRow>,
    shares: Vec<QuitsRow>,
}

/// The amount that one member paid or owes.
#[derive(Deserialize, Serialize)]
struct QuitsRow {
    member: usize,
    amount: String,
}

pub(super) fn read(text: &str) -> Result<LedgerFile, Fault> {
    let quits: QuitsFile = serde_json::from_str(text).map_err(|_| other_file("Quits"))?;
    if quits.format != QUITS || quits.version != VERSION {
        return Err(other_file("Quits"));
    }
    let currency = quits.group.currency.and_then(|code| Currency::from_code(&code).ok());
    let mut file = LedgerFile { name: quits.group.name, currency, people: quits.members, ..LedgerFile::default() };
    let expenses = quits.expenses.iter().map(|entry| (Kind::Expense, entry));
    let payments = quits.payments.iter().map(|entry| (Kind::Payment, entry));
    for (place, (kind, entry)) in expenses.chain(payments).enumerate() {
        let entry = entry.read(place + 1, kind, file.people.len());
        file.add(place + 1, entry.map(Some));
    }
    Ok(file)
}

/// Writes a ledger.
pub(super) fn write(file: &LedgerFile) -> Result<String, String> {
    let entries = |kind| file.entries.iter().filter(move |entry| entry.kind == kind).map(QuitsEntry::of).collect();
    let quits = QuitsFile {
        format: QUITS.to_owned(),
        version: VERSION,
        group: QuitsGroup {
            name: file.name.clone(),
            currency: file.currency.map(|currency| currency.code().to_owned()),
        },
        members: file.people.clone(),
        expenses: entries(Kind::Expense),
        payments: entries(Kind::Payment),
    };
    serde_json::to_string(&quits).map_err(|error| error.to_string())
}

fn rate(text: Option<&str>) -> Result<Option<Rate>, Fault> {
    let read = |text: &str| Rate::parse(text).map_err(|_| Fault::NotARate { text: text.to_owned() });
    text.map(read).transpose()
}

impl QuitsEntry {
    fn of(entry: &LedgerEntry) -> Self {
        let currency = entry.total.currency;
        let row = |(member, minor): &(usize, i64)| QuitsRow {
            member: *member,
            amount: Amount::new(*minor, currency).to_string(),
        };
        Self {
            date: entry.date.to_string(),
            description: entry.description.clone(),
            category: entry.category.clone(),
            notes: entry.notes.clone(),
            amount: entry.total.to_string(),
            currency: currency.code().to_owned(),
            rate: entry.rate.map(|rate| rate.to_string()),
            payers: entry.payers.iter().map(row).collect(),
            shares: entry.shares.iter().map(row).collect(),
        }
    }

    fn read(&self, line: usize, kind: Kind, people: usize) -> Result<LedgerEntry, Fault> {
        let code = &self.currency;
        let currency = Currency::from_code(code).map_err(|_| Fault::not_a_currency(code))?;
        let rows = |rows: &[QuitsRow]| -> Result<Vec<(usize, i64)>, Fault> {
            let row = |row: &QuitsRow| {
                let known = row.member < people;
                let minor = amount(&row.amount, currency)?.minor;
                known.then_some((row.member, minor)).ok_or(Fault::UnknownPerson)
            };
            rows.iter().map(row).collect()
        };
        let total = amount(&self.amount, currency)?;
        let (payers, shares) = (rows(&self.payers)?, rows(&self.shares)?);
        let makes = |rows: &[(usize, i64)]| rows.iter().map(|(_, minor)| i128::from(*minor)).sum::<i128>();
        if [makes(&payers), makes(&shares)] != [i128::from(total.minor); 2] {
            return Err(Fault::DoesNotAddUp);
        }
        Ok(LedgerEntry {
            rate: rate(self.rate.as_deref())?,
            line,
            kind,
            description: self.description.clone(),
            date: day(&self.date)?,
            category: self.category.clone(),
            notes: self.notes.clone(),
            total,
            payers,
            shares,
        })
    }
}
