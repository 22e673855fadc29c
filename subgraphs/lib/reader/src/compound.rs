//! Compound words: "zweieinhalb", "fünfundzwanzig", "Geburtstagstorte".

use crate::{
    language::{Lexicon, Meaning},
    role::Role,
};

impl Lexicon {
    /// The value and the length of the longest number word at the start of a compound.
    pub(crate) fn number_prefix(&self, folded: &str) -> Option<(u64, usize)> {
        self.prefix(folded, |meaning| if let Meaning::Number(value) = meaning { Some(value) } else { None })
    }

    /// Whether the text is the "half" at the end of a compound number.
    pub(crate) fn is_half(&self, folded: &str) -> bool {
        let phrases = self.phrases.get(folded).map(Vec::as_slice).unwrap_or_default();
        phrases.iter().any(|phrase| phrase.rest.is_empty() && phrase.meaning == Meaning::Fraction(1, 2))
    }

    /// The length of an "and" at the start of the rest of a compound.
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
