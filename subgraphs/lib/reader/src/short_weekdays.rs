//! Short names of weekdays, which are also words, if no preposition precedes.

use crate::{language::Meaning, lookup::Lookup, words::Kind};

/// Whether the short name is a weekday here: it starts a line before a thing, "sat brunch 40".
pub(crate) fn is_day(lookup: &Lookup<'_>, at: usize) -> bool {
    let begins = at.checked_sub(1).is_none_or(|before| lookup.words[before].kind == Kind::Mark('\n'));
    let time = lookup.means(at + 1, Meaning::Span(1));
    let thing = lookup.category(at + 1).is_some() && lookup.category(at).is_none() || time.is_some();
    begins && (thing || point(lookup, at) > 0)
}

/// The length (0 or 1) of the full stop that belongs to a short name at the start of a line: "mon. timber 20".
pub(crate) fn point(lookup: &Lookup<'_>, at: usize) -> usize {
    let begins = at.checked_sub(1).is_none_or(|before| lookup.words[before].kind == Kind::Mark('\n'));
    let goes_on =
        lookup.words.get(at + 2).is_some_and(|word| (word.is_letters() || word.kind == Kind::Number) && !word.glued);
    let short = lookup.length_of(at, |meaning| matches!(meaning, Meaning::ShortWeekday(_))).is_some();
    let point = lookup.words.get(at + 1).is_some_and(|word| word.glued && word.is('.'));
    usize::from(begins && goes_on && short && point)
}
