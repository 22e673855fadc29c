//! Changes of an expense: edit, delete, restore. Each creates the next version; its journal entry reverses the previous
//! postings and adds the new ones.

use chrono::NaiveDate;
use contracts::{GroupId, MemberId, Timestamp, amount, event::MemberAmount};
use money::{Amount, Rate, Split};
use serde::{Deserialize, Serialize};

use super::{Author, Expense, NewExpense, departed};
use crate::refusal::Refusal;

/// A partial update of an expense: `None` keeps the present value. A draft is an edit of an empty expense.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Edit {
    /// What it was for.
    pub description: Option<String>,
    /// The total amount.
    #[serde(with = "amount::optional")]
    pub total: Option<Amount>,
    /// The day it was spent.
    pub date: Option<NaiveDate>,
    /// The key of a category, such as `groceries`.
    pub category: Option<String>,
    /// Free text; an empty text removes the notes.
    pub notes: Option<String>,
    /// Who paid. If only the total changes, a single payer is taken to have paid the new total.
    pub payers: Option<Vec<MemberAmount>>,
    /// The split. If only the total changes, the same split applies to the new total.
    #[serde(default, with = "contracts::split::optional")]
    pub split: Option<Split<MemberId>>,
    /// The exchange rate: units of the group's currency per unit of the total's currency. A change of the total's
    /// currency removes the rate, unless a new one is given.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "contracts::conversion::rate")]
    pub rate: Option<Rate>,
    /// Whether the rate is removed.
    #[serde(skip)]
    pub without_rate: bool,
}

impl Edit {
    /// Returns an edit that sets every field to its present value.
    pub(crate) fn of(expense: &Expense) -> Self {
        Self {
            description: Some(expense.description.clone()),
            total: Some(expense.total),
            date: Some(expense.date),
            category: Some(expense.category.clone()),
            notes: expense.notes.clone(),
            payers: Some(expense.payers.clone()),
            split: Some(expense.split.clone()),
            rate: expense.conversion.map(|conversion| conversion.rate),
            without_rate: false,
        }
    }

    /// Combines this edit with a later one.
    pub(crate) fn then(self, later: Self) -> Result<Self, Refusal> {
        let total = later.total.or(self.total);
        let in_another_currency = match (self.total, total) {
            (Some(before), Some(after)) => before.currency != after.currency,
            _ => false,
        };
        if in_another_currency && later.split.is_none() && self.split.as_ref().is_some_and(Split::has_amounts) {
            return Err(Refusal::SplitInAnotherCurrency);
        }
        let kept = self.rate.filter(|_| !in_another_currency && !later.without_rate);
        Ok(Self {
            description: later.description.or(self.description),
            total,
            date: later.date.or(self.date),
            category: later.category.or(self.category),
            notes: later.notes.or(self.notes),
            payers: later.payers.or_else(|| self.payers.map(|payers| paying(payers, total))),
            split: later.split.or(self.split),
            rate: later.rate.or(kept),
            without_rate: later.without_rate,
        })
    }

    /// Returns the expense, or a refusal that names the first missing value.
    pub(crate) fn complete(self, group_id: GroupId) -> Result<NewExpense, Refusal> {
        let missing = |field, question| Refusal::Missing { field, question };
        Ok(NewExpense {
            group_id,
            description: self.description.ok_or(missing("input.description", "What was it for?"))?,
            total: self.total.ok_or(Refusal::NO_TOTAL)?,
            date: self.date,
            category: self.category,
            notes: self.notes,
            payers: self.payers.ok_or(missing("input.payers", "Who paid?"))?,
            split: self.split.ok_or(missing("input.split", "Who shares it, and how?"))?,
            rate: self.rate,
        })
    }
}

/// Adjusts the payers to a changed total: a single payer has paid all of the new one.
fn paying(mut payers: Vec<MemberAmount>, total: Option<Amount>) -> Vec<MemberAmount> {
    if let ([only], Some(total)) = (payers.as_mut_slice(), total) {
        only.amount_minor = total.minor;
    }
    payers
}

impl Expense {
    /// Returns the next version with these changes; refuses invalid values. Members who have left may stay in the
    /// expense if they are already part of it, but cannot be added.
    pub(crate) fn edited(&self, edit: Edit, editor: &Author<'_>) -> Result<Self, Refusal> {
        if self.deleted_at.is_some() {
            return Err(Refusal::Deleted);
        }
        let says_rate = edit.rate.is_some();
        let edited = Edit::of(self).then(edit)?.complete(self.group_id)?;
        // A fixed rate stays, even if the group has changed its currency since.
        let kept = self.conversion.filter(|_| !says_rate && edited.rate.is_some());
        let edited = NewExpense { rate: edited.rate.filter(|_| kept.is_none()), ..edited };
        let next = Self::valid(self.id, edited, self.rounding_offset, editor, &self.members())?;
        let (created_by, created_at) = (self.created_by, self.created_at);
        let (version, schedule_id) = (self.version + 1, self.schedule_id);
        let conversion = kept.or(next.conversion);
        let next = Self { version, created_by, created_at, conversion, schedule_id, ..next }.sorted();
        let next = next.with_comments(self.commented.clone());
        next.converted()?;
        departed::check(self, &next, editor.roster)?;
        Ok(next)
    }

    /// Returns the next version, deleted.
    pub(crate) fn deleted(&self, editor: &Author<'_>) -> Result<Self, Refusal> {
        if self.deleted_at.is_some() {
            return Err(Refusal::Deleted);
        }
        let next = Self { deleted_at: Some(editor.now), ..self.next(editor.now) };
        departed::check(self, &next, editor.roster)?;
        Ok(next)
    }

    /// Returns the next version, not deleted.
    pub(crate) fn restored(&self, editor: &Author<'_>) -> Result<Self, Refusal> {
        if self.deleted_at.is_none() {
            return Err(Refusal::NotDeleted);
        }
        let next = Self { deleted_at: None, ..self.next(editor.now) };
        departed::check(self, &next, editor.roster)?;
        Ok(next)
    }

    fn next(&self, now: Timestamp) -> Self {
        Self { version: self.version + 1, updated_at: now, ..self.clone() }
    }
}
