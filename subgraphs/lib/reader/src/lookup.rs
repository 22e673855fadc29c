//! Finds the words of a text in the lexicon of all languages.

use crate::{
    language::{Meaning, Thing, Weight},
    lexicon::{Lexicon, MAY_HAVE_SLIPS, Phrase, SHORTEST_THING_WITH_TYPO, SHORTEST_WITH_TYPO},
    role::{Role, Roles},
    words::{Kind, Word},
};

/// The minimum length of the parts of a compound, in bytes. Shorter ones occur in unrelated words: "bus" is in
/// "business".
const SHORTEST_PART: usize = 4;

/// The same for a text in another language than the word. Shorter ones occur in unrelated words: "hose" is in "chose".
const SHORTEST_FOREIGN_PART: usize = 6;

/// A phrase at a position, and its number of words.
type Found = (&'static Phrase, usize);

/// The words of a text with the lexicon. If a word exists in several languages, the language of most words of the text
/// decides.
pub(crate) struct Lookup<'a> {
    pub(crate) words: &'a [Word<'a>],
    pub(crate) lexicon: &'static Lexicon,
    /// For each word the phrases that start there.
    phrases: Vec<Vec<Found>>,
    votes: Vec<usize>,
}

impl<'a> Lookup<'a> {
    pub(crate) fn new(words: &'a [Word<'a>]) -> Self {
        let lexicon = Lexicon::built_in();
        let phrases: Vec<Vec<Found>> = (0..words.len()).map(|at| phrases(lexicon, words, at)).collect();
        let speaks = |found: &&Vec<Found>, language| found.iter().any(|(phrase, _)| phrase.language == language);
        let votes = |language| phrases.iter().filter(|found| speaks(found, language)).count();
        let votes = (0..lexicon.capital_nouns.len()).map(votes).collect();
        Self { words, lexicon, phrases, votes }
    }

    /// Looks up words taken from another text, with the language of that text.
    pub(crate) fn within(words: &'a [Word<'a>], text: &Lookup<'_>) -> Self {
        Self { votes: text.votes.clone(), ..Self::new(words) }
    }

    /// The longest phrase at this position that `pick` accepts, and its number of words.
    pub(crate) fn find<T>(&self, at: usize, pick: impl Fn(Meaning) -> Option<T>) -> Option<(T, usize)> {
        // Among equals the first phrase of a language file is kept.
        let wanted =
            self.phrases(at).iter().filter_map(|(phrase, length)| Some((pick(phrase.meaning)?, *length, phrase)));
        let best = wanted.reduce(|best, next| {
            let rank = |(_, length, phrase): &(T, usize, &&Phrase)| (*length, self.votes[phrase.language]);
            if rank(&next) > rank(&best) { next } else { best }
        });
        best.map(|(found, length, _)| (found, length))
    }

    /// The number of words of the longest phrase with a wanted meaning.
    pub(crate) fn length_of(&self, at: usize, wanted: impl Fn(Meaning) -> bool) -> Option<usize> {
        self.find(at, |meaning| wanted(meaning).then_some(())).map(|((), length)| length)
    }

    /// The number of words of the longest phrase with this meaning.
    pub(crate) fn means(&self, at: usize, wanted: Meaning) -> Option<usize> {
        self.length_of(at, |meaning| meaning == wanted)
    }

    /// Whether one of these marks follows without a space.
    pub(crate) fn is_glued(&self, at: usize, marks: &[char]) -> bool {
        self.words.get(at).is_some_and(|word| word.glued && marks.iter().any(|mark| word.is(*mark)))
    }

    /// Whether the word is in digits.
    pub(crate) fn is_digits(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(|word| word.kind == Kind::Number)
    }

    pub(crate) fn is_role(&self, at: usize, role: Role) -> Option<usize> {
        self.means(at, Meaning::Role(role))
    }

    pub(crate) fn is_any(&self, at: usize, roles: &[Role]) -> bool {
        self.length_of(at, |meaning| matches!(meaning, Meaning::Role(role) if roles.contains(&role))).is_some()
    }

    /// Whether one of these roles directly precedes.
    pub(crate) fn follows_any(&self, at: usize, roles: &[Role]) -> bool {
        at.checked_sub(1).is_some_and(|before| self.is_any(before, roles))
    }

    /// The role of the longest phrase at this position; a long word can have a typo.
    pub(crate) fn role(&self, at: usize) -> Option<(Role, usize)> {
        let role = |meaning| if let Meaning::Role(role) = meaning { Some(role) } else { None };
        self.find(at, role).or_else(|| self.misspelt(at))
    }

    /// The roles of the phrase of this length, in the language that the text most likely has.
    pub(crate) fn roles(&self, at: usize, length: usize) -> Roles {
        let role = |phrase: &Phrase| if let Meaning::Role(role) = phrase.meaning { Some(role) } else { None };
        let fits = || self.phrases(at).iter().filter(|(phrase, words)| *words == length && role(phrase).is_some());
        let most = fits().map(|(phrase, _)| self.votes[phrase.language]).max();
        let spoken = fits().filter(|(phrase, _)| Some(self.votes[phrase.language]) == most);
        let found: Roles = spoken.filter_map(|(phrase, _)| role(phrase)).collect();
        let misspelt = || self.misspelt(at).filter(|_| length == 1).map(|(role, _)| role);
        if found.is_empty() { misspelt().into_iter().collect() } else { found }
    }

    pub(crate) fn category(&self, at: usize) -> Option<(&'static str, usize)> {
        self.thing(at).map(|(thing, length)| (thing.category, length))
    }

    pub(crate) fn thing(&self, at: usize) -> Option<(Thing, usize)> {
        let found = self.find(at, |meaning| if let Meaning::Thing(thing) = meaning { Some(thing) } else { None });
        found.or_else(|| {
            let word = self.words.get(at).filter(|word| word.is_letters() && !self.is_known(at))?;
            Some((self.within_compound(&word.folded)?, 1))
        })
    }

    /// The thing that a whole word stands for; its parts are not searched.
    fn specific(&self, folded: &str) -> Option<Thing> {
        let thing = self.lexicon.things(folded).first()?.thing()?;
        Some(Thing { weight: Weight::Thing, ..thing })
    }

    /// The thing in a compound: the one before its carrier (the "zoo" of "zooticket"), else the last part, else the
    /// first part. In a text of another language only long parts count.
    fn within_compound(&self, folded: &str) -> Option<Thing> {
        let cuts = || folded.char_indices().map(|(at, _)| folded.split_at(at)).skip(1);
        let carried =
            cuts().find(|(_, carrier)| self.lexicon.means(carrier, Meaning::Carrier)).and_then(|(thing, _)| {
                let links = self.lexicon.plurals.iter().filter_map(|link| thing.strip_suffix(link));
                std::iter::once(thing).chain(links).find_map(|thing| self.specific(thing))
            });
        let stems = self.lexicon.plurals.iter().filter_map(|end| folded.strip_suffix(end));
        let last = || {
            let mut words = std::iter::once(folded).chain(stems);
            words.find_map(|word| word.char_indices().skip(1).find_map(|(at, _)| self.part(&word[at..])))
        };
        carried
            .or_else(last)
            .or_else(|| cuts().collect::<Vec<_>>().into_iter().rev().find_map(|(first, _)| self.part(first)))
    }

    fn part(&self, text: &str) -> Option<Thing> {
        let most = self.votes.iter().max();
        let fits = |phrase: &&Phrase| {
            let spoken = text.len() >= SHORTEST_FOREIGN_PART || self.votes.get(phrase.language) == most;
            self.lexicon.compounds[phrase.language] && spoken && phrase.thing().is_some_and(|thing| thing.plain)
        };
        let thing = self.lexicon.single(text).find(fits).filter(|_| text.len() >= SHORTEST_PART)?.thing()?;
        Some(Thing { weight: Weight::Thing, ..thing })
    }

    /// The thing that a long word with a typo stands for.
    pub(crate) fn misspelt_thing(&self, at: usize) -> Option<Thing> {
        let written = &self.words.get(at).filter(|word| word.is_letters() && !self.is_known(at))?.folded;
        let first = |text: &str| text.chars().next();
        let same = |known: &str| first(known) == first(written) && is_near(known, written);
        let mut known = self.lexicon.long_things.iter().filter(|_| written.len() >= SHORTEST_THING_WITH_TYPO);
        known.find(|(known, _)| same(known)).map(|(_, thing)| Thing { weight: Weight::Thing, ..*thing })
    }

    /// Whether the noun follows the thing it is about: "ticket".
    pub(crate) fn is_carrier(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(|word| self.lexicon.means(&word.folded, Meaning::Carrier))
    }

    pub(crate) fn is_currency(&self, at: usize) -> bool {
        self.length_of(at, |meaning| matches!(meaning, Meaning::Currency(_))).is_some()
    }

    /// Whether the word can be a thing: a known one, or one that no language knows.
    pub(crate) fn is_thing(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(Word::is_letters) && (self.thing(at).is_some() || !self.is_known(at))
    }

    /// Whether the language of the text capitalises all nouns.
    pub(crate) fn nouns_are_capital(&self) -> bool {
        let languages = self.votes.iter().zip(&self.lexicon.capital_nouns);
        languages.max_by_key(|(votes, capital)| (**votes, !**capital)).is_some_and(|(_, capital)| *capital)
    }

    /// Whether the text can be in this language, judged without the word at `at`: no other language knows more of its
    /// words.
    fn speaks(&self, language: usize, at: usize) -> bool {
        let here = |language| usize::from(self.phrases(at).iter().any(|(phrase, _)| phrase.language == language));
        let others = |language: usize| self.votes[language].saturating_sub(here(language));
        (0..self.votes.len()).all(|other| others(other) <= others(language))
    }

    /// Whether the word has such a meaning in the language of the text.
    pub(crate) fn says_here(&self, at: usize, wanted: impl Fn(Meaning) -> bool) -> bool {
        self.phrases(at).iter().any(|(phrase, _)| wanted(phrase.meaning) && self.speaks(phrase.language, at))
    }

    /// Whether any language has the word.
    pub(crate) fn is_known(&self, at: usize) -> bool {
        !self.phrases(at).is_empty()
    }

    fn phrases(&self, at: usize) -> &[Found] {
        self.phrases.get(at).map(Vec::as_slice).unwrap_or_default()
    }

    fn misspelt(&self, at: usize) -> Option<(Role, usize)> {
        let written = &self.words.get(at).filter(|word| word.is_letters() && !self.is_known(at))?.folded;
        let near = self.lexicon.long.iter().filter(|(known, role, _)| {
            let slips = MAY_HAVE_SLIPS.contains(role);
            written.len() >= SHORTEST_WITH_TYPO && if slips { is_slip(known, written) } else { is_near(known, written) }
        });
        near.max_by_key(|(_, _, language)| self.votes[*language]).map(|(_, role, _)| (*role, 1))
    }
}

