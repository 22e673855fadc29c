//! Quits' own files: complete, so that importing one gives equal balances.

use money::Currency;
use serde::Deserialize;

use super::fields::{amount, day, other_file};
use crate::transfer::{Kind, LedgerEntry, LedgerFile};

/// What the file calls itself.
const QUITS: &str = "quits";

/// A group with all its expenses and payments. Amounts are decimals in texts.
#[derive(Deserialize)]
struct QuitsFile {
    format: String,
    version: u32,
    group: QuitsGroup,
    /// Everybody's name; rows name people by their place in this list.
    members: Vec<String>,
    expenses: Vec<QuitsEntry>,
    payments: Vec<QuitsEntry>,
}

#[derive(Deserialize)]
struct QuitsGroup {
    #[serde(default)]
    name: Option<String>,
}

/// One expense or payment.
#[derive(Deserialize)]
struct QuitsEntry {
    date: String,
    description: String,
    #[serde(default)]
    category: Option<String>,
    #[serde(default)]
    notes: Option<String>,
    amount: String,
    currency: String,
    payers: Vec<QuitsRow>,
    shares: Vec<QuitsRow>,
}

/// What one member paid or owes.
#[derive(Deserialize)]
struct QuitsRow {
    member: usize,
    amount: String,
}

pub(super) fn read(text: &str) -> Result<LedgerFile, String> {
    let quits: QuitsFile = serde_json::from_str(text).map_err(|_| other_file("Quits"))?;
    if quits.format != QUITS || quits.version != 1 {
        return Err(other_file("Quits"));
    }
    let mut file = LedgerFile { name: quits.group.name, people: quits.members, ..LedgerFile::default() };
    let expenses = quits.expenses.iter().map(|entry| (Kind::Expense, entry));
    let payments = quits.payments.iter().map(|entry| (Kind::Payment, entry));
    for (place, (kind, entry)) in expenses.chain(payments).enumerate() {
        let entry = entry.read(place + 1, kind, file.people.len());
        file.add(place + 1, entry.map(Some));
    }
    Ok(file)
}

impl QuitsEntry {
    fn read(&self, line: usize, kind: Kind, people: usize) -> Result<LedgerEntry, String> {
        let code = &self.currency;
        let currency = Currency::from_code(code).map_err(|_| format!("\"{code}\" is not a currency."))?;
        let rows = |rows: &[QuitsRow]| -> Result<Vec<(usize, i64)>, String> {
            let row = |row: &QuitsRow| {
                let known = row.member < people;
                let minor = amount(&row.amount, currency)?.minor;
                known
                    .then_some((row.member, minor))
                    .ok_or_else(|| "Somebody is named who is not in the list.".to_owned())
            };
            rows.iter().map(row).collect()
        };
        let total = amount(&self.amount, currency)?;
        let (payers, shares) = (rows(&self.payers)?, rows(&self.shares)?);
        let makes = |rows: &[(usize, i64)]| rows.iter().map(|(_, minor)| i128::from(*minor)).sum::<i128>();
        if [makes(&payers), makes(&shares)] != [i128::from(total.minor); 2] {
            return Err("Payers or shares do not add up to the amount.".to_owned());
        }
        Ok(LedgerEntry {
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
