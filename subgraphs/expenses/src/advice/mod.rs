//! Advice: what the built-in reader thinks of one version of an expense. It is kept beside the expense and changes nothing
//! until a person accepts it. Gemini is not asked: nobody waits for advice, and every change of every expense would go out.

mod category;
mod duplicate;
mod notes;
pub mod operations;
pub mod store;
mod suggestion;

use contracts::{ExpenseId, MemberId, event::AdviceFacts};
use money::Split;
use serde::{Deserialize, Serialize};

use category::category;
use duplicate::{DAYS_APART, duplicate};
use notes::{split, writer};
pub use suggestion::{Reasoned, Suggestion};

use crate::{
    advisor::Advisor,
    expense::{Expense, edit::Edit, shares::shares},
};

/// The advice for an expense, as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Advice {
    /// For which expense.
    #[serde(rename = "_id")]
    pub expense_id: ExpenseId,
    /// For which version of it.
    pub version: i64,
    /// What is suggested.
    pub suggestions: Vec<Reasoned>,
    /// Who says so.
    pub advisor: Advisor,
    /// What somebody did not want; it is never shown again.
    #[serde(default)]
    pub dismissed: Vec<Suggestion>,
}

impl Advice {
    /// Suggestions for an expense as it is.
    pub fn new(expense: &Expense, suggestions: Vec<Reasoned>) -> Self {
        let (expense_id, version) = (expense.id, expense.version);
        Self { expense_id, version, suggestions, advisor: Advisor::Rules, dismissed: Vec::new() }
    }

    /// The part that is still to be shown: none for another version than it was given for, nor what was dismissed.
    pub fn for_version(mut self, expense: &Expense) -> Option<Self> {
        let is_present = self.version == expense.version && expense.deleted_at.is_none();
        self.suggestions.retain(|one| !self.dismissed.contains(&one.suggestion));
        (is_present && !self.suggestions.is_empty()).then_some(self)
    }

    /// The category that fits better.
    pub fn category(&self) -> Option<&str> {
        self.find(|suggestion| match suggestion {
            Suggestion::Category(category) => Some(category.as_str()),
            _ => None,
        })
    }

    /// The older expense that this one repeats.
    pub fn duplicate_of(&self) -> Option<ExpenseId> {
        self.find(|suggestion| match suggestion {
            Suggestion::DuplicateOf(expense) => Some(*expense),
            _ => None,
        })
    }

    /// The split that the notes describe.
    pub fn split(&self) -> Option<&Split<MemberId>> {
        self.find(|suggestion| match suggestion {
            Suggestion::Split(split) => Some(split),
            _ => None,
        })
    }

    /// Why, in plain words.
    pub fn reason(&self) -> String {
        let reasons: Vec<&str> = self.suggestions.iter().map(|one| one.reason.as_str()).collect();
        reasons.join(" ")
    }

    /// What accepting it changes in the expense.
    pub fn edit(&self) -> Edit {
        Edit { category: self.category().map(str::to_owned), split: self.split().cloned(), ..Edit::default() }
    }

    /// What others are told about it.
    pub fn facts(&self, expense: &Expense) -> AdviceFacts {
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