/// All phrases at this position. Other forms of a thing count only where the lexicon does not have the form itself.
fn phrases(lexicon: &'static Lexicon, words: &[Word<'_>], at: usize) -> Vec<Found> {
    let first = &words[at].folded;
    let length = |phrase: &Phrase, forms| Some(1 + length(lexicon, &words[at + 1..], &phrase.rest, forms)?);
    let known = || lexicon.starting(first).iter().filter(|phrase| !phrase.meaning.is_hint());
    let mut found: Vec<Found> = known().filter_map(|phrase| Some((phrase, length(phrase, false)?))).collect();
    let is_thing =
        |found: &[Found], words: usize| found.iter().any(|(phrase, n)| *n == words && phrase.thing().is_some());
    for phrase in known().filter(|phrase| !phrase.rest.is_empty() && phrase.thing().is_some_and(|thing| thing.plain)) {
        found.extend(length(phrase, true).filter(|words| !is_thing(&found, *words)).map(|words| (phrase, words)));
    }
    if words[at].is_letters() && !is_thing(&found, 1) {
        found.extend(lexicon.things(first).into_iter().map(|phrase| (phrase, 1)));
    }
    found
}

/// The number of words that the rest of a phrase covers. A hyphen can replace a space, and the last word can have
/// another form.
fn length(lexicon: &Lexicon, words: &[Word<'_>], rest: &str, forms: bool) -> Option<usize> {
    let is_and = |text: &str| lexicon.means(text, Meaning::Role(Role::And));
    let mut at = 0;
    let mut parts = rest.split_terminator(' ').peekable();
    while let Some(part) = parts.next() {
        // "fish & chips" equals "fish and chips", but the "u" in "4 u" is not an "and".
        let inner = parts.peek().is_some();
        let hyphen = words.get(at)?.is('-') && words[at].glued && part != "-";
        at += usize::from(hyphen);
        words.get(at).filter(|word| {
            let joins = || inner && is_and(&word.folded) && is_and(part);
            let same = word.folded == part || joins() || (forms && !inner && lexicon.is_form(part, &word.folded));
            same && (!hyphen || word.glued)
        })?;
        at += 1;
    }
    Some(at)
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
    let changed = |text: &str, change: fn(&mut Vec<char>)| {
        let mut letters = text.chars().collect();
        change(&mut letters);
        letters
    };
    let same = |change| changed(known, change) == changed(written, change);
    is_near(known, written) && (same(Vec::dedup) || same(|letters| letters.sort_unstable()))
}
