//! Names that are also everyday words: "will paid 64", "the bill was 64".

use crate::{
    language::Meaning,
    lookup::Lookup,
    role::Role,
    words::{Kind, Word},
};

/// How a word is used that is both a name and an everyday word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Usage {
    Name,
    Word,
    /// Ambiguous; a question asks the writer.
    Unclear,
}

/// An ambiguous word and its context.
pub(crate) struct Homonym<'a> {
    pub(crate) lookup: &'a Lookup<'a>,
    /// The position of the word.
    pub(crate) at: usize,
    /// Whether a word is part of the name of a member.
    pub(crate) is_name: &'a dyn Fn(&Word<'_>) -> bool,
}

/// A person follows these words.
const BEFORE_PEOPLE: [Role; 9] =
    [Role::With, Role::By, Role::Between, Role::Except, Role::Minus, Role::Than, Role::Owes, Role::Transfer, Role::Me];

/// A person precedes these verbs.
const DOINGS: [Role; 8] =
    [Role::Paid, Role::Pays, Role::Owes, Role::Had, Role::Got, Role::Counts, Role::Treat, Role::Not];

impl Homonym<'_> {
    /// How the word is used here, judged by its neighbours.
    pub(crate) fn usage(&self) -> Usage {
        let is_person = self.is_among_people() || self.does_something() || self.has_paid() || self.is_expected();
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
        let named = |at: usize| self.lookup.words.get(at).is_some_and(|word| (self.is_name)(word));
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

    /// Whether the word is in a list of people with amounts: "ben 20, bill 30".
    fn is_in_row(&self) -> bool {
        let counted =
            |at: usize| self.is_quantity(at) || self.lookup.is_currency(at) || self.lookup.is_any(at, &[Role::Percent]);
        let Some(join) = self.before().filter(|join| self.joins(*join)) else { return false };
        let person = (0..join).rev().find(|at| !counted(*at));
        self.is_quantity(self.at + 1) && person.is_some_and(|person| person + 1 < join && self.is_person(person))
    }

    /// Whether the word is the subject of a perfect tense: "beck hat ... gezahlt", "hat der beck gezahlt".
    fn has_paid(&self) -> bool {
        let has = |at: usize| self.lookup.is_role(at, Role::Auxiliary).is_some();
        let turned = self.follows(&[Role::Definite]) && self.at.checked_sub(2).is_some_and(has);
        let stops = |at: &usize| matches!(self.lookup.words[*at].kind, Kind::Mark('.' | '!' | '?' | '\n'));
        let rest = || (self.at + 1..self.lookup.words.len()).take_while(|at| !stops(at));
        let says = |role| rest().any(|at| self.lookup.is_role(at, role).is_some());
        (has(self.at + 1) || turned) && says(Role::Paid) && !says(Role::By)
    }

    /// Whether the word is listed with people or follows a preposition for people: "with will", "me and will", "will
    /// and me".
    fn is_among_people(&self) -> bool {
        let marked = self.follows(&BEFORE_PEOPLE) || self.before().is_some_and(|before| self.is_person(before));
        let behind = self.at.checked_sub(2).is_some_and(|person| self.joins(person + 1) && self.is_person(person));
        let and = self.lookup.is_role(self.at + 1, Role::And) == Some(1);
        marked || behind || (and && self.is_person(self.at + 2)) || self.is_in_row() || self.owns_thing()
    }

    /// Whether the word is a possessive name before a thing: "becks dinner was 34".
    fn owns_thing(&self) -> bool {
        let (word, next) = (&self.lookup.words[self.at], self.at + 1);
        let owner = self.lookup.lexicon.owners(&word.folded).next().is_some();
        let thing = self.lookup.words.get(next).is_some_and(|next| !next.glued) && self.lookup.is_thing(next);
        let noun = self.lookup.length_of(self.at, |meaning| matches!(meaning, Meaning::Homonym | Meaning::GivenName));
        owner && thing && self.begins() && (noun.is_none() || word.folded.contains('\''))
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
