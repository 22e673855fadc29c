//! What can be suggested about an expense.

use contracts::{ExpenseId, MemberId};
use money::Split;
use serde::{Deserialize, Serialize};

/// What could be better about an expense.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Suggestion {
    /// This category fits better.
    Category(String),
    /// It repeats this older expense.
    DuplicateOf(ExpenseId),
    /// The notes describe this split.
    Split(#[serde(with = "contracts::split")] Split<MemberId>),
}

/// A suggestion with its reason in plain words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reasoned {
    /// What is suggested.
    pub suggestion: Suggestion,
    /// Why.
    pub reason: String,
}
