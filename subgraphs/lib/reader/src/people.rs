//! Finds members by the names that people write.

use crate::{
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

    fn is_theirs(&self, lookup: &Lookup<'_>, word: &Word<'_>) -> bool {
        self.is_part(&word.folded) || lookup.lexicon.owners(&word.folded).any(|part| self.is_part(part))
    }

    /// Whether the member is a woman, judged by the first name; `None` if unknown.
    pub(crate) fn is_woman(&self, lookup: &Lookup<'_>, person: usize) -> Option<bool> {
        let first = |name: &Vec<String>| name.first().and_then(|first| lookup.lexicon.is_woman(first));
        self.spelled.get(person)?.iter().find_map(first)
    }

    /// Whether an everyday word is used as a name here. A capital within a sentence indicates a name.
    fn usage(&self, lookup: &Lookup<'_>, at: usize) -> Usage {
        let homonym = Homonym { lookup, at, roster: self };
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
        Meaning::ShortWeekday(_) | Meaning::Currency(_) | Meaning::GivenName | Meaning::Infinitive | Meaning::Label
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

/// How a word is used that is both a name and an everyday word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Usage {
    Name,
    Word,
    /// Ambiguous; a question asks the writer.
    Unclear,
}

/// An ambiguous word and its context.
struct Homonym<'a> {
    lookup: &'a Lookup<'a>,
    /// The position of the word.
    at: usize,
    roster: &'a Roster<'a>,
}

/// A person follows these words.
const BEFORE_PEOPLE: [Role; 9] =
    [Role::With, Role::By, Role::Between, Role::Except, Role::Minus, Role::Than, Role::Owes, Role::Transfer, Role::Me];

/// A person precedes these verbs.
const DOINGS: [Role; 8] =
    [Role::Paid, Role::Pays, Role::Owes, Role::Had, Role::Got, Role::Counts, Role::Treat, Role::Not];

