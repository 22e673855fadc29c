//! Converts a group to a ledger file: current amounts only, without history and without deleted entries.

use std::collections::HashMap;

use chrono::NaiveDate;
use contracts::{MemberId, event::MemberAmount, payments::PaymentRow, roster::Roster};

use kit::text::folded;

use super::{Kind, LedgerEntry, LedgerFile, different_name};
use crate::expense::Expense;

/// Builds the file of a group entry by entry.
pub(super) struct GroupLedgerFile<'a> {
    roster: &'a Roster,
    places: HashMap<MemberId, usize>,
    file: LedgerFile,
}

impl<'a> GroupLedgerFile<'a> {
    /// Starts with the present members. Former members are added when an entry names them.
    pub(super) fn new(roster: &'a Roster) -> Self {
        let file =
            LedgerFile { name: Some(roster.name.clone()), currency: Some(roster.currency), ..LedgerFile::default() };
        let mut ledger = Self { roster, places: HashMap::new(), file };
        for member in roster.members.iter().filter(|member| !member.left) {
            ledger.place(member.member_id);
        }
        ledger
    }

    pub(super) fn add_expense(&mut self, expense: &Expense) {
        let (payers, shares) = (self.rows(&expense.payers), self.rows(&expense.shares));
        self.file.entries.push(LedgerEntry {
            line: self.file.entries.len() + 1,
            kind: Kind::Expense,
            // A rate to a currency that the group had before says nothing about the present one.
            rate: expense.conversion.filter(|one| one.currency == self.roster.currency).map(|one| one.rate),
            description: expense.description.clone(),
            date: expense.date,
            category: Some(expense.category.clone()),
            notes: expense.notes.clone(),
            total: expense.total,
            payers,
            shares,
        });
    }

    pub(super) fn add_payment(&mut self, payment: &PaymentRow) {
        let minor = payment.amount.minor;
        let (payers, shares) = (vec![(self.place(payment.from), minor)], vec![(self.place(payment.to), minor)]);
        self.file.entries.push(LedgerEntry {
            line: self.file.entries.len() + 1,
            kind: Kind::Payment,
            rate: None,
            description: String::new(),
            date: payment.place.date,
            category: None,
            notes: payment.note.clone(),
            total: payment.amount,
            payers,
            shares,
        });
    }

    /// Returns the number of expenses and payments.
    pub(super) fn entries(&self) -> usize {
        self.file.entries.len()
    }

    /// Returns the file with its entries ordered by day.
    pub(super) fn finished(mut self) -> LedgerFile {
        self.file.entries.sort_by_key(|entry| entry.date);
        self.file
    }

    fn rows(&mut self, parts: &[MemberAmount]) -> Vec<(usize, i64)> {
        parts.iter().map(|part| (self.place(part.member_id), part.amount_minor)).collect()
    }

    fn place(&mut self, member: MemberId) -> usize {
        if let Some(place) = self.places.get(&member) {
            return *place;
        }
        let name = self.roster.member(member).map_or("?", |member| member.name.as_str());
        self.file.people.push(self.unused(name));
        let place = self.file.people.len() - 1;
        self.places.insert(member, place);
        place
    }

    /// Appends a number to a name that is taken: people in a file are distinguished by name.
    fn unused(&self, name: &str) -> String {
        different_name(name, |name| self.file.people.iter().any(|taken| folded(taken) == folded(name)))
    }
}

/// Returns the name of an export file, such as `quits-weekend-in-lisbon-2026-11-28.csv`.
pub(super) fn filename(group: &str, today: NaiveDate, extension: &str) -> String {
    let words: Vec<String> =
        group.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    let words: Vec<&str> = std::iter::once("quits").chain(words.iter().map(String::as_str)).collect();
    format!("{}-{}.{extension}", words.join("-"), today)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_by_its_group_and_day() {
        let today = "2026-11-28".parse().unwrap();
        assert_eq!(filename("Weekend/in \"Zürich\"", today, "csv"), "quits-weekend-in-zürich-2026-11-28.csv");
        assert_eq!(filename("🌍", today, "json"), "quits-2026-11-28.json");
    }
}
