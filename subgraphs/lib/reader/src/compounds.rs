//! Compound words: "zweieinhalb", "fünfundzwanzig", "Geburtstagstorte".

use std::collections::BTreeMap;

use crate::{
    dictionary::Language,
    language::{Lexicon, Meaning, phrase_words},
    role::Role,
    things::{CATEGORIES, other_forms},
    words::{fold, spellings},
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

impl Lexicon {
    /// Adds the category words of a language.
    pub(crate) fn add_categories(&mut self, language: &Language) {
        let known = |name: &String| CATEGORIES.iter().find(|category| *category == name);
        let named = |map: &BTreeMap<String, Vec<String>>| -> Vec<(&'static str, Vec<String>)> {
            map.iter().filter_map(|(name, texts)| Some((*known(name)?, texts.clone()))).collect()
        };
        let (categories, brands) = (named(&language.categories), named(&language.brands));
        for (name, texts) in categories.iter().chain(&brands) {
            // A hyphen is equivalent to a space, in the text as well.
            for text in texts {
                self.add_phrase(&text.replace('-', " "), Meaning::Category(name));
            }
        }
        let compounds = language.compounds.then_some(self.capital_nouns.len());
        for (name, texts) in &categories {
            let texts = texts.iter().filter(|text| !language.alone.contains(text));
            self.things.add_words(texts, name, compounds);
        }
        self.things.add_weights(&brands, &language.places, &language.vague);
        self.things.carriers.extend(language.carriers.iter().flat_map(|text| spellings(text)));
        for (rows, plurals) in [(&categories, language.plurals.as_slice()), (&brands, &[])] {
            let texts = rows.iter().flat_map(|(name, texts)| texts.iter().map(move |text| (name, text)));
            for (name, text) in texts.filter(|(_, text)| !language.alone.contains(text)) {
                let weight = self.things.weight(&fold(text).replace('-', " "));
                for form in other_forms(&text.replace('-', " "), plurals) {
                    if !self.is_thing(&form) {
                        self.things.weigh(&form, weight);
                        self.add_phrase(&form, Meaning::Category(name));
                    }
                }
            }
        }
    }

    /// Whether the text is a category word already.
    fn is_thing(&self, text: &str) -> bool {
        let Some(parts) = phrase_words(text).into_iter().next() else { return false };
        let Some((first, rest)) = parts.split_first() else { return false };
        self.phrases.get(first).is_some_and(|phrases| {
            phrases.iter().any(|phrase| matches!(phrase.meaning, Meaning::Category(_)) && phrase.rest == rest)
        })
    }

    /// The category of exactly this word; its parts are not searched.
    pub(crate) fn single_category(&self, folded: &str) -> Option<&'static str> {
        let mut phrases = self.phrases.get(folded)?.iter().filter(|phrase| phrase.rest.is_empty());
        phrases.find_map(|phrase| if let Meaning::Category(name) = phrase.meaning { Some(name) } else { None })
    }
}
