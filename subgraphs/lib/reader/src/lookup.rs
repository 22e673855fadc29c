//! The words of one text beside the words of all languages.

use crate::{
    language::{Lexicon, Meaning, Phrase, SHORTEST_WITH_TYPO, may_have_slips},
    ratio::make_one,
    role::Role,
    things::Part,
    words::Word,
};

/// There are so many things that only longer words look like one: "Schule" is no "Schuhe".
const SHORTEST_THING_WITH_TYPO: usize = 7;

/// Shorter words are no parts of one that was written as two.
const SHORTEST_APART: usize = 4;

/// A text's words beside the lexicon; where languages disagree, the one that the text is mostly in is right.
pub(crate) struct Lookup<'a> {
    pub(crate) words: &'a [Word<'a>],
    pub(crate) lexicon: &'static Lexicon,
    votes: Vec<usize>,
    /// Whether fractions in digits make one whole, so that none of them is a day.
    pub(crate) has_fractions: bool,
}

impl<'a> Lookup<'a> {
    pub(crate) fn new(words: &'a [Word<'a>]) -> Self {
        let lexicon = Lexicon::built_in();
        let mut lookup = Self { words, lexicon, votes: vec![0; lexicon.capital_nouns.len()], has_fractions: false };
        let mut votes = lookup.votes.clone();
        for at in 0..words.len() {
            for (language, votes) in votes.iter_mut().enumerate() {
                *votes += usize::from(lookup.phrases(at).any(|(phrase, _)| phrase.language == language));
            }
        }
        lookup.votes = votes;
        lookup.has_fractions = make_one(&lookup);
        lookup
    }

    /// Words that are taken out of a text, in the languages of that text.
    pub(crate) fn within(words: &'a [Word<'a>], text: &Lookup<'_>) -> Self {
        Self { words, lexicon: text.lexicon, votes: text.votes.clone(), has_fractions: text.has_fractions }
    }

    /// The longest phrase here that `pick` wants, and of how many words it is.
    pub(crate) fn find<T>(&self, at: usize, pick: impl Fn(Meaning) -> Option<T>) -> Option<(T, usize)> {
        // The last of equals wins, so the order is turned around: what a file says first counts.
        let wanted = self.phrases(at).filter_map(|(phrase, length)| Some((pick(phrase.meaning)?, length, phrase)));
        let best = wanted.reduce(|best, next| {
            let rank = |(_, length, phrase): &(T, usize, &Phrase)| (*length, self.votes[phrase.language]);
            if rank(&next) > rank(&best) { next } else { best }
        });
        best.map(|(found, length, _)| (found, length))
    }

    /// The role of the longest phrase here; a long word may have a typo.
    pub(crate) fn role(&self, at: usize) -> Option<(Role, usize)> {
        let role = |meaning| if let Meaning::Role(role) = meaning { Some(role) } else { None };
        self.find(at, role).or_else(|| self.misspelt(at))
    }

    pub(crate) fn is_role(&self, at: usize, role: Role) -> Option<usize> {
        self.find(at, |meaning| (meaning == Meaning::Role(role)).then_some(())).map(|((), length)| length)
    }

    pub(crate) fn category(&self, at: usize) -> Option<(&'static str, usize)> {
        let category = |meaning| if let Meaning::Category(name) = meaning { Some(name) } else { None };
        let found = self.find(at, category);
        let longer = if found.is_none_or(|(_, length)| length == 1) { self.written_apart(at) } else { None };
        longer.or(found).or_else(|| {
            let word = self.words.get(at).filter(|word| word.is_letters() && !self.is_known(at))?;
            Some((self.category_within(&word.folded)?, 1))
        })
    }

    /// A word of several parts that somebody wrote as two: "Käse Fondue".
    fn written_apart(&self, at: usize) -> Option<(&'static str, usize)> {
        let hyphen = usize::from(self.words.get(at + 1).is_some_and(|word| word.is('-') && word.glued));
        let end = at + 1 + hyphen;
        let long = |word: &&Word<'_>| word.is_letters() && word.folded.len() >= SHORTEST_APART;
        let (first, second) = (self.words.get(at).filter(long)?, self.words.get(end).filter(long)?);
        let whole = format!("{}{}", first.folded, second.folded);
        Some((self.lexicon.single_category(&whole)?, end + 1 - at))
    }

    /// The category of a part of a word; in a text of another language only a long part is one.
    fn category_within(&self, folded: &str) -> Option<&'static str> {
        let things = &self.lexicon.things;
        let carried = things.carried(folded).and_then(|thing| {
            let links = self.lexicon.plurals().iter().filter_map(|link| thing.strip_suffix(link.as_str()));
            std::iter::once(thing).chain(links).find_map(|thing| self.lexicon.single_category(thing))
        });
        let most = self.votes.iter().max();
        let fits = |part: &Part| part.long || self.votes.get(part.language) == most;
        carried.or_else(|| things.within(folded, self.lexicon.plurals(), fits))
    }

    /// The category of a long word with a typo.
    pub(crate) fn misspelt_category(&self, at: usize) -> Option<&'static str> {
        let word = self.words.get(at)?;
        if !word.is_letters() || word.folded.len() < SHORTEST_THING_WITH_TYPO || self.is_known(at) {
            return None;
        }
        let first = |text: &str| text.chars().next();
        let same = |known: &str| known.len() >= SHORTEST_THING_WITH_TYPO && first(known) == first(&word.folded);
        let mut known = self.lexicon.things.single.iter();
        known.find(|(known, _)| same(known) && is_near(known, &word.folded)).map(|(_, category)| *category)
    }

    /// Whether the word stands behind what it is about: "ticket".
    pub(crate) fn is_carrier(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(|word| self.lexicon.things.carriers.contains(&word.folded))
    }

    pub(crate) fn is_currency(&self, at: usize) -> bool {
        self.find(at, |meaning| matches!(meaning, Meaning::Currency(_)).then_some(())).is_some()
    }

    /// Whether every noun of the text's language has a capital, not only names.
    pub(crate) fn nouns_are_capital(&self) -> bool {
        let languages = self.votes.iter().zip(&self.lexicon.capital_nouns);
        languages.max_by_key(|(votes, capital)| (**votes, !**capital)).is_some_and(|(_, capital)| *capital)
    }

    /// Whether the text, without the word here, may be in this language: as many of its words are known in it as in any other.
    fn speaks(&self, language: usize, at: usize) -> bool {
        let here = |language| usize::from(self.phrases(at).any(|(phrase, _)| phrase.language == language));
        let others = |language: usize| self.votes[language].saturating_sub(here(language));
        (0..self.votes.len()).all(|other| others(other) <= others(language))
    }

    /// Whether the word means something like this in the language of the text.
    pub(crate) fn says_here(&self, at: usize, wanted: impl Fn(Meaning) -> bool) -> bool {
        self.phrases(at).any(|(phrase, _)| wanted(phrase.meaning) && self.speaks(phrase.language, at))
    }

    /// Whether the word may be a plural in the text's own language: "wine" is none in English.
    pub(crate) fn is_plural(&self, at: usize) -> bool {
        let most = self.votes.iter().max();
        let folded = self.words.get(at).map(|word| word.folded.as_str()).unwrap_or_default();
        let mut ends = self.lexicon.ends.iter().filter(|(_, language)| self.votes.get(*language) == most);
        ends.any(|(end, _)| folded.len() > end.len() + 2 && folded.ends_with(end.as_str()))
    }

    /// Whether any language knows the word.
    pub(crate) fn is_known(&self, at: usize) -> bool {
        self.phrases(at).next().is_some()
    }

    fn phrases(&self, at: usize) -> impl Iterator<Item = (&'static Phrase, usize)> + '_ {
        let first = self.words.get(at).map(|word| word.folded.as_str()).unwrap_or_default();
        let phrases = self.lexicon.phrases.get(first).map(Vec::as_slice).unwrap_or_default();
        phrases.iter().filter_map(move |phrase| Some((phrase, 1 + self.length(at + 1, &phrase.rest)?)))
    }

    /// Over how many words from here these parts go; a hyphen between them is as good as a space.
    fn length(&self, from: usize, parts: &[String]) -> Option<usize> {
        let mut at = from;
        for (place, part) in parts.iter().enumerate() {
            // "4 u" does not end with an "and".
            let inner = place + 1 < parts.len();
            let hyphen = self.words.get(at)?.is('-') && self.words[at].glued && part != "-";
            at += usize::from(hyphen);
            self.words.get(at).filter(|word| {
                (word.folded == *part || (inner && self.joins(word, part))) && (!hyphen || word.glued)
            })?;
            at += 1;
        }
        Some(at - from)
    }

    /// "fish & chips" is "fish and chips".
    fn joins(&self, word: &Word<'_>, part: &str) -> bool {
        let is_and = |text: &str| self.lexicon.joins.iter().any(|join| join == text);
        is_and(&word.folded) && is_and(part)
    }

    fn misspelt(&self, at: usize) -> Option<(Role, usize)> {
        let word = self.words.get(at)?;
        if !word.is_letters() || word.folded.len() < SHORTEST_WITH_TYPO || self.is_known(at) {
            return None;
        }
        let near = self.lexicon.long.iter().filter(|(known, role, _)| {
            if may_have_slips(*role) { is_slip(known, &word.folded) } else { is_near(known, &word.folded) }
        });
        near.max_by_key(|(_, _, language)| self.votes[*language]).map(|(_, role, _)| (*role, 1))
    }
}

