//! The kinds of suggestions for an expense.

use contracts::{ExpenseId, MemberId};
use money::Split;
use serde::{Deserialize, Serialize};

/// A possible improvement of an expense.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Suggestion {
    /// Another category fits better.
    Category(String),
    /// The expense repeats this older one.
    DuplicateOf(ExpenseId),
    /// The notes describe another split.
    Split(#[serde(with = "contracts::split")] Split<MemberId>),
}

/// A suggestion with its reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Reasoned {
    /// What is suggested.
    pub suggestion: Suggestion,
    /// The reason, as a sentence for people.
    pub reason: String,
}
