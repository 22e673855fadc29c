//! Changes of an expense: an edit, a deletion, a restoration. Each makes the next version; the entry
//! in the journal reverses what was and states what is.

use chrono::NaiveDate;
use contracts::{Timestamp, event::Part, roster::Roster};
use money::Amount;

use crate::{Expense, NewExpense, refusal::Refusal, split_rule::SplitRule};

/// What a person changes; what is not named stays.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Edit {
    /// What it was for.
    pub description: Option<String>,
    /// The whole amount.
    pub total: Option<Amount>,
    /// The day it was spent.
    pub date: Option<NaiveDate>,
    /// A word such as `groceries`.
    pub category: Option<String>,
    /// Whatever else is worth knowing; an empty text takes the notes away.
    pub notes: Option<String>,
    /// Who paid. When only the total changes, a single payer has paid the new one.
    pub payers: Option<Vec<Part>>,
    /// How it is split. When only the total changes, the same rule splits the new one.
    pub split: Option<SplitRule>,
}

impl Expense {
    /// The next version with these changes; refuses what cannot be right. Who is named in the expense already may stay
    /// in it after leaving the group; others who left get no new share.
    pub fn edited(&self, edit: Edit, roster: &Roster, now: Timestamp) -> Result<Self, Refusal> {
        if self.deleted_at.is_some() {
            return Err(Refusal::Deleted);
        }
        let total = edit.total.unwrap_or(self.total);
        if total.currency != self.total.currency && edit.split.is_none() && self.split.has_amounts() {
            return Err(Refusal::SplitInAnotherCurrency);
        }
        let edited = NewExpense {
            group_id: self.group_id,
            description: edit.description.unwrap_or_else(|| self.description.clone()),
            total,
            date: Some(edit.date.unwrap_or(self.date)),
            category: Some(edit.category.unwrap_or_else(|| self.category.clone())),
            notes: edit.notes.or_else(|| self.notes.clone()),
            payers: edit.payers.unwrap_or_else(|| self.payers_of(total)),
            split: edit.split.unwrap_or_else(|| self.split.clone()),
        };
        let next = Self::checked((self.id, self.turn), edited, (roster, &self.members()), self.created_by, now)?;
        Ok(Self { version: self.version + 1, created_at: self.created_at, ..next }.sorted())
    }

    /// The next version, deleted.
    pub fn deleted(&self, now: Timestamp) -> Result<Self, Refusal> {
        if self.deleted_at.is_some() {
            return Err(Refusal::Deleted);
        }
        Ok(Self { deleted_at: Some(now), ..self.next(now) })
    }

    /// The next version, no longer deleted.
    pub fn restored(&self, now: Timestamp) -> Result<Self, Refusal> {
        if self.deleted_at.is_none() {
            return Err(Refusal::NotDeleted);
        }
        Ok(Self { deleted_at: None, ..self.next(now) })
    }

    fn next(&self, now: Timestamp) -> Self {
        Self { version: self.version + 1, updated_at: now, ..self.clone() }
    }

    /// Who paid a changed total, when that is not said: the one who paid all of the old one.
    fn payers_of(&self, total: Amount) -> Vec<Part> {
        match self.payers.as_slice() {
            [only] => vec![Part { amount_minor: total.minor, ..only.clone() }],
            several => several.to_vec(),
        }
    }
}
