//! Finds members by the names that people write.

use crate::{
    homonym::{Homonym, Usage},
    language::Meaning,
    lookup::Lookup,
    role::Role,
    words::{Kind, Word, fold, spellings, words},
};

/// The minimum length of a prefix that can stand for a name, in letters.
const SHORTEST_PREFIX: usize = 3;

/// The members, with their names prepared for comparison.
pub(crate) struct Roster<'a> {
    people: &'a [&'a str],
    /// For each member all spellings, each as a list of words.
    spelled: Vec<Vec<Vec<String>>>,
}

/// The people that a name stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Named {
    /// The indices of the members; several if the name is ambiguous.
    pub(crate) people: Vec<usize>,
    /// Whether the name is possessive.
    pub(crate) owner: bool,
    /// Whether the word can be an everyday word instead.
    pub(crate) doubtful: bool,
}

/// How well a name matches: the number of words, then the exactness.
type Fit = (usize, Exactness);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Exactness {
    Beginning,
    Owner,
    Exact,
}

impl<'a> Roster<'a> {
    pub(crate) fn new(people: &'a [&'a str]) -> Self {
        // Text in brackets is not part of the name: "Dora (guest)".
        let bare = |name: &&'a str| name.split('(').next().unwrap_or_default();
        let split = |spelling: &String| words(spelling).iter().map(|word| fold(word.text)).collect();
        let spelled = people.iter().map(bare).map(|name| spellings(name).iter().map(split).collect()).collect();
        Self { people, spelled }
    }

    pub(crate) fn len(&self) -> usize {
        self.people.len()
    }

    /// The name of a member, for questions.
    pub(crate) fn name(&self, person: usize) -> &'a str {
        self.people.get(person).copied().unwrap_or_default()
    }

    /// The people named here, and the number of words.
    pub(crate) fn named(&self, lookup: &Lookup<'_>, at: usize) -> Option<(Named, usize)> {
        lookup.words.get(at).filter(|word| word.is_letters())?;
        let common = lookup.length_of(at, is_common).is_some();
        let fits = (0..self.len()).filter_map(|person| {
            let spellings = self.spelled.get(person)?.iter();
            let fit = spellings.filter_map(|name| fit(lookup, at, name, common)).max()?;
            Some((fit, person))
        });
        let fits: Vec<(Fit, usize)> = fits.collect();
        let best = fits.iter().map(|(fit, _)| *fit).max()?;
        let people = fits.iter().filter(|(fit, _)| *fit == best).map(|(_, person)| *person).collect();
        let last = &lookup.words[at + best.0 - 1];
        let owned = !self.is_part(&last.folded) && lookup.lexicon.owners(&last.folded).any(|name| self.is_part(name));
        let owner = owned || (best.0 > 1 && initial(lookup, &last.folded).is_some());
        let point = usize::from(is_initial_point(lookup, at, best.0));
        let length = best.0 + point;
        let unclear = common && length == 1 && lookup.says_here(at, is_common);
        let usage = if unclear { self.usage(lookup, at) } else { Usage::Name };
        (usage != Usage::Word).then_some((Named { people, owner, doubtful: usage == Usage::Unclear }, length))
    }

    /// The members who share a name, which can be in the plural: "Toms"; `None` for a single member.
    pub(crate) fn namesakes(&self, lookup: &Lookup<'_>, at: usize) -> Option<Vec<usize>> {
        let word = lookup.words.get(at).filter(|word| word.is_letters())?;
        let is_part = |part: &String| lookup.lexicon.singulars(&word.folded).any(|singular| singular == part);
        let has_it = |person: &usize| self.spelled[*person].iter().flatten().any(is_part);
        let people: Vec<usize> = (0..self.len()).filter(has_it).collect();
        (people.len() > 1).then_some(people)
    }

    /// Whether the word is part of a member's name.
    pub(crate) fn is_part(&self, folded: &str) -> bool {
        self.spelled.iter().flatten().flatten().any(|part| part == folded)
    }

    /// Whether the member is a woman, judged by the first name; `None` if unknown.
    pub(crate) fn is_woman(&self, lookup: &Lookup<'_>, person: usize) -> Option<bool> {
        let first = |name: &Vec<String>| name.first().and_then(|first| lookup.lexicon.is_woman(first));
        self.spelled.get(person)?.iter().find_map(first)
    }

    /// Whether an everyday word is used as a name here. A capital within a sentence indicates a name.
    fn usage(&self, lookup: &Lookup<'_>, at: usize) -> Usage {
        let is_name = |word: &Word<'_>| {
            self.is_part(&word.folded) || lookup.lexicon.owners(&word.folded).any(|part| self.is_part(part))
        };
        let homonym = Homonym { lookup, at, is_name: &is_name };
        let begins = at == 0 || matches!(lookup.words[at - 1].kind, Kind::Mark('.' | '!' | '?' | '\n'));
        let word = &lookup.words[at];
        let shout = word.text.chars().count() > 1 && word.text.chars().all(char::is_uppercase);
        match homonym.usage() {
            // "Bill 120" at the start of a sentence is ambiguous.
            usage if !word.is_capital() || shout || lookup.nouns_are_capital() => usage,
            Usage::Unclear if begins && is_noun(lookup, at) => Usage::Unclear,
            Usage::Word if is_noun(lookup, at) => Usage::Word,
            _ => Usage::Name,
        }
    }
}

