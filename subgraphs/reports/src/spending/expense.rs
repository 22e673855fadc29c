//! The data of an expense that reports need.

use chrono::NaiveDate;
use contracts::{
    ExpenseId, GroupId, amount,
    event::{ExpenseFacts, MemberAmount},
};
use money::Amount;
use serde::{Deserialize, Serialize};

use super::month::Month;

/// The latest collected state of an expense.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Expense {
    #[serde(rename = "_id")]
    pub(crate) id: ExpenseId,
    pub(crate) group_id: GroupId,
    /// The day of the expense.
    pub(crate) date: NaiveDate,
    /// The month of `date`.
    pub(crate) month: Month,
    /// Empty in copies that were collected before descriptions were.
    #[serde(default)]
    pub(crate) description: String,
    /// Such as `groceries`.
    pub(crate) category: String,
    /// Negative for a refund.
    #[serde(with = "amount")]
    pub(crate) total: Amount,
    pub(crate) payers: Vec<MemberAmount>,
    pub(crate) shares: Vec<MemberAmount>,
    /// A deleted expense is kept but not counted.
    pub(crate) deleted: bool,
}

impl Expense {
    /// The expense of an event.
    pub(crate) fn of(facts: &ExpenseFacts) -> Self {
        Self {
            id: facts.expense_id,
            group_id: facts.group_id,
            date: facts.date,
            month: Month::of(facts.date),
            description: facts.description.clone(),
            category: facts.category.clone(),
            total: facts.total,
            payers: facts.payers.clone(),
            shares: facts.shares.clone(),
            deleted: false,
        }
    }

    /// Returns a copy that is marked as deleted.
    #[must_use]
    pub(crate) fn deleted(self) -> Self {
        Self { deleted: true, ..self }
    }
}
