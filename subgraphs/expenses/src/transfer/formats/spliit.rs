//! Spliit: JSON with amounts in minor units and the split of each expense, or a table like that of Splitwise.

use money::{Amount, Currency, Split};
use serde::Deserialize;

use super::{
    fields::{amount, currency, day, other_file},
    table::{Row, column, rows, separator},
};
use crate::transfer::{Fault, Kind, LedgerEntry, LedgerFile, from_effects, shared};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Group {
    name: Option<String>,
    currency_code: Option<String>,
    expenses: Vec<Expense>,
    participants: Vec<Participant>,
}

#[derive(Deserialize)]
struct Participant {
    id: String,
    name: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Expense {
    #[serde(rename = "expenseDate")]
    date: String,
    title: String,
    category: Option<Category>,
    amount: i64,
    paid_by_id: String,
    paid_for: Vec<PaidFor>,
    #[serde(default)]
    is_reimbursement: bool,
    split_mode: String,
    notes: Option<String>,
}

#[derive(Deserialize)]
struct Category {
    name: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PaidFor {
    participant_id: String,
    shares: i64,
}

pub(super) fn read_json(text: &str, otherwise: Currency) -> Result<LedgerFile, Fault> {
    let group: Group = serde_json::from_str(text).map_err(|_| other_file("Spliit"))?;
    let currency = currency(group.currency_code.as_deref().unwrap_or_default(), otherwise)?;
    let people = group.participants.iter().map(|person| person.name.trim().to_owned()).collect();
    let mut file = LedgerFile { name: group.name.clone(), people, ..LedgerFile::default() };
    for (place, expense) in group.expenses.iter().enumerate() {
        let entry = expense.entry(place + 1, currency, &group.participants);
        file.add(place + 1, entry.map(Some));
    }
    Ok(file)
}

impl Expense {
    fn entry(&self, line: usize, currency: Currency, people: &[Participant]) -> Result<LedgerEntry, Fault> {
        let place = |id: &str| {
            let found = people.iter().position(|person| person.id == id);
            found.ok_or(Fault::UnknownPerson)
        };
        let rows = self.paid_for.iter().map(|row| Ok((place(&row.participant_id)?, row.shares)));
        let rows: Vec<(usize, i64)> = rows.collect::<Result<_, Fault>>()?;
        let weights = || -> Result<Vec<(usize, u64)>, Fault> {
            let weight = |minor: i64| u64::try_from(minor).map_err(|_| Fault::NegativeShare);
            rows.iter().map(|(person, shares)| Ok((*person, weight(*shares)?))).collect()
        };
        let total = Amount::new(self.amount, currency);
        let split = match self.split_mode.as_str() {
            "EVENLY" => Split::Equal(rows.iter().map(|(person, _)| *person).collect()),
            "BY_SHARES" => Split::Weights(weights()?),
            "BY_PERCENTAGE" => Split::Percent(weights()?),
            "BY_AMOUNT" => Split::Exact(rows.clone()),
            other => return Err(Fault::UnknownSplit { text: other.to_owned() }),
        };
        let is_payment = self.is_reimbursement && rows.len() == 1 && self.amount > 0;
        Ok(LedgerEntry {
            rate: None,
            line,
            kind: if is_payment { Kind::Payment } else { Kind::Expense },
            description: self.title.clone(),
            date: day(&self.date)?,
            category: self.category.as_ref().map(|category| category.name.to_lowercase()),
            notes: self.notes.clone(),
            total,
            payers: vec![(place(&self.paid_by_id)?, total.minor)],
            shares: shared(total, &split)?,
        })
    }
}

pub(super) fn read_csv(text: &str) -> Result<LedgerFile, Fault> {
    let rows = rows(text, separator(text));
    let header = rows.first().ok_or_else(|| other_file("Spliit"))?;
    let columns = Columns::of(header).ok_or_else(|| other_file("Spliit"))?;
    let mut file = LedgerFile::default();
    let people = file.people_in(header, columns.before_people);
    for row in &rows[1..] {
        let entry = columns.entry(row, &people);
        file.add(row.line, entry);
    }
    Ok(file)
}

struct Columns {
    date: usize,
    description: usize,
    category: Option<usize>,
    currency: usize,
    cost: usize,
    is_payment: Option<usize>,
    before_people: usize,
}

impl Columns {
    fn of(header: &Row) -> Option<Self> {
        Some(Self {
            date: column(header, &["date"])?,
            description: column(header, &["description"])?,
            category: column(header, &["category"]),
            currency: column(header, &["currency"])?,
            cost: column(header, &["cost"])?,
            is_payment: column(header, &["is reimbursement"]),
            before_people: column(header, &["split mode", "is reimbursement"])? + 1,
        })
    }

    fn entry(&self, row: &Row, people: &[usize]) -> Result<Option<LedgerEntry>, Fault> {
        let code = row.cell(self.currency);
        let currency = Currency::from_code(code).map_err(|_| Fault::not_a_currency(code))?;
        let effect = |(person, column): (usize, &usize)| Ok((person, amount(row.cell(*column), currency)?.minor));
        let effects: Vec<(usize, i64)> = people.iter().enumerate().map(effect).collect::<Result<_, Fault>>()?;
        let effects: Vec<(usize, i64)> = effects.into_iter().filter(|(_, minor)| *minor != 0).collect();
        if effects.is_empty() {
            return Ok(None);
        }
        let total = amount(row.cell(self.cost), currency)?;
        let (payers, shares) = from_effects(total, &effects)?;
        let said = self.is_payment.is_some_and(|place| row.cell(place).eq_ignore_ascii_case("yes"));
        let is_payment = said && effects.len() == 2;
        let category = self.category.map(|place| row.cell(place).to_lowercase());
        Ok(Some(LedgerEntry {
            rate: None,
            line: row.line,
            kind: if is_payment { Kind::Payment } else { Kind::Expense },
            description: row.cell(self.description).to_owned(),
            date: day(row.cell(self.date))?,
            category: category.filter(|category| !category.is_empty()),
            notes: None,
            total,
            payers,
            shares,
        }))
    }
}
