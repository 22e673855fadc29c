//! Words that are made of several: "zweieinhalb", "fünfundzwanzig", "Geburtstagstorte".

use crate::{
    language::{Lexicon, Meaning},
    role::Role,
};

impl Lexicon {
    /// The longest number word at the beginning of a word that is made of several.
    pub(crate) fn number_prefix(&self, folded: &str) -> Option<(u64, usize)> {
        self.prefix(folded, |meaning| if let Meaning::Number(value) = meaning { Some(value) } else { None })
    }

    /// Whether it is what a number and a half ends with.
    pub(crate) fn is_half(&self, folded: &str) -> bool {
        let phrases = self.phrases.get(folded).map(Vec::as_slice).unwrap_or_default();
        phrases.iter().any(|phrase| phrase.rest.is_empty() && phrase.meaning == Meaning::Fraction(1, 2))
    }

    /// The length of an "and" at the beginning of a word that is made of several.
    pub(crate) fn joiner(&self, folded: &str) -> Option<usize> {
        let and = |meaning| (meaning == Meaning::Role(Role::And)).then_some(());
        self.prefix(folded, and).map(|((), length)| length)
    }

    fn prefix<T>(&self, folded: &str, pick: impl Fn(Meaning) -> Option<T>) -> Option<(T, usize)> {
        let ends = folded.char_indices().map(|(at, c)| at + c.len_utf8()).filter(|end| *end > 1);
        let found = ends.filter_map(|end| {
            let mut phrases = self.phrases.get(&folded[..end])?.iter().filter(|phrase| phrase.rest.is_empty());
            phrases.find_map(|phrase| pick(phrase.meaning)).map(|value| (value, end))
        });
        found.last()
    }
}
