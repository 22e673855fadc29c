//! Changes of an expense: an edit, a deletion, a restoration. Each makes the next version; the entry
//! in the journal reverses what was and states what is.

use chrono::NaiveDate;
use contracts::{GroupId, MemberId, Timestamp, amount, event::MemberAmount};
use money::{Amount, Rate, Split};
use serde::{Deserialize, Serialize};

use super::{Author, Expense, NewExpense, departed};
use crate::refusal::Refusal;

/// What a person says about an expense; what is not named stays. A draft is an edit of nothing yet.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Edit {
    /// What it was for.
    pub description: Option<String>,
    /// The whole amount.
    #[serde(with = "amount::optional")]
    pub total: Option<Amount>,
    /// The day it was spent.
    pub date: Option<NaiveDate>,
    /// A word such as `groceries`.
    pub category: Option<String>,
    /// Whatever else is worth knowing; an empty text takes the notes away.
    pub notes: Option<String>,
    /// Who paid. When only the total changes, a single payer has paid the new one.
    pub payers: Option<Vec<MemberAmount>>,
    /// How it is split. When only the total changes, the same rule splits the new one.
    #[serde(default, with = "contracts::split::optional")]
    pub split: Option<Split<MemberId>>,
    /// How much of the group's currency a unit of the total's currency is. In another currency there is none until it is
    /// said.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "contracts::conversion::rate")]
    pub rate: Option<Rate>,
    /// Whether there is no rate any more.
    #[serde(skip)]
    pub without_rate: bool,
}

impl Edit {
    /// All that an expense says now.
    pub fn of(expense: &Expense) -> Self {
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

    /// This, and then a later edit of it.
    pub fn then(self, later: Self) -> Result<Self, Refusal> {
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

    /// The expense that is meant, if enough is said.
    pub fn complete(self, group_id: GroupId) -> Result<NewExpense, Refusal> {
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

/// Who paid a changed total, when that is not said: the one who paid all of the old one.
fn paying(mut payers: Vec<MemberAmount>, total: Option<Amount>) -> Vec<MemberAmount> {
    if let ([only], Some(total)) = (payers.as_mut_slice(), total) {
        only.amount_minor = total.minor;
    }
    payers
}

impl Expense {
    /// The next version with these changes; refuses what cannot be right. Who is named in the expense already may stay
    /// in it after leaving the group; others who left get no new share.
    pub fn edited(&self, edit: Edit, editor: &Author<'_>) -> Result<Self, Refusal> {
        if self.deleted_at.is_some() {
            return Err(Refusal::Deleted);
        }
        let says_rate = edit.rate.is_some();
        let edited = Edit::of(self).then(edit)?.complete(self.group_id)?;
        // What was fixed stays so, also when the group has another currency by now.
        let kept = self.conversion.filter(|_| !says_rate && edited.rate.is_some());
        let edited = NewExpense { rate: edited.rate.filter(|_| kept.is_none()), ..edited };
        let next = Self::valid(self.id, edited, self.rounding_offset, editor, &self.members())?;
        let (created_by, created_at) = (self.created_by, self.created_at);
        let (version, schedule_id) = (self.version + 1, self.schedule_id);
        let conversion = kept.or(next.conversion);
        let next = Self { version, created_by, created_at, conversion, schedule_id, ..next }.sorted();
        next.converted()?;
        departed::check(self, &next, editor.roster)?;
        Ok(next)
    }

    /// The next version, deleted.
    pub fn deleted(&self, editor: &Author<'_>) -> Result<Self, Refusal> {
        if self.deleted_at.is_some() {
            return Err(Refusal::Deleted);
        }
        let next = Self { deleted_at: Some(editor.now), ..self.next(editor.now) };
        departed::check(self, &next, editor.roster)?;
        Ok(next)
    }

    /// The next version, no longer deleted.
    pub fn restored(&self, editor: &Author<'_>) -> Result<Self, Refusal> {
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
