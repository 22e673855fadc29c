//! Finds the words of a text in the lexicon of all languages.

use crate::{
    language::{Lexicon, Meaning, Phrase, SHORTEST_WITH_TYPO, may_have_slips},
    role::{Role, Roles},
    things::Part,
    words::Word,
};

/// The minimum length of category words that are matched with a typo, in bytes. There are so many of these words that
/// shorter ones resemble each other: "Schule" is not a typo of "Schuhe".
const SHORTEST_THING_WITH_TYPO: usize = 7;

/// The minimum length of the parts of a compound that is written as two words, in bytes.
const SHORTEST_APART: usize = 4;

/// The words of a text with the lexicon. If a word exists in several languages, the language of most words of the text
/// decides.
pub(crate) struct Lookup<'a> {
    pub(crate) words: &'a [Word<'a>],
    pub(crate) lexicon: &'static Lexicon,
    votes: Vec<usize>,
}

impl<'a> Lookup<'a> {
    pub(crate) fn new(words: &'a [Word<'a>]) -> Self {
        let lexicon = Lexicon::built_in();
        let mut lookup = Self { words, lexicon, votes: vec![0; lexicon.capital_nouns.len()] };
        let mut votes = lookup.votes.clone();
        for at in 0..words.len() {
            for (language, votes) in votes.iter_mut().enumerate() {
                *votes += usize::from(lookup.phrases(at).any(|(phrase, _)| phrase.language == language));
            }
        }
        lookup.votes = votes;
        lookup
    }

    /// Looks up words taken from another text, with the language of that text.
    pub(crate) fn within(words: &'a [Word<'a>], text: &Lookup<'_>) -> Self {
        Self { words, lexicon: text.lexicon, votes: text.votes.clone() }
    }

    /// The longest phrase at this position that `pick` accepts, and its number of words.
    pub(crate) fn find<T>(&self, at: usize, pick: impl Fn(Meaning) -> Option<T>) -> Option<(T, usize)> {
        // Among equals the first phrase of a language file is kept.
        let wanted = self.phrases(at).filter_map(|(phrase, length)| Some((pick(phrase.meaning)?, length, phrase)));
        let best = wanted.reduce(|best, next| {
            let rank = |(_, length, phrase): &(T, usize, &Phrase)| (*length, self.votes[phrase.language]);
            if rank(&next) > rank(&best) { next } else { best }
        });
        best.map(|(found, length, _)| (found, length))
    }

    /// The role of the longest phrase at this position; a long word can have a typo.
    pub(crate) fn role(&self, at: usize) -> Option<(Role, usize)> {
        let role = |meaning| if let Meaning::Role(role) = meaning { Some(role) } else { None };
        self.find(at, role).or_else(|| self.misspelt(at))
    }

    pub(crate) fn is_role(&self, at: usize, role: Role) -> Option<usize> {
        self.find(at, |meaning| (meaning == Meaning::Role(role)).then_some(())).map(|((), length)| length)
    }

    /// The roles of the phrase of this length, in the language that the text most likely has.
    pub(crate) fn roles(&self, at: usize, length: usize) -> Roles {
        let role = |phrase: &Phrase| if let Meaning::Role(role) = phrase.meaning { Some(role) } else { None };
        let fits = || self.phrases(at).filter(|(phrase, words)| *words == length && role(phrase).is_some());
        let most = fits().map(|(phrase, _)| self.votes[phrase.language]).max();
        let spoken = fits().filter(|(phrase, _)| Some(self.votes[phrase.language]) == most);
        let found: Roles = spoken.filter_map(|(phrase, _)| role(phrase)).collect();
        let misspelt = || self.misspelt(at).filter(|_| length == 1).map(|(role, _)| role);
        if found.is_empty() { misspelt().into_iter().collect() } else { found }
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

    /// The category of a compound written as two words: "Käse Fondue".
    fn written_apart(&self, at: usize) -> Option<(&'static str, usize)> {
        let hyphen = usize::from(self.words.get(at + 1).is_some_and(|word| word.is('-') && word.glued));
        let end = at + 1 + hyphen;
        let long = |word: &&Word<'_>| word.is_letters() && word.folded.len() >= SHORTEST_APART;
        let (first, second) = (self.words.get(at).filter(long)?, self.words.get(end).filter(long)?);
        let whole = format!("{}{}", first.folded, second.folded);
        Some((self.lexicon.single_category(&whole)?, end + 1 - at))
    }

    /// The category of a part of a compound. In a text of another language only long parts count.
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

    /// Whether the noun follows the thing it is about: "ticket".
    pub(crate) fn is_carrier(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(|word| self.lexicon.things.carriers.contains(&word.folded))
    }

    pub(crate) fn is_currency(&self, at: usize) -> bool {
        self.find(at, |meaning| matches!(meaning, Meaning::Currency(_)).then_some(())).is_some()
    }

    /// Whether the language of the text capitalises all nouns.
    pub(crate) fn nouns_are_capital(&self) -> bool {
        let languages = self.votes.iter().zip(&self.lexicon.capital_nouns);
        languages.max_by_key(|(votes, capital)| (**votes, !**capital)).is_some_and(|(_, capital)| *capital)
    }

    /// Whether the text can be in this language, judged without the word at `at`: no other language knows more of its
    /// words.
    fn speaks(&self, language: usize, at: usize) -> bool {
        let here = |language| usize::from(self.phrases(at).any(|(phrase, _)| phrase.language == language));
        let others = |language: usize| self.votes[language].saturating_sub(here(language));
        (0..self.votes.len()).all(|other| others(other) <= others(language))
    }

    /// Whether the word has such a meaning in the language of the text.
    pub(crate) fn says_here(&self, at: usize, wanted: impl Fn(Meaning) -> bool) -> bool {
        self.phrases(at).any(|(phrase, _)| wanted(phrase.meaning) && self.speaks(phrase.language, at))
    }

    /// Whether any language has the word.
    pub(crate) fn is_known(&self, at: usize) -> bool {
        self.phrases(at).next().is_some()
    }

    fn phrases(&self, at: usize) -> impl Iterator<Item = (&'static Phrase, usize)> + '_ {
        let first = self.words.get(at).map(|word| word.folded.as_str()).unwrap_or_default();
        let phrases = self.lexicon.phrases.get(first).map(Vec::as_slice).unwrap_or_default();
        phrases.iter().filter_map(move |phrase| Some((phrase, 1 + self.length(at + 1, &phrase.rest)?)))
    }

    /// The number of words that these parts of a phrase cover from here; a hyphen can replace a space.
    fn length(&self, from: usize, parts: &[String]) -> Option<usize> {
        let mut at = from;
        for (place, part) in parts.iter().enumerate() {
            // The "u" in "4 u" is not an "and".
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

    /// Whether both are words for "and": "fish & chips" equals "fish and chips".
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

/// Whether one letter is missing, added or different, or two adjacent letters are transposed.
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

/// Whether two adjacent letters are transposed, or one letter is doubled or not doubled.
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