/// Whether one letter is missing, too many or another, or two neighbours have changed places.
fn is_near(known: &str, written: &str) -> bool {
    if known.len().abs_diff(written.len()) > 1 {
        return false;
    }
    let (known, written): (Vec<char>, Vec<char>) = (known.chars().collect(), written.chars().collect());
    let same = known.iter().zip(&written).take_while(|(left, right)| left == right).count();
    let (known, written) = (&known[same..], &written[same..]);
    let swapped = known.len() >= 2 && written.len() >= 2 && known[0] == written[1] && known[1] == written[0];
    known.get(1..) == Some(written)
        || written.get(1..) == Some(known)
        || (!known.is_empty() && known.get(1..) == written.get(1..))
        || (swapped && known[2..] == written[2..])
}

/// Whether two neighbours have changed places, a letter is written twice, or one of two is missing.
fn is_slip(known: &str, written: &str) -> bool {
    let same = known.bytes().zip(written.bytes()).take_while(|(left, right)| left == right).count();
    let (known, written, last) =
        (&known.as_bytes()[same..], &written.as_bytes()[same..], known.as_bytes()[..same].last());
    let doubled =
        |long: &[u8], short: &[u8]| long.len() == short.len() + 1 && long.first() == last && long[1..] == *short;
    let swapped = known.len() == written.len()
        && known.len() >= 2
        && (known[0], known[1]) == (written[1], written[0])
        && known[2..] == written[2..];
    same > 0 && (swapped || doubled(known, written) || doubled(written, known))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typo_in_a_long_word_is_no_obstacle() {
        for typo in ["evryone", "everyonne", "everyome", "eveyrone"] {
            assert!(is_near("everyone", typo), "{typo}");
        }
        assert!(!is_near("everyone", "everything") && !is_near("split", "spirit"));
    }
}
