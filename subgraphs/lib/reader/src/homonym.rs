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
    /// The position of the word after it.
    pub(crate) end: usize,
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
            return if is_person && self.follows_definite() { Usage::Name } else { Usage::Word };
        }
        let filler = self.means(self.at, |meaning| meaning == Meaning::Filler);
        let noun = self.means(self.at, |meaning| matches!(meaning, Meaning::Homonym | Meaning::Thing(_)));
        let month = self.means(self.at, |meaning| matches!(meaning, Meaning::Month(_)));
        let dated = month && self.lookup.follows_any(self.at, &[Role::On, Role::Last]);
        if dated || self.lookup.follows_any(self.at, &[Role::At]) {
            return Usage::Word;
        }
        // "on may 3" has been read as a date already; a bare "may 3" is ambiguous.
        if month && self.is_number(self.end) {
            return Usage::Unclear;
        }
        // "Ben will pay" is a verb; "will pay 20" without a subject is ambiguous.
        let verb = (filler || month) && self.means(self.end, |meaning| meaning == Meaning::Infinitive);
        match (filler && !noun, self.names_part()) {
            _ if verb && !noun => {
                if self.begins() {
                    Usage::Unclear
                } else {
                    Usage::Word
                }
            }
            _ if is_person => Usage::Name,
            (true, true) => Usage::Name,
            (true, false) if self.begins() => Usage::Unclear,
            (true, false) => Usage::Word,
            // "hotel bill 120"
            (false, _) if self.before().is_some_and(|before| self.lookup.is_thing(before)) => Usage::Word,
            (false, _) => Usage::Unclear,
        }
    }

    /// Whether a person is expected here: "half bill, half me", "nur für den Beck", "Beck hat mir", "Beck Franzi ich".
    /// The surname Beck is then more likely than the everyday word, a baker.
    fn is_expected(&self) -> bool {
        let part = |meaning| matches!(meaning, Meaning::Fraction(..) | Meaning::Role(Role::Percent));
        let rare = !self.means(self.at, |meaning| meaning == Meaning::Homonym);
        let marks = [Role::For, Role::With, Role::Only, Role::From, Role::Me];
        let begin = self.at - usize::from(self.follows_article());
        self.before().is_some_and(|before| self.means(before, part))
            || (rare
                && (self.lookup.follows_any(begin, &marks)
                    || self.lookup.is_role(self.end, Role::Auxiliary).is_some()
                    || self.is_person(self.end)
                    || (self.lookup.follows_any(self.at, &[Role::Auxiliary]) && self.lookup.nouns_are_capital())))
    }

    fn means(&self, at: usize, wanted: impl Fn(Meaning) -> bool) -> bool {
        self.lookup.length_of(at, wanted).is_some()
    }

    fn before(&self) -> Option<usize> {
        self.at.checked_sub(1)
    }

    fn is_person(&self, at: usize) -> bool {
        let Some(word) = self.lookup.words.get(at) else { return false };
        // An initial: the letter in "Tom B".
        let initial = word.is_letters() && word.folded.chars().count() == 1;
        let named = |at: usize| self.lookup.words.get(at).is_some_and(|word| (self.is_name)(word));
        (self.is_name)(word)
            || self.lookup.is_role(at, Role::Me) == Some(1)
            || (initial && at.checked_sub(1).is_some_and(named))
    }

    /// Whether the word is in a list of people with amounts: "ben 20, bill 30".
    fn is_in_row(&self) -> bool {
        let quantity = |at: usize| self.is_number(at) || self.means(at, is_quantity);
        let counted =
            |at: usize| quantity(at) || self.lookup.is_currency(at) || self.lookup.is_role(at, Role::Percent).is_some();
        let Some(join) = self.before().filter(|join| self.joins(*join)) else { return false };
        let person = (0..join).rev().find(|at| !counted(*at));
        quantity(self.end) && person.is_some_and(|person| person + 1 < join && self.is_person(person))
    }

    fn joins(&self, at: usize) -> bool {
        self.lookup.is_role(at, Role::And) == Some(1) || self.lookup.words.get(at).is_some_and(|word| word.is(','))
    }

    fn is_number(&self, at: usize) -> bool {
        self.lookup.is_digits(at) || (self.lookup.is_currency(at) && self.lookup.is_digits(at + 1))
    }

    fn follows_article(&self) -> bool {
        self.before().is_some_and(|before| self.means(before, |meaning| meaning == Meaning::Article))
    }

    /// Whether a definite article precedes, which can stand before a name: "der beck".
    fn follows_definite(&self) -> bool {
        self.lookup.follows_any(self.at, &[Role::Definite])
    }

    /// Whether the word is the subject of a perfect tense: "beck hat ... gezahlt".
    fn has_paid(&self) -> bool {
        let part = || {
            (self.end..self.lookup.words.len())
                .take_while(|at| !matches!(self.lookup.words[*at].kind, Kind::Mark('.' | '!' | '?' | '\n')))
        };
        let paid = part().any(|at| self.lookup.is_role(at, Role::Paid).is_some());
        let by = part().any(|at| self.lookup.is_role(at, Role::By).is_some());
        let has = |at: usize| self.lookup.is_role(at, Role::Auxiliary).is_some();
        // "hat der beck gezahlt"
        let turned = self.follows_definite() && self.at.checked_sub(2).is_some_and(has);
        (has(self.end) || turned) && paid && !by
    }

    fn begins(&self) -> bool {
        self.before().is_none_or(|before| matches!(self.lookup.words[before].kind, Kind::Mark(_)))
    }

    /// Whether the word is listed with people or follows a preposition for people: "with will", "me and will", "will
    /// and me".
    fn is_among_people(&self) -> bool {
        let marked = self.before().is_some_and(|before| {
            BEFORE_PEOPLE.iter().any(|role| self.lookup.is_role(before, *role) == Some(1)) || self.is_person(before)
        });
        let behind = self.at.checked_sub(2).is_some_and(|person| self.joins(person + 1) && self.is_person(person));
        let and = self.lookup.is_role(self.end, Role::And) == Some(1);
        marked || behind || (and && self.is_person(self.end + 1)) || self.is_in_row() || self.owns_thing()
    }

    /// Whether the word is a possessive name before a thing: "becks dinner was 34".
    fn owns_thing(&self) -> bool {
        let word = &self.lookup.words[self.at];
        let owner = self.lookup.lexicon.owners(&word.folded).next().is_some();
        let thing = self.lookup.words.get(self.end).is_some_and(|next| !next.glued) && self.lookup.is_thing(self.end);
        let noun = self.means(self.at, |meaning| matches!(meaning, Meaning::Homonym | Meaning::GivenName));
        owner && thing && self.begins() && (!noun || word.folded.contains('\''))
    }

    /// Whether a verb follows: "will paid", but not "bill paid by Ben".
    fn does_something(&self) -> bool {
        // "will only had soup"
        let verb = self.end + self.lookup.is_role(self.end, Role::Only).unwrap_or(0);
        if self.means(verb, |meaning| meaning == Meaning::Infinitive) {
            return false;
        }
        let length = DOINGS.iter().find_map(|role| self.lookup.is_role(verb, *role));
        length.is_some_and(|length| self.lookup.is_role(verb + length, Role::By).is_none())
    }

    /// Whether a word that is otherwise a filler is a name, because an amount, a mark or the end of the text follows it
    /// instead of a verb.
    fn names_part(&self) -> bool {
        let Some(next) = self.lookup.words.get(self.end) else { return true };
        let named_first = self.begins() && (self.lookup.category(self.end).is_some() || self.is_person(self.end));
        matches!(next.kind, Kind::Mark(_))
            || self.is_number(self.end)
            || self.means(self.end, is_quantity)
            || self.lookup.is_role(self.end, Role::And).is_some()
            || named_first
    }
}

fn is_quantity(meaning: Meaning) -> bool {
    matches!(meaning, Meaning::Number(_) | Meaning::Fraction(..) | Meaning::Times(..))
}