impl Homonym<'_> {
    /// How the word is used here, judged by its neighbours.
    fn usage(&self) -> Usage {
        let is_person = self.is_among_people() || self.does_something() || self.is_expected();
        if self.follows_article() {
            return if is_person && self.follows(&[Role::Definite]) { Usage::Name } else { Usage::Word };
        }
        let is = |wanted: fn(Meaning) -> bool| self.lookup.length_of(self.at, wanted).is_some();
        let noun = is(|meaning| matches!(meaning, Meaning::Homonym | Meaning::Thing(_)));
        let month = is(|meaning| matches!(meaning, Meaning::Month(_)));
        let filler = is(|meaning| meaning == Meaning::Filler) && !noun;
        if self.follows(&[Role::At]) || (month && self.follows(&[Role::On, Role::Last])) {
            return Usage::Word;
        }
        // "on may 3" has been read as a date already; a bare "may 3" is ambiguous.
        if month && self.is_number(self.at + 1) {
            return Usage::Unclear;
        }
        // "Ben will pay" is a verb; "will pay 20" without a subject is ambiguous.
        let verb = (filler || (month && !noun)) && self.lookup.means(self.at + 1, Meaning::Infinitive).is_some();
        let thing = self.before().is_some_and(|before| self.lookup.is_thing(before));
        match (self.begins(), filler) {
            (begins, _) if verb => {
                if begins {
                    Usage::Unclear
                } else {
                    Usage::Word
                }
            }
            _ if is_person => Usage::Name,
            (_, true) if self.names_part() => Usage::Name,
            (false, true) => Usage::Word,
            // "hotel bill 120"
            (_, false) if thing => Usage::Word,
            _ => Usage::Unclear,
        }
    }

    /// Whether a person is expected here: "half bill, half me", "nur für den Beck", "Beck hat mir", "Beck Franzi ich".
    /// The surname Beck is then more likely than the everyday word, a baker.
    fn is_expected(&self) -> bool {
        let part = |meaning| matches!(meaning, Meaning::Fraction(..) | Meaning::Role(Role::Percent));
        let rare = self.lookup.means(self.at, Meaning::Homonym).is_none();
        let begin = self.at - usize::from(self.follows_article());
        let marked = self.lookup.follows_any(begin, &[Role::For, Role::With, Role::Only, Role::From, Role::Me]);
        let turned = self.follows(&[Role::Auxiliary]) && self.lookup.nouns_are_capital();
        let follows = self.lookup.is_any(self.at + 1, &[Role::Auxiliary]) || self.is_person(self.at + 1);
        self.before().is_some_and(|before| self.lookup.length_of(before, part).is_some())
            || (rare && (marked || turned || follows))
    }

    fn before(&self) -> Option<usize> {
        self.at.checked_sub(1)
    }

    fn follows(&self, roles: &[Role]) -> bool {
        self.lookup.follows_any(self.at, roles)
    }

    fn follows_article(&self) -> bool {
        self.before().is_some_and(|before| self.lookup.means(before, Meaning::Article).is_some())
    }

    fn begins(&self) -> bool {
        self.before().is_none_or(|before| matches!(self.lookup.words[before].kind, Kind::Mark(_)))
    }

    fn is_person(&self, at: usize) -> bool {
        let named = |at: usize| self.lookup.words.get(at).is_some_and(|word| self.roster.is_theirs(self.lookup, word));
        // An initial: the letter in "Tom B".
        let initial = self.lookup.words.get(at).is_some_and(|word| word.is_letters() && word.text.len() == 1);
        named(at) || self.lookup.is_role(at, Role::Me) == Some(1) || (initial && at.checked_sub(1).is_some_and(named))
    }

    fn joins(&self, at: usize) -> bool {
        self.lookup.is_role(at, Role::And) == Some(1) || self.lookup.words.get(at).is_some_and(|word| word.is(','))
    }

    fn is_number(&self, at: usize) -> bool {
        self.lookup.is_digits(at) || (self.lookup.is_currency(at) && self.lookup.is_digits(at + 1))
    }

    fn is_quantity(&self, at: usize) -> bool {
        let worded = |meaning| matches!(meaning, Meaning::Number(_) | Meaning::Fraction(..) | Meaning::Times(..));
        self.is_number(at) || self.lookup.length_of(at, worded).is_some()
    }

    /// Whether the word is listed with people or follows a preposition for people: "with will", "me and will", "will
    /// and me".
    fn is_among_people(&self) -> bool {
        let marked = self.follows(&BEFORE_PEOPLE) || self.before().is_some_and(|before| self.is_person(before));
        let behind = self.at.checked_sub(2).is_some_and(|person| self.joins(person + 1) && self.is_person(person));
        let and = self.lookup.is_role(self.at + 1, Role::And) == Some(1);
        marked || behind || (and && self.is_person(self.at + 2))
    }

    /// Whether a verb follows: "will paid", but not "bill paid by Ben".
    fn does_something(&self) -> bool {
        // "will only had soup"
        let verb = self.at + 1 + self.lookup.is_role(self.at + 1, Role::Only).unwrap_or(0);
        let length = DOINGS.iter().find_map(|role| self.lookup.is_role(verb, *role));
        let done = length.is_some_and(|length| self.lookup.is_role(verb + length, Role::By).is_none());
        done && self.lookup.means(verb, Meaning::Infinitive).is_none()
    }

    /// Whether a word that is otherwise a filler is a name, because an amount, a mark or the end of the text follows it
    /// instead of a verb.
    fn names_part(&self) -> bool {
        let end = self.at + 1;
        self.lookup.words.get(end).is_none_or(|next| matches!(next.kind, Kind::Mark(_)))
            || self.is_quantity(end)
            || self.lookup.is_role(end, Role::And).is_some()
            || (self.begins() && (self.lookup.category(end).is_some() || self.is_person(end)))
    }
}
