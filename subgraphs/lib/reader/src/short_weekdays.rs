//! Short names of weekdays, which are also words, if no preposition precedes.

use crate::{language::Meaning, lookup::Lookup, words::Kind};

/// Whether the short name is a weekday here, judged by its neighbours.
pub(crate) fn is_day(lookup: &Lookup<'_>, at: usize) -> bool {
    heads(lookup, at)
}

/// Whether the short name starts a line before a colon or a thing: "weds: cinema 20", "sat brunch 40".
fn heads(lookup: &Lookup<'_>, at: usize) -> bool {
    let begins = at.checked_sub(1).is_none_or(|before| lookup.words[before].kind == Kind::Mark('\n'));
    let time = lookup.find(at + 1, |meaning| (meaning == Meaning::Span(1)).then_some(()));
    let thing = lookup.category(at + 1).is_some() && lookup.category(at).is_none() || time.is_some();

    begins && (thing || point(lookup, at) > 0)
}

/// The length (0 or 1) of the full stop that belongs to a short name at the start of a line: "mon. timber 20".
pub(crate) fn point(lookup: &Lookup<'_>, at: usize) -> usize {
    let begins = at.checked_sub(1).is_none_or(|before| lookup.words[before].kind == Kind::Mark('\n'));
    let goes_on =
        lookup.words.get(at + 2).is_some_and(|word| (word.is_letters() || word.kind == Kind::Number) && !word.glued);
    let short = lookup.find(at, |meaning| matches!(meaning, Meaning::ShortWeekday(_)).then_some(())).is_some();
    let point = lookup.words.get(at + 1).is_some_and(|word| word.glued && word.is('.'));
    usize::from(begins && goes_on && short && point)
}
