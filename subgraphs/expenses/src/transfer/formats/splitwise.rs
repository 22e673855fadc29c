//! Splitwise: a table with a column for each person, which holds what the row adds to the person's balance.

use money::{Amount, Currency};
use serde::Deserialize;

use super::{
    fields::{amount, day, other_file},
    table::{Row, rows, separator},
};
use crate::transfer::{Fault, Kind, LedgerEntry, LedgerFile, from_effects};

/// The columns before the first person: date, description, category, cost, currency.
const BEFORE_PEOPLE: usize = 5;

/// The headings and the labels of totals and payments, in all languages in which Splitwise writes tables.
#[derive(Deserialize)]
struct Words {
    headings: Vec<Vec<String>>,
    total_balance: Vec<String>,
    payment: Vec<String>,
}

pub(super) fn read(text: &str) -> Result<LedgerFile, Fault> {
    let words: Words = serde_json::from_str(include_str!("splitwise.json")).map_err(|_| other_file("Splitwise"))?;
    let rows = rows(text, separator(text));
    let is_header = |row: &Row| words.headings.iter().any(|heading| begins_with(row, heading));
    let header = rows.iter().position(is_header).ok_or_else(|| other_file("Splitwise"))?;
    let mut file = LedgerFile::default();
    let columns = file.people_in(&rows[header], BEFORE_PEOPLE);
    for row in &rows[header + 1..] {
        let description = row.cell(1).to_lowercase();
        if words.total_balance.iter().any(|label| label.to_lowercase() == description) {
            match expected(row, &columns) {
                Ok(total) => file.expected.extend(total),
                Err(why) => file.problem(row.line, why),
            }
        } else {
            let entry = entry(row, &words, &columns, &file.people);
            file.add(row.line, entry);
        }
    }
    Ok(file)
}

fn begins_with(row: &Row, heading: &[String]) -> bool {
    row.cells.len() > BEFORE_PEOPLE
        && heading.iter().enumerate().all(|(place, word)| row.cell(place).to_lowercase() == word.to_lowercase())
}

fn currency_of(row: &Row) -> Result<Currency, Fault> {
    let code = row.cell(4);
    Currency::from_code(code).map_err(|_| Fault::not_a_currency(code))
}

/// Returns what a row says about each person; `columns` are theirs.
fn expected(row: &Row, columns: &[usize]) -> Result<Vec<(usize, Amount)>, Fault> {
    let currency = currency_of(row)?;
    let said = |(person, column): (usize, &usize)| Ok((person, amount(row.cell(*column), currency)?));
    columns.iter().enumerate().map(said).collect()
}

fn entry(row: &Row, words: &Words, columns: &[usize], people: &[String]) -> Result<Option<LedgerEntry>, Fault> {
    let effects = expected(row, columns)?;
    let effects: Vec<(usize, i64)> =
        effects.into_iter().map(|(person, effect)| (person, effect.minor)).filter(|(_, minor)| *minor != 0).collect();
    if effects.is_empty() {
        return Ok(None);
    }
    let currency = currency_of(row)?;
    let category = row.cell(2).to_lowercase();
    let is_payment = effects.len() == 2
        && (words.payment.iter().any(|word| word.to_lowercase() == category)
            || tells_of_payment(row, &effects, people));
    let total = amount(row.cell(3), currency)?;
    let (payers, shares) = from_effects(total, &effects)?;
    Ok(Some(LedgerEntry {
        rate: None,
        line: row.line,
        kind: if is_payment { Kind::Payment } else { Kind::Expense },
        description: row.cell(1).to_owned(),
        date: day(row.cell(0))?,
        category: Some(category).filter(|category| !category.is_empty() && !is_payment),
        notes: None,
        total,
        payers,
        shares,
    }))
}

/// Whether the description says that one of two people paid the other, such as `Ada paid Ben`.
fn tells_of_payment(row: &Row, effects: &[(usize, i64)], people: &[String]) -> bool {
    let named = |is_meant: fn(i64) -> bool| {
        effects.iter().find(|(_, minor)| is_meant(*minor)).and_then(|(person, _)| people.get(*person))
    };
    let (from, to) = (named(|minor| minor > 0), named(|minor| minor < 0));
    from.zip(to).is_some_and(|(from, to)| row.cell(1) == format!("{from} paid {to}"))
}
