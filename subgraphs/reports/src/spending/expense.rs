//! An expense as far as reports need it.

use chrono::NaiveDate;
use contracts::{
    ExpenseId, GroupId, amount,
    event::{ExpenseFacts, MemberAmount},
};
use money::Amount;
use serde::{Deserialize, Serialize};

use super::month::Month;

/// The newest collected state of an expense.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Expense {
    /// Which expense.
    #[serde(rename = "_id")]
    pub(crate) id: ExpenseId,
    /// In which group.
    pub(crate) group_id: GroupId,
    /// The day it was spent.
    pub(crate) date: NaiveDate,
    /// The month of that day, to sum by.
    pub(crate) month: Month,
    /// A word such as `groceries`.
    pub(crate) category: String,
    /// The whole amount; negative for a refund.
    #[serde(with = "amount")]
    pub(crate) total: Amount,
    /// Who paid.
    pub(crate) payers: Vec<MemberAmount>,
    /// Who owes.
    pub(crate) shares: Vec<MemberAmount>,
    /// Whether it was deleted: kept, but not counted.
    pub(crate) deleted: bool,
}

impl Expense {
    /// As an event tells it.
    pub(crate) fn of(facts: &ExpenseFacts) -> Self {
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
    pub(crate) fn deleted(self) -> Self {
        Self { deleted: true, ..self }
    }
}
