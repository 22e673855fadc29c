//! Statements: what a group spent in a month, expense by expense, as a PDF.

mod layout;
mod operations;
mod paper;
mod words;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use contracts::{MemberId, event::MemberAmount};
use kit::{Failure, Outcome};
use money::{Amount, Currency};

use crate::spending::{Expense, Month};

pub(crate) use operations::Statements;

/// What a group spent in a month.
#[derive(Debug)]
struct Statement {
    group: String,
    month: Month,
    /// A part per currency, in the order of their codes; none in a month without expenses.
    parts: Vec<Part>,
}

/// What was spent in one currency.
#[derive(Debug)]
struct Part {
    total: Amount,
    /// In the order of their days.
    rows: Vec<Row>,
    /// The largest first.
    categories: Vec<(String, Amount)>,
    /// In the order of the group.
    members: Vec<MemberLine>,
}

/// One expense.
#[derive(Clone, Debug)]
struct Row {
    date: NaiveDate,
    description: String,
    category: String,
    /// Who paid, by name.
    payers: Vec<String>,
    total: Amount,
}

/// What a member paid and used.
#[derive(Debug)]
struct MemberLine {
    name: String,
    paid: Amount,
    share: Amount,
    /// What was paid beyond the own share; negative if the share is larger.
    difference: Amount,
}

impl Statement {
    /// Makes the statement of these expenses, whose members have these names. Fails if it does not add up.
    fn of(group: &str, month: Month, expenses: &[Expense], names: &[(MemberId, String)]) -> Outcome<Self> {
        let mut by_currency: BTreeMap<Currency, Vec<&Expense>> = BTreeMap::new();
        for expense in expenses {
            by_currency.entry(expense.total.currency).or_default().push(expense);
        }
        let parts = by_currency.into_iter().map(|(currency, expenses)| Part::of(currency, &expenses, names));
        Ok(Self { group: group.to_owned(), month, parts: parts.collect::<Outcome<_>>()? })
    }
}

impl Part {
    fn of(currency: Currency, expenses: &[&Expense], names: &[(MemberId, String)]) -> Outcome<Self> {
        let total = sum(currency, expenses.iter().map(|expense| expense.total.minor))?;
        let mut categories: BTreeMap<&str, Vec<i64>> = BTreeMap::new();
        let (mut paid, mut used) = (BTreeMap::new(), BTreeMap::new());
        for expense in expenses {
            categories.entry(&expense.category).or_default().push(expense.total.minor);
            collect(&mut paid, &expense.payers);
            collect(&mut used, &expense.shares);
        }
        let mut categories = categories
            .into_iter()
            .map(|(category, amounts)| Ok((category.to_owned(), sum(currency, amounts)?)))
            .collect::<Outcome<Vec<_>>>()?;
        categories.sort_by_key(|(_, amount)| std::cmp::Reverse(amount.minor));
        let concerned = names.iter().filter(|(id, _)| paid.contains_key(id) || used.contains_key(id));
        let members = concerned
            .map(|(id, name)| {
                let paid = sum(currency, paid.get(id).into_iter().flatten().copied())?;
                let share = sum(currency, used.get(id).into_iter().flatten().copied())?;
                let difference = paid.checked_sub(share).map_err(|_| too_large())?;
                Ok(MemberLine { name: name.clone(), paid, share, difference })
            })
            .collect::<Outcome<Vec<_>>>()?;
        let rows = expenses.iter().map(|expense| Row::of(expense, names)).collect();
        let part = Self { total, rows, categories, members };
        if part.adds_up()? { Ok(part) } else { Err(Failure::internal("a statement does not add up")) }
    }

    /// Whether the expenses, the categories, what was paid and what was used each add up to the total.
    fn adds_up(&self) -> Outcome<bool> {
        let all = |amounts: &mut dyn Iterator<Item = i64>| sum(self.total.currency, amounts);
        let sums = [
            all(&mut self.rows.iter().map(|row| row.total.minor))?,
            all(&mut self.categories.iter().map(|(_, amount)| amount.minor))?,
            all(&mut self.members.iter().map(|member| member.paid.minor))?,
            all(&mut self.members.iter().map(|member| member.share.minor))?,
        ];
        Ok(sums.iter().all(|sum| *sum == self.total))
    }
}

impl Row {
    fn of(expense: &Expense, names: &[(MemberId, String)]) -> Self {
        let paid = |id: MemberId| expense.payers.iter().any(|payer| payer.member_id == id && payer.amount_minor != 0);
        Self {
            date: expense.date,
            description: expense.description.clone(),
            category: expense.category.clone(),
            payers: names.iter().filter(|(id, _)| paid(*id)).map(|(_, name)| name.clone()).collect(),
            total: expense.total,
        }
    }
}

fn collect(amounts: &mut BTreeMap<MemberId, Vec<i64>>, parts: &[MemberAmount]) {
    for part in parts {
        amounts.entry(part.member_id).or_default().push(part.amount_minor);
    }
}

fn sum(currency: Currency, amounts: impl IntoIterator<Item = i64>) -> Outcome<Amount> {
    let minor = amounts.into_iter().try_fold(0_i64, i64::checked_add).ok_or_else(too_large)?;
    Ok(Amount::new(minor, currency))
}

fn too_large() -> Failure {
    Failure::internal("a sum of a statement does not fit 64 bits")
}

#[cfg(test)]
mod tests;