/// Whether the word can be the name of a thing.
fn is_noun(lookup: &Lookup<'_>, at: usize) -> bool {
    lookup.length_of(at, |meaning| matches!(meaning, Meaning::Homonym | Meaning::Thing(_))).is_some()
}

/// Whether the word is also an everyday word, so that its neighbours decide.
fn is_common(meaning: Meaning) -> bool {
    !matches!(
        meaning,
        Meaning::ShortWeekday(_)
            | Meaning::Currency(_)
            | Meaning::GivenName
            | Meaning::Infinitive
            | Meaning::Label
            | Meaning::Ranked
    )
}

fn fit(lookup: &Lookup<'_>, at: usize, name: &[String], common: bool) -> Option<Fit> {
    let first = &lookup.words[at];
    let same = |word: &Word<'_>, part: &String| word.folded == *part;
    let owns = |word: &Word<'_>, part: &String| lookup.lexicon.owners(&word.folded).any(|owner| owner == part);
    let mut best = None;
    for begin in 0..name.len() {
        let rest = &lookup.words[at..];
        let exact = rest.iter().zip(&name[begin..]).take_while(|(word, part)| same(word, part)).count();
        let next = rest.get(exact).zip(name.get(begin + exact));
        let owner = next.is_some_and(|(word, part)| owns(word, part));
        let initial =
            begin == 0 && exact > 0 && next.is_some_and(|(word, part)| is_initial(lookup, at + exact, word, part));
        let fit = match exact {
            _ if owner => Some((exact + 1, Exactness::Owner)),
            0 => None,
            _ => Some((exact + usize::from(initial), Exactness::Exact)),
        };
        best = best.max(fit.filter(|_| first.is_letters()));
    }
    let prefix = name.first().is_some_and(|part| {
        !common && first.folded.chars().count() >= SHORTEST_PREFIX && part.starts_with(first.folded.as_str())
    });
    best.or_else(|| prefix.then_some((1, Exactness::Beginning)))
}

/// Whether the word is the initial of a surname: `Tom B` and `tom b`, but not "Tom a pizza".
fn is_initial(lookup: &Lookup<'_>, at: usize, word: &Word<'_>, part: &str) -> bool {
    let spoken = |meaning| matches!(meaning, Meaning::Role(role) if role != Role::Unit);
    let clear = !lookup.says_here(at, spoken) && (word.is_capital() || lookup.means(at, Meaning::Filler).is_none());
    let letter = initial(lookup, &word.folded).unwrap_or(&word.folded);
    word.is_letters() && letter.chars().count() == 1 && part.starts_with(letter) && clear
}

/// The initial with a possessive ending: "Tom B's".
fn initial<'w>(lookup: &'w Lookup<'_>, folded: &'w str) -> Option<&'w str> {
    lookup.lexicon.owners(folded).find(|letter| letter.chars().count() == 1 && folded.contains('\''))
}

/// Whether the full stop in `Tom B.` belongs to the initial and does not end the sentence.
fn is_initial_point(lookup: &Lookup<'_>, at: usize, length: usize) -> bool {
    let last = &lookup.words[at + length - 1];
    length > 1 && last.folded.chars().count() == 1 && lookup.is_glued(at + length, &['.'])
}
