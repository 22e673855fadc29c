//! Advice: what the built-in reader suggests for one version of an expense. Advice is stored beside the expense and
//! changes nothing until a person accepts it. Gemini is not used here: nobody waits for advice, and every change of
//! every expense would be sent to it.

mod category;
mod duplicate;
mod notes;
pub(crate) mod operations;
pub(crate) mod store;
mod suggestion;

use contracts::{ExpenseId, MemberId, event::AdviceFacts};
use money::Split;
use serde::{Deserialize, Serialize};

use category::category;
use duplicate::{DAYS_APART, duplicate};
use notes::{split, writer};
pub(crate) use suggestion::{Reasoned, Suggestion};

use crate::{
    advisor::Advisor,
    expense::{Expense, edit::Edit, shares::shares},
};

/// The advice for an expense, as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Advice {
    /// The expense.
    #[serde(rename = "_id")]
    pub expense_id: ExpenseId,
    /// The version of the expense that the suggestions are for.
    pub version: i64,
    /// What is suggested.
    pub suggestions: Vec<Reasoned>,
    /// Which advisor gave them.
    pub advisor: Advisor,
    /// Suggestions that a person dismissed; they are never shown again.
    #[serde(default)]
    pub dismissed: Vec<Suggestion>,
}

impl Advice {
    /// Creates advice for the present version of an expense.
    pub(crate) fn new(expense: &Expense, suggestions: Vec<Reasoned>) -> Self {
        let (expense_id, version) = (expense.id, expense.version);
        Self { expense_id, version, suggestions, advisor: Advisor::Rules, dismissed: Vec::new() }
    }

    /// Returns the suggestions still to be shown: `None` if the expense has changed or was deleted since, or if all of
    /// them were dismissed.
    pub(crate) fn for_version(mut self, expense: &Expense) -> Option<Self> {
        let is_present = self.version == expense.version && expense.deleted_at.is_none();
        self.suggestions.retain(|one| !self.dismissed.contains(&one.suggestion));
        (is_present && !self.suggestions.is_empty()).then_some(self)
    }

    /// The category that fits better.
    pub(crate) fn category(&self) -> Option<&str> {
        self.find(|suggestion| match suggestion {
            Suggestion::Category(category) => Some(category.as_str()),
            _ => None,
        })
    }

    /// The older expense that this one repeats.
    pub(crate) fn duplicate_of(&self) -> Option<ExpenseId> {
        self.find(|suggestion| match suggestion {
            Suggestion::DuplicateOf(expense) => Some(*expense),
            _ => None,
        })
    }

    /// The split that the notes describe.
    pub(crate) fn split(&self) -> Option<&Split<MemberId>> {
        self.find(|suggestion| match suggestion {
            Suggestion::Split(split) => Some(split),
            _ => None,
        })
    }

    /// The reasons of all suggestions, as one text.
    pub(crate) fn reason(&self) -> String {
        let reasons: Vec<&str> = self.suggestions.iter().map(|one| one.reason.as_str()).collect();
        reasons.join(" ")
    }

    /// The edit of the expense that accepting the advice makes.
    pub(crate) fn edit(&self) -> Edit {
        Edit { category: self.category().map(str::to_owned), split: self.split().cloned(), ..Edit::default() }
    }

    /// The payload of its events.
    pub(crate) fn facts(&self, expense: &Expense) -> AdviceFacts {
        let shares = self.split().and_then(|split| shares(split, expense.total, expense.rounding_offset).ok());
        AdviceFacts {
            expense_id: expense.id,
            group_id: expense.group_id,
            category: self.category().map(str::to_owned),
            duplicate_of: self.duplicate_of(),
            shares: shares.unwrap_or_default(),
        }
    }

    fn find<'a, T>(&'a self, wanted: impl Fn(&'a Suggestion) -> Option<T>) -> Option<T> {
        self.suggestions.iter().find_map(|one| wanted(&one.suggestion))
    }
}
