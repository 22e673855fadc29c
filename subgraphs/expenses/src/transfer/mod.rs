//! Ledgers that come from elsewhere and go elsewhere, as files.

mod check;
mod export;
mod formats;
pub mod operations;
pub mod store;
mod undo;
pub mod watch;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use money::{Amount, Currency, Split};

pub use formats::{ExportFormat, Format, read, write};

/// A ledger as a file has it. People are told apart by their place in the list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LedgerFile {
    /// What the group is called, where the file says so.
    pub name: Option<String>,
    /// The group's own currency, where the file says so.
    pub currency: Option<Currency>,
    /// Everybody who is named.
    pub people: Vec<String>,
    /// Who of them brings the file, where the file is one person's own.
    pub importer: Option<usize>,
    /// What was spent and paid, in the order of the file.
    pub entries: Vec<LedgerEntry>,
    /// The balances that the file itself states.
    pub expected: Vec<(usize, Amount)>,
    /// What cannot be taken over, or should be looked at.
    pub problems: Vec<Problem>,
}

/// One expense or payment of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct LedgerEntry {
    /// Where it stands, counted from 1.
    pub line: usize,
    /// Whether it is an expense or a payment.
    pub kind: Kind,
    /// What it was for.
    pub description: String,
    /// The day.
    pub date: NaiveDate,
    /// A word such as `groceries`.
    pub category: Option<String>,
    /// Whatever else is worth knowing.
    pub notes: Option<String>,
    /// The whole amount.
    pub total: Amount,
    /// Who paid, in minor units; adds up to the total.
    pub payers: Vec<(usize, i64)>,
    /// Who owes, in minor units; adds up to the total.
    pub shares: Vec<(usize, i64)>,
}

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Something that was spent.
    Expense,
    /// Money that one member gave another.
    Payment,
}

/// Something about a line of a file that its reader should know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where, counted from 1; 0 for the whole file.
    pub line: usize,
    /// What, in plain words.
    pub message: String,
}

impl LedgerFile {
    /// The place of a person, who is added when not known yet.
    fn person(&mut self, name: &str) -> usize {
        let name = name.trim();
        self.people.iter().position(|known| known == name).unwrap_or_else(|| {
            self.people.push(name.to_owned());
            self.people.len() - 1
        })
    }

    fn problem(&mut self, line: usize, message: impl Into<String>) {
        self.problems.push(Problem { line, message: message.into() });
    }

    /// Adds an entry, or says why it cannot be taken over.
    fn add(&mut self, line: usize, entry: Result<Option<LedgerEntry>, String>) {
        match entry {
            Ok(Some(entry)) => self.entries.push(entry),
            Ok(None) => {}
            Err(why) => self.problem(line, why),
        }
    }

    /// What everybody named in an entry is owed (positive) or owes, per currency, in minor units.
    pub fn balances(&self) -> BTreeMap<(usize, Currency), i64> {
        let mut balances = BTreeMap::new();
        for entry in &self.entries {
            let currency = entry.total.currency;
            for (person, minor) in &entry.payers {
                *balances.entry((*person, currency)).or_insert(0) += minor;
            }
            for (person, minor) in &entry.shares {
                *balances.entry((*person, currency)).or_insert(0) -= minor;
            }
        }
        balances
    }

    /// Compares the balances that the file states with those of its entries, and says where they differ.
    fn compare(&mut self) {
        let balances = self.balances();
        for (person, expected) in self.expected.clone() {
            let computed = balances.get(&(person, expected.currency)).copied().unwrap_or(0);
            if computed != expected.minor {
                let computed = Amount::new(computed, expected.currency);
                let name = &self.people[person];
                let code = expected.currency;
                self.problem(
                    0,
                    format!("The file says {expected} {code} for {name}; its rows make {computed} {code}."),
                );
            }
        }
    }
}

/// Shares of a total in minor units, by `money::split`.
fn shared(total: Amount, split: &Split<usize>) -> Result<Vec<(usize, i64)>, String> {
    money::split::split(total, split, 0).map_err(|refusal| refusal.to_string())
}

/// People with amounts in minor units.
type Rows = Vec<(usize, i64)>;

/// Who paid and who owes, from what a row adds to each balance: positive for whoever is owed. One person with a positive
/// effect has paid all of it. Several are taken to have paid equal parts of what they owe themselves.
fn from_effects(total: Amount, effects: &[(usize, i64)]) -> Result<(Rows, Rows), String> {
    if effects.iter().map(|(_, minor)| i128::from(*minor)).sum::<i128>() != 0 {
        return Err("What the people of this row owe and are owed does not add up to zero.".to_owned());
    }
    let turned = if total.minor < 0 { -1 } else { 1 };
    let owed: Vec<(usize, i64)> = effects.iter().copied().filter(|(_, minor)| minor.signum() == turned).collect();
    let owing: Vec<(usize, i64)> = effects
        .iter()
        .filter(|(_, minor)| minor.signum() == -turned)
        .map(|(person, minor)| (*person, -minor))
        .collect();
    let sum: i64 = owed.iter().map(|(_, minor)| minor).sum();
    let own = Amount::new(total.minor - sum, total.currency);
    if own.minor != 0 && own.minor.signum() != turned {
        return Err(format!("People are owed {}, more than the cost of {total}.", Amount::new(sum, total.currency)));
    }
    let people = owed.iter().map(|(person, _)| *person).collect();
    let own = if own.minor == 0 { Vec::new() } else { shared(own, &Split::Equal(people))? };
    let own_of = |person: usize| own.iter().find(|(other, _)| *other == person).map_or(0, |(_, minor)| *minor);
    let payers = owed.iter().map(|(person, minor)| (*person, minor + own_of(*person))).collect();
    let shares = owing.into_iter().chain(own.iter().copied().filter(|(_, minor)| *minor != 0)).collect();
    Ok((payers, shares))
}
