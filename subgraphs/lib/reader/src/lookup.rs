//! The words of one text beside the words of all languages.

use crate::{
    language::{Lexicon, Meaning, Phrase, SHORTEST_WITH_TYPO},
    quantity::make_one,
    role::Role,
    words::Word,
};

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
        self.find(at, category).or_else(|| {
            let word = self.words.get(at).filter(|word| word.is_letters() && !self.is_known(at))?;
            Some((self.lexicon.category_within(&word.folded)?, 1))
        })
    }

    pub(crate) fn is_currency(&self, at: usize) -> bool {
        self.find(at, |meaning| matches!(meaning, Meaning::Currency(_)).then_some(())).is_some()
    }

    /// Whether every noun of the text's language has a capital, not only names.
    pub(crate) fn nouns_are_capital(&self) -> bool {
        let languages = self.votes.iter().zip(&self.lexicon.capital_nouns);
        languages.max_by_key(|(votes, capital)| (**votes, !**capital)).is_some_and(|(_, capital)| *capital)
    }

    /// Whether any language knows the word.
    pub(crate) fn is_known(&self, at: usize) -> bool {
        self.phrases(at).next().is_some()
    }

    fn phrases(&self, at: usize) -> impl Iterator<Item = (&'static Phrase, usize)> + '_ {
        let first = self.words.get(at).map(|word| word.folded.as_str()).unwrap_or_default();
        let phrases = self.lexicon.phrases.get(first).map(Vec::as_slice).unwrap_or_default();
        phrases.iter().filter_map(move |phrase| {
            let rest = self.words.get(at + 1..at + 1 + phrase.rest.len())?;
            let same = rest.iter().zip(&phrase.rest).all(|(word, part)| word.folded == *part || self.joins(word, part));
            same.then_some((phrase, 1 + phrase.rest.len()))
        })
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
        let near = self.lexicon.long.iter().filter(|(known, ..)| is_near(known, &word.folded));
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
