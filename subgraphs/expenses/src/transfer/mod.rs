//! Import and export of groups as files.

mod check;
mod export;
mod formats;
pub(crate) mod operations;
mod problem;
pub(crate) mod request;
mod resume;
pub(crate) mod store;
mod undo;
pub(crate) mod watch;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use kit::text::folded;
use money::{Amount, Currency, Rate, Split};

pub(crate) use formats::{ExportFormat, Format, read, write};
pub(crate) use problem::Fault;

use crate::problem::Problem;

/// A parsed ledger file. People are identified by their index in `people`.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct LedgerFile {
    /// The name of the group, if the file has one.
    pub name: Option<String>,
    /// The currency of the group, if the file has one.
    pub currency: Option<Currency>,
    /// The names of all people.
    pub people: Vec<String>,
    /// The importing person, if the file belongs to one person, such as a bank statement.
    pub importer: Option<usize>,
    /// Expenses and payments in the order of the file.
    pub entries: Vec<LedgerEntry>,
    /// The balances that the file itself states, to check the entries against.
    pub expected: Vec<(usize, Amount)>,
    /// Problems to show to the importing person.
    pub problems: Vec<LineProblem>,
}

/// An expense or payment in a file.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct LedgerEntry {
    /// Its line, counted from 1.
    pub line: usize,
    /// Whether it is an expense or a payment.
    pub kind: Kind,
    /// What it was for.
    pub description: String,
    /// The date.
    pub date: NaiveDate,
    /// The category, if the file has one.
    pub category: Option<String>,
    /// Free text.
    pub notes: Option<String>,
    /// The total amount.
    pub total: Amount,
    /// The exchange rate to the currency of the group, if the file has one.
    pub rate: Option<Rate>,
    /// Who paid, in minor units; the amounts add up to the total.
    pub payers: Vec<(usize, i64)>,
    /// Who owes, in minor units; the amounts add up to the total.
    pub shares: Vec<(usize, i64)>,
}

/// The kind of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// An expense.
    Expense,
    /// A payment between two members.
    Payment,
}

/// A problem in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LineProblem {
    /// Its line, counted from 1; 0 for the whole file.
    pub line: usize,
    /// What is wrong.
    pub problem: Problem,
}

impl LedgerFile {
    /// Returns the index of a person, who is added if new.
    fn person(&mut self, name: &str) -> usize {
        let name = name.trim();
        self.people.iter().position(|known| known == name).unwrap_or_else(|| {
            self.people.push(name.to_owned());
            self.people.len() - 1
        })
    }

    fn is_named(&self, name: &str) -> bool {
        self.people.iter().any(|person| folded(person) == folded(name))
    }

    fn problem(&mut self, line: usize, problem: impl Into<Problem>) {
        self.problems.push(LineProblem { line, problem: problem.into() });
    }

    /// Adds an entry, or reports why it cannot be imported.
    fn add(&mut self, line: usize, entry: Result<Option<LedgerEntry>, Fault>) {
        match entry {
            Ok(Some(entry)) => self.entries.push(entry),
            Ok(None) => {}
            Err(why) => self.problem(line, why),
        }
    }

    /// Returns balances per person and currency, in minor units; positive if the person is owed.
    pub(crate) fn balances(&self) -> BTreeMap<(usize, Currency), i64> {
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

    /// Appends a number to names that are taken: the members of a group have different names.
    fn distinguish_people(&mut self) {
        let mut different: Vec<String> = Vec::new();
        for name in &self.people {
            let name = different_name(name, |name| different.iter().any(|taken| folded(taken) == folded(name)));
            different.push(name);
        }
        self.people = different;
    }

    /// Reports that there is nothing to import, and stated balances that are not those of the entries.
    fn conclude(&mut self) {
        if self.entries.is_empty() {
            self.problem(0, Fault::NothingInFile);
        }
        let balances = self.balances();
        for (person, expected) in self.expected.clone() {
            let computed = balances.get(&(person, expected.currency)).copied().unwrap_or(0);
            if computed != expected.minor {
                self.problem(0, Fault::other_balance(&self.people[person], expected, computed));
            }
        }
    }
}

/// Returns a name with a number appended if it is taken.
fn different_name(name: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let numbered = (2..).map(|number| format!("{name} ({number})"));
    std::iter::once(name.to_owned()).chain(numbered).find(|name| !is_taken(name)).unwrap_or_default()
}

/// Divides a total into shares in minor units, by `money::split`.
fn shared(total: Amount, split: &Split<usize>) -> Result<Vec<(usize, i64)>, Fault> {
    Ok(money::split::split(total, split, 0)?)
}

/// Pairs of a person's index and an amount in minor units.
type Rows = Vec<(usize, i64)>;

/// Derives payers and shares from what a row adds to each balance (positive if the person is owed). The people who are
/// owed have paid. The part of the total that nobody else owes is assumed to be their own share; if there are several
/// of them, in equal parts.
fn from_effects(total: Amount, effects: &[(usize, i64)]) -> Result<(Rows, Rows), Fault> {
    if effects.iter().map(|(_, minor)| i128::from(*minor)).sum::<i128>() != 0 {
        return Err(Fault::UnbalancedRow);
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
        return Err(Fault::owed_more(sum, total));
    }
    let people = owed.iter().map(|(person, _)| *person).collect();
    let own = if own.minor == 0 { Vec::new() } else { shared(own, &Split::Equal(people))? };
    let own_of = |person: usize| own.iter().find(|(other, _)| *other == person).map_or(0, |(_, minor)| *minor);
    let payers = owed.iter().map(|(person, minor)| (*person, minor + own_of(*person))).collect();
    let shares = owing.into_iter().chain(own.iter().copied().filter(|(_, minor)| *minor != 0)).collect();
    Ok((payers, shares))
}
