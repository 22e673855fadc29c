//! Search by words: ignores case and accents, and matches prefixes.

use std::collections::BTreeSet;

use kit::text::unaccented;

/// The longest prefix in the index, in characters; the rest of a word is compared after the query.
const INDEXED: usize = 4;

/// The most characters of a word that are compared.
const LONGEST: usize = 40;

/// Returns the index entries of texts: the prefixes of all words, up to `INDEXED` characters.
pub(super) fn beginnings(texts: &[&str]) -> Vec<String> {
    let words = texts.iter().flat_map(|text| words(text));
    let beginnings = words.flat_map(|word| (1..=INDEXED).map(move |letters| first(&word, letters)));
    beginnings.collect::<BTreeSet<_>>().into_iter().collect()
}

/// Returns the different words of texts, as they are compared, at most `most` of them.
pub(super) fn different(texts: &[&str], most: usize) -> Vec<String> {
    let words: BTreeSet<String> = texts.iter().flat_map(|text| words(text)).collect();
    words.into_iter().take(most).collect()
}

/// The words of a search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct WantedWords(Vec<String>);

impl WantedWords {
    /// Returns the words of a text; `None` if it has none.
    pub(crate) fn of(text: &str) -> Option<Self> {
        let words: Vec<String> = runs(&unaccented(text)).map(|run| first(run, LONGEST)).collect();
        (!words.is_empty()).then_some(Self(words))
    }

    /// Returns the most selective index entry: the prefix of the longest word.
    pub(crate) fn beginning(&self) -> String {
        let longest = self.0.iter().max_by_key(|word| word.chars().count());
        longest.map(|word| first(word, INDEXED)).unwrap_or_default()
    }

    /// Whether each word is a prefix of a word in these texts.
    pub(crate) fn are_in(&self, texts: &[&str]) -> bool {
        let words: Vec<String> = texts.iter().flat_map(|text| words(text)).collect();
        self.0.iter().all(|wanted| words.iter().any(|word| word.starts_with(wanted)))
    }
}

/// Splits a text into words. In scripts without spaces between words, a word begins at each character.
fn words(text: &str) -> Vec<String> {
    let plain = unaccented(text);
    let from = |run: &str| -> Vec<String> {
        let starts = run.char_indices().filter(|(at, c)| *at == 0 || (c.is_alphabetic() && !c.is_lowercase()));
        starts.map(|(at, _)| first(&run[at..], LONGEST)).collect()
    };
    runs(&plain).flat_map(from).collect()
}

fn runs(text: &str) -> impl Iterator<Item = &str> {
    text.split(is_between).filter(|run| !run.is_empty())
}

/// Everything else, including symbols such as emoji, belongs to a word.
fn is_between(c: char) -> bool {
    c.is_whitespace()
        || c.is_ascii_punctuation()
        || matches!(c, '\u{2000}'..='\u{206f}' | '\u{3000}'..='\u{303f}' | '¿' | '¡' | '«' | '»')
}

fn first(word: &str, letters: usize) -> String {
    word.chars().take(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finds(wanted: &str, text: &str) -> bool {
        let wanted = WantedWords::of(wanted).unwrap();
        let found = wanted.are_in(&[text]);
        // Every match must also be found through the index.
        assert!(!found || beginnings(&[text]).contains(&wanted.beginning()), "{wanted:?} in {text}");
        found
    }

    #[test]
    fn words_are_found_by_their_beginning_in_any_case_with_or_without_accents() {
        for (wanted, text) in [
            ("cafe", "Café Zoë"),
            ("ZOE caf", "Café Zoë"),
            ("strasse", "Hauptstr. 5, Straße"),
            ("司屋", "寿司屋"),
            ("🍕", "🍕 with Ben"),
            ("5", "Hauptstr. 5"),
            ("двор", "Во дворе"),
        ] {
            assert!(finds(wanted, text), "{wanted} in {text}");
        }
        for (wanted, text) in [("izza", "Pizza"), ("pizzas", "Pizza"), ("cafe ben", "Café Zoë")] {
            assert!(!finds(wanted, text), "{wanted} in {text}");
        }
        assert_eq!(WantedWords::of(" -, "), None);
    }
}
