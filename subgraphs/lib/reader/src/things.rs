//! Words for things that can be bought, and how specific they are.

use std::collections::{HashMap, HashSet};

use crate::words::{fold, spellings};

/// The categories of an expense.
pub const CATEGORIES: [&str; 12] = [
    "groceries",
    "dining",
    "drinks",
    "transport",
    "travel",
    "home",
    "utilities",
    "entertainment",
    "health",
    "gifts",
    "shopping",
    "other",
];

/// The minimum length of a word that can be part of a compound, in bytes. Shorter ones occur in unrelated words:
/// "bus" is in "business".
const SHORTEST_PART: usize = 4;

/// The same for a text in another language than the word. Shorter ones occur in unrelated words: "hose" is in "chose".
const SHORTEST_LONG_PART: usize = 6;

/// The minimum length of a word with any plural ending. Shorter words only take "s", which does not turn them into
/// another word.
const SHORTEST_WITH_PLURALS: usize = 5;
const SHORTEST_WITH_PLAIN_PLURAL: usize = 4;

/// The minimum length of two words that are written as one, in bytes.
const SHORTEST_JOINED: usize = 7;

/// How specific a word is, from least to most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Weight {
    /// Counts only if there is no other word: "trip".
    Vague,
    /// A place where things are bought: "hotel".
    Place,
    Thing,
}

/// A word that can be part of a compound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) category: &'static str,
    pub(crate) language: usize,
    /// Whether it is long enough to be found in a text of another language.
    pub(crate) long: bool,
}

/// The words of all categories with their properties.
#[derive(Default)]
pub(crate) struct Things {
    /// Words that can be part of a compound.
    parts: HashMap<String, Part>,
    /// Single words of categories, for matching typos.
    pub(crate) single: Vec<(String, &'static str)>,
    /// The weights of words other than `Weight::Thing`.
    weights: HashMap<String, Weight>,
    /// Nouns that follow the thing they are about: "ticket", "bill".
    pub(crate) carriers: HashSet<String>,
}

impl Things {
    pub(crate) fn add_words<'t>(
        &mut self,
        texts: impl Iterator<Item = &'t String>,
        category: &'static str,
        compounds: Option<usize>,
    ) {
        let single = texts.filter(|text| text.chars().all(char::is_alphabetic));
        for text in single.flat_map(|text| spellings(text)) {
            if let Some(language) = compounds.filter(|_| text.len() >= SHORTEST_PART) {
                let long = text.len() >= SHORTEST_LONG_PART;
                self.parts.entry(text.clone()).or_insert(Part { category, language, long });
            }
            self.single.push((text, category));
        }
    }

    pub(crate) fn add_weights(&mut self, brands: &[(&str, Vec<String>)], places: &[String], vague: &[String]) {
        let brands = brands.iter().flat_map(|(_, texts)| texts);
        for text in brands.chain(places) {
            self.weigh(text, Weight::Place);
        }
        for text in vague {
            self.weigh(text, Weight::Vague);
        }
    }

    pub(crate) fn weigh(&mut self, text: &str, weight: Weight) {
        for spelling in spellings(text) {
            self.weights.insert(spelling.replace('-', " "), weight);
        }
    }

    /// The weight of a category word.
    pub(crate) fn weight(&self, folded: &str) -> Weight {
        self.weights.get(folded).copied().unwrap_or(Weight::Thing)
    }

    /// The category of a compound by its parts that `fit`: the last part, or the first part if the last one has none.
    pub(crate) fn within(&self, folded: &str, plurals: &[String], fit: impl Fn(&Part) -> bool) -> Option<&'static str> {
        let part = |text: &str| self.parts.get(text).filter(|part| fit(part)).map(|part| part.category);
        let stems = plurals.iter().filter_map(|end| folded.strip_suffix(end.as_str()));
        let mut whole_and_stems = std::iter::once(folded).chain(stems);
        let last = whole_and_stems.find_map(|word| cuts(word).find_map(|at| part(&word[at..])));
        last.or_else(|| cuts(folded).rev().find_map(|at| part(&folded[..at])))
    }

    /// The part of a compound before its carrier: the "zoo" of "zooticket".
    pub(crate) fn carried<'t>(&self, folded: &'t str) -> Option<&'t str> {
        cuts(folded).find(|at| self.carriers.contains(&folded[*at..])).map(|at| &folded[..at])
    }
}

/// The positions where a word can be cut in two, in ascending order.
fn cuts(word: &str) -> impl DoubleEndedIterator<Item = usize> + '_ {
    word.char_indices().map(|(at, _)| at).filter(|at| *at > 0)
}

/// Other forms of a category word: its plurals, its singular, and two words joined into one.
pub(crate) fn other_forms(text: &str, plurals: &[String]) -> Vec<String> {
    let mut forms: Vec<String> = Vec::new();
    for written in [Some(text.to_owned()), joined(text)].into_iter().flatten() {
        let last = written.rsplit([' ', '-']).next().unwrap_or_default();
        let letters = if last.chars().all(char::is_alphabetic) { last.chars().count() } else { 0 };
        let fits =
            |end: &&String| letters >= SHORTEST_WITH_PLURALS || (letters >= SHORTEST_WITH_PLAIN_PLURAL && *end == "s");
        forms.extend(plurals.iter().filter(fits).filter_map(|end| plural(&written, end)));
        // Many things are only listed in the plural.
        let single = written.strip_suffix('s').filter(|_| letters > SHORTEST_WITH_PLURALS);
        forms.extend(
            single.map(|single| single.strip_suffix("ie").map_or(single.to_owned(), |stem| format!("{stem}y"))),
        );
        forms.extend((written != text).then_some(written));
    }
    forms
}

/// The plural with this ending: "party" and "ies" make "parties". `None` if the ending does not fit.
fn plural(text: &str, end: &str) -> Option<String> {
    match (text.strip_suffix('y'), end.starts_with('i')) {
        (Some(stem), true) => Some(format!("{stem}{end}")),
        (None, true) => None,
        (_, false) => Some(format!("{text}{end}")),
    }
}

/// Two words as one: "mini golf" becomes "minigolf".
pub(crate) fn joined(text: &str) -> Option<String> {
    let (first, second) = text.split_once([' ', '-'])?;
    let whole = format!("{first}{second}");
    (fold(&whole).len() >= SHORTEST_JOINED && whole.chars().all(char::is_alphabetic)).then_some(whole)
}
