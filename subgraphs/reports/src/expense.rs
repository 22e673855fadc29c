//! An expense as far as reports need it.

use chrono::NaiveDate;
use contracts::{
    ExpenseId, GroupId, amount,
    event::{ExpenseFacts, MemberAmount},
};
use money::Amount;
use serde::{Deserialize, Serialize};

use crate::report::Month;

/// The newest collected state of an expense.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Expense {
    /// Which expense.
    #[serde(rename = "_id")]
    pub id: ExpenseId,
    /// In which group.
    pub group_id: GroupId,
    /// The day it was spent.
    pub date: NaiveDate,
    /// The month of that day, to sum by.
    pub month: Month,
    /// A word such as `groceries`.
    pub category: String,
    /// The whole amount; negative for a refund.
    #[serde(with = "amount")]
    pub total: Amount,
    /// Who paid.
    pub payers: Vec<MemberAmount>,
    /// Who owes.
    pub shares: Vec<MemberAmount>,
    /// Whether it was deleted: kept, but not counted.
    pub deleted: bool,
}

impl Expense {
    /// As an event tells it.
    pub fn of(facts: &ExpenseFacts) -> Self {
        Self {
            id: facts.expense_id,
            group_id: facts.group_id,
            date: facts.date,
            month: Month::of(facts.date),
            category: facts.category.clone(),
            total: facts.total,
            payers: facts.payers.clone(),
            shares: facts.shares.clone(),
            deleted: false,
        }
    }

    /// The same, kept but not counted.
    #[must_use]
    pub fn deleted(self) -> Self {
        Self { deleted: true, ..self }
    }
}
