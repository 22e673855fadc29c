//! Validates the content of an import file with the checks of an expense.

use chrono::NaiveDate;
use contracts::{
    ExpenseId, GroupId, MemberId, Timestamp,
    event::{MemberAmount, MemberFacts},
    roster::Roster,
};
use kit::text::{NAME, line};
use money::{Currency, Split};

use super::{Fault, Kind, LedgerEntry, LedgerFile};
use crate::{
    expense::{Author, Expense, NewExpense},
    refusal::Refusal,
};

/// The most members of a group.
pub(super) const MOST_PEOPLE: usize = 200;

/// The most entries of one import; larger files have to be split.
pub(super) const MOST_ENTRIES: usize = 10_000;

const NO_DESCRIPTION: &str = "Expense";

/// Removes entries that could not be saved, and reports them by line. Refuses a file with too many entries or people.
pub(super) fn check(
    file: &mut LedgerFile,
    currency: Currency,
    (now, today): (Timestamp, NaiveDate),
) -> Result<(), Refusal> {
    if file.people.len() > MOST_PEOPLE {
        return Err(Fault::TooManyPeople { most: MOST_PEOPLE }.refused());
    }
    if file.entries.len() > MOST_ENTRIES {
        return Err(Fault::TooManyEntries { most: MOST_ENTRIES }.refused());
    }
    for name in &file.people {
        line("input.content", name, NAME)?;
    }
    let roster = pretended(file, file.currency.unwrap_or(currency));
    let members: Vec<MemberId> = roster.members.iter().map(|member| member.member_id).collect();
    let Some(author) = members.first().copied() else { return Ok(()) };
    let mut kept = Vec::new();
    for mut entry in std::mem::take(&mut file.entries) {
        if entry.kind == Kind::Payment && !is_payment(&entry) {
            entry.kind = Kind::Expense;
        }
        let new = new_expense(&entry, &roster, &members);
        match Expense::new(ExpenseId::new(), new, 0, &Author { roster: &roster, member: author, now, today }) {
            Ok(_) => kept.push(entry),
            Err(refusal) => file.problem(entry.line, kit::Refusal::from(refusal)),
        }
    }
    file.entries = kept;
    Ok(())
}

/// Returns the expense of an entry, with exact shares.
pub(super) fn new_expense(entry: &LedgerEntry, roster: &Roster, members: &[MemberId]) -> NewExpense {
    let member = |place: &usize| members.get(*place).copied();
    let known = |rows: &[(usize, i64)]| -> Vec<(MemberId, i64)> {
        rows.iter().filter_map(|(place, minor)| Some((member(place)?, *minor))).collect()
    };
    let payers = known(&entry.payers).into_iter();
    let description = entry.description.trim();
    NewExpense {
        group_id: roster.group_id,
        description: if description.is_empty() { NO_DESCRIPTION.to_owned() } else { description.to_owned() },
        total: entry.total,
        date: Some(entry.date),
        category: entry.category.clone(),
        notes: entry.notes.clone(),
        payers: payers.map(|(member_id, amount_minor)| MemberAmount { member_id, amount_minor }).collect(),
        split: Split::Exact(known(&entry.shares)),
        rate: entry.rate.filter(|_| entry.total.currency != roster.currency),
    }
}

/// Whether one person paid the whole amount to exactly one other person.
fn is_payment(entry: &LedgerEntry) -> bool {
    match (entry.payers.as_slice(), entry.shares.as_slice()) {
        ([(from, paid)], [(to, received)]) => from != to && *paid > 0 && paid == received,
        _ => false,
    }
}

/// Builds a roster of the people of a file, as if the group existed.
fn pretended(file: &LedgerFile, currency: Currency) -> Roster {
    let member =
        |name: &String| MemberFacts { member_id: MemberId::new(), user_id: None, name: name.clone(), left: false };
    let members = file.people.iter().map(member).collect();
    Roster::new(GroupId::new(), currency, members)
}
