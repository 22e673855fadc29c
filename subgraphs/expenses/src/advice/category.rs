//! The category that the description gives away.

use super::suggestion::{Reasoned, Suggestion};
use crate::expense::{Expense, OTHER};

/// A category for an expense that has none yet. One that a person has chosen is left alone.
pub fn category(expense: &Expense) -> Option<Reasoned> {
    if expense.category != OTHER {
        return None;
    }
    let (category, word) = reader::category(&expense.description)?;
    let reason = format!("\"{word}\" usually belongs to {category}.");
    (category != OTHER).then(|| Reasoned { suggestion: Suggestion::Category(category.to_owned()), reason })
}
