//! Detects expenses that were entered twice.

use std::collections::BTreeSet;

use super::suggestion::{Reasoned, Suggestion};
use crate::expense::Expense;

/// The largest distance between the dates of two duplicates, in days.
pub(super) const DAYS_APART: u64 = 3;

/// Returns the older expense of the group that this one seems to repeat: the same total, a nearby date and a similar
/// description. Only the younger of two duplicates gets the advice; otherwise accepting it for both would delete both.
pub(super) fn duplicate(expense: &Expense, others: &[Expense]) -> Option<Reasoned> {
    let original = others.iter().filter(|other| is_repeated_by(other, expense)).max_by_key(|other| other.created_at)?;
    let (description, total, date) = (&original.description, original.total, original.date);
    let reason = format!("\"{description}\" of {total} {} on {date} looks like the same.", total.currency);
    Some(Reasoned { suggestion: Suggestion::DuplicateOf(original.id), reason })
}

fn is_repeated_by(original: &Expense, expense: &Expense) -> bool {
    let days = original.date.signed_duration_since(expense.date).num_days().unsigned_abs();
    original.id != expense.id
        && original.group_id == expense.group_id
        && original.created_at < expense.created_at
        && original.deleted_at.is_none()
        && original.total == expense.total
        && days <= DAYS_APART
        && are_similar(&original.description, &expense.description)
}

/// Whether at least half of the words of both texts are the same.
fn are_similar(one: &str, other: &str) -> bool {
    let (a, b) = (words(one), words(other));
    let common = a.intersection(&b).count();
    if a.is_empty() && b.is_empty() { one.trim() == other.trim() } else { 4 * common >= a.len() + b.len() }
}

fn words(text: &str) -> BTreeSet<String> {
    let lower = text.to_lowercase();
    let words = lower.split(|letter: char| !letter.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::are_similar;

    #[test]
    fn texts_that_share_half_of_their_words_are_similar() {
        for (one, other) in
            [("Dinner", "dinner!"), ("Taxi to the airport", "airport taxi"), ("🍕", "🍕 "), ("Café", "CAFÉ")]
        {
            assert!(are_similar(one, other) && are_similar(other, one), "{one} / {other}");
        }
        for (one, other) in
            [("Dinner", "Lunch"), ("Taxi", "Taxi to the airport in the rain"), ("🍕", "🍔"), ("Tea", "🍵")]
        {
            assert!(!are_similar(one, other) && !are_similar(other, one), "{one} / {other}");
        }
    }
}
