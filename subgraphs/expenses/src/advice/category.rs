//! Suggests a category from the description of an expense.

use super::suggestion::{Reasoned, Suggestion};
use crate::expense::{Expense, OTHER};

/// Suggests a category for an expense that has none yet. A category that a person has chosen is left alone.
pub(super) fn category(expense: &Expense) -> Option<Reasoned> {
    if expense.category != OTHER {
        return None;
    }
    let (category, word) = reader::category(&expense.description)?;
    let reason = format!("\"{word}\" usually belongs to {category}.");
    (category != OTHER).then(|| Reasoned { suggestion: Suggestion::Category(category.to_owned()), reason })
}
