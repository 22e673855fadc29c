//! Guesses the category of a text from its words.

use crate::{
    language::{Thing, Weight},
    lookup::Lookup,
    question::LONGEST_TEXT,
    words::{Kind, fold, words},
};

/// An occurrence of a category word in a text.
struct Hit {
    thing: Thing,
    from: usize,
    to: usize,
}

/// The category of a text and the word that decides it, for example `("dining", "pizza")`; `None` if no word belongs to
/// a category.
pub fn category(text: &str) -> Option<(&'static str, &str)> {
    let text = text.char_indices().nth(LONGEST_TEXT).map_or(text, |(end, _)| &text[..end]);
    let words = words(text);
    let lookup = Lookup::new(&words);
    let hit = decisive(&lookup, &[]).or_else(|| misspelt(&lookup, &[]))?;
    Some((hit.thing.category, text.get(words[hit.from].at..words[hit.to - 1].end())?))
}

/// The category of the description, or of the whole text if the description has none. Words that are names of `people`
/// do not count.
pub(crate) fn told(description: &str, text: &Lookup<'_>, people: &[&str]) -> Option<&'static str> {
    let names: Vec<String> =
        people.iter().flat_map(|name| name.split(|c: char| !c.is_alphabetic())).map(fold).collect();
    let words = words(description);
    let described = Lookup::within(&words, text);
    let clear = decisive(&described, &names).filter(|hit| hit.thing.weight > Weight::Vague);
    let hit = clear.or_else(|| decisive(text, &names)).or_else(|| misspelt(&described, &names));
    hit.or_else(|| misspelt(text, &names)).map(|hit| hit.thing.category)
}

/// The first category word decides. In a compound the last word decides ("cheese fondue"), but a thing outranks the
/// place where it is bought ("breakfast hotel").
fn decisive(lookup: &Lookup<'_>, names: &[String]) -> Option<Hit> {
    let mut best: Option<Hit> = None;
    // The word position at which the compound of the best hit continues.
    let mut row = None;
    let mut at = 0;
    while at < lookup.words.len() {
        let Some(hit) = hit(lookup, at, names) else {
            row = row.filter(|next| *next == at).and_then(|_| bridged(lookup, at));
            at += 1;
            continue;
        };
        let same = row == Some(at);
        let better = best.as_ref().is_none_or(|best| {
            let (weight, best) = (hit.thing.weight, best.thing.weight);
            (same && weight >= best) || (best == Weight::Vague && weight > best)
        });
        at = hit.to;
        if better {
            row = Some(at);
            best = Some(hit);
        } else if same {
            row = Some(at);
        }
    }
    best
}

/// The position at which a compound continues after a word that does not interrupt it: "train station coffee".
fn bridged(lookup: &Lookup<'_>, at: usize) -> Option<usize> {
    let before = &lookup.words[..at];
    let hyphen = lookup.words[at].glued && matches!(lookup.words[at].kind, Kind::Mark('-' | '–'));
    // Two unknown words in a row end the compound.
    let again = before.last().is_some_and(|word| word.is_letters() && lookup.category(at - 1).is_none());
    let strange = lookup.words[at].is_letters() && !again && (!lookup.is_known(at) || lookup.is_carrier(at));
    (hyphen || strange).then_some(at + 1)
}

fn hit(lookup: &Lookup<'_>, at: usize, names: &[String]) -> Option<Hit> {
    let (thing, length) = lookup.thing(at)?;
    let is_name = length == 1 && names.contains(&lookup.words[at].folded);
    (!is_name).then_some(Hit { thing, from: at, to: at + length })
}

/// A misspelt category word; used only if no correctly spelt word decides.
fn misspelt(lookup: &Lookup<'_>, names: &[String]) -> Option<Hit> {
    let strange = (0..lookup.words.len()).filter(|at| !names.contains(&lookup.words[*at].folded));
    let mut found = strange.filter_map(|at| Some((at, lookup.misspelt_thing(at)?)));
    found.next().map(|(at, thing)| Hit { thing, from: at, to: at + 1 })
}
