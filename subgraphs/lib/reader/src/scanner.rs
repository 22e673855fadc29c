//! Finds the pieces of a text: the longest phrase at each position, and among equals the most specific one.

use chrono::NaiveDate;

use crate::{
    date::date,
    language::Meaning,
    lookup::Lookup,
    number::{Decimal, number},
    pattern::GRAMMAR,
    people::{Named, Roster},
    quantity::{Quantity, number_follows, quantity},
    remark::Remark,
    role::Role,
    token::{Atom, Break, MOST_THINGS, Party, Token, Value, Who},
    words::Kind,
};

/// The context that a text is scanned in.
pub(crate) struct Scanner<'a> {
    pub(crate) lookup: &'a Lookup<'a>,
    pub(crate) roster: &'a Roster<'a>,
    pub(crate) speaker: usize,
    pub(crate) today: NaiveDate,
    /// Whether dates have the month before the day; true for groups in US dollars.
    pub(crate) month_first: bool,
}

impl Scanner<'_> {
    /// All pieces of the text. Questions about names are added to `questions`.
    pub(crate) fn tokens(&self, questions: &mut Vec<Remark>) -> Vec<Token> {
        let mut tokens = Vec::new();
        let mut at = 0;
        while at < self.lookup.words.len() {
            let (atom, length) = self.piece(at, questions);
            let to = (at + length.max(1)).min(self.lookup.words.len());
            tokens.extend(atom.map(|atom| Token::new(self.lookup, atom, at, to)));
            at = to;
        }
        tokens
    }

    /// The longest piece that starts here; among equals the most specific one.
    fn piece(&self, at: usize, questions: &mut Vec<Remark>) -> (Option<Atom>, usize) {
        if let Some((people, length)) = self.namesakes(at) {
            return (Some(Atom::People(Party::named(people))), length);
        }
        if let Some((people, length)) = self.so_many(at) {
            return (Some(people), length);
        }
        // The "@" of "@ben" is skipped.
        let mention = self.lookup.words[at].is('@') && self.lookup.words.get(at + 1).is_some_and(|next| next.glued);
        if mention && self.roster.named(self.lookup, at + 1).is_some() {
            return (None, 1);
        }
        let is_place = self.is_place(at);
        let named = self.roster.named(self.lookup, at).or_else(|| self.with_article(at));
        let named = named.filter(|(named, length)| !is_place || named.owner || *length > 1);
        let day = || date(self.lookup, at, self.today, self.month_first);
        let day = if named.is_none() { day() } else { None };
        let role = self.lookup.role(at).filter(|(role, length)| *role != Role::Except || self.excepts(at, *length));
        // "fifty-fifty" is longer than the number it starts with.
        let phrase = role.filter(|(_, length)| *length > 1);
        let company = |meaning| if let Meaning::Company(count) = meaning { Some(Who::Count(count)) } else { None };
        let candidates = [
            day.map(|(day, length)| (Atom::Date(day), length)),
            phrase.map(|(role, length)| (self.of_role(role, at, length), length)),
            quantity(self.lookup, at).map(|(quantity, length)| (of_quantity(quantity), length)),
            role.map(|(role, length)| (self.of_role(role, at, length), length)),
            self.filler(at).map(|length| (Atom::Filler, length)),
            self.lookup.find(at, company).map(|(who, length)| (Atom::People(Party { who, owner: false }), length)),
            self.lookup.category(at).map(|(_, length)| (Atom::Word(false), length)),
        ];
        let best = candidates.into_iter().flatten().reduce(|best, next| if next.1 > best.1 { next } else { best });
        match (named, best) {
            (Some((named, length)), best) if best.as_ref().is_none_or(|(_, other)| length >= *other) => {
                (Some(self.of_name(named, at, questions)), length)
            }
            (_, Some((atom, length))) => (Some(atom), length),
            (_, None) => {
                let month = self.lookup.says_here(at, |meaning| matches!(meaning, Meaning::Month(_)));
                if self.lookup.means(at, Meaning::GivenName).is_some() && !month && !is_place {
                    questions.push(Remark::Stranger { name: self.lookup.words[at].text.to_owned() });
                    return (Some(Atom::People(Party { who: Who::Unclear, owner: false })), 1);
                }
                (self.of_word(at), 1)
            }
        }
    }

    /// The length of a filler; a single word counts only if the language of the text has it.
    fn filler(&self, at: usize) -> Option<usize> {
        let said = || self.lookup.says_here(at, |meaning| meaning == Meaning::Filler);
        self.lookup.means(at, Meaning::Filler).filter(|length| *length > 1 || said())
    }

    /// Whether the word is a preposition for exceptions: "everyone bar me", but not "84 at the bar".
    fn excepts(&self, at: usize, length: usize) -> bool {
        let next = at + length;
        let person = self.lookup.is_role(next, Role::Me).is_some() || self.roster.named(self.lookup, next).is_some();
        let all = self.lookup.follows_any(at, &[Role::Everyone, Role::All, Role::We]);
        self.lookup.category(at).is_none() || (person && all)
    }

    fn of_name(&self, named: Named, at: usize, questions: &mut Vec<Remark>) -> Atom {
        let Named { people, owner, doubtful } = named;
        if doubtful {
            questions.push(Remark::IsThatAName { word: self.lookup.words[at].text.to_owned() });
            return Atom::People(Party { who: Who::Unclear, owner });
        }
        let who = match people.as_slice() {
            [_] => Who::Named(people),
            several => {
                let choices = several.iter().map(|person| self.roster.name(*person).to_owned()).collect();
                let written = self.lookup.words[at].text.to_owned();
                questions.push(Remark::WhoIs { written, choices });
                Who::Unclear
            }
        };
        Atom::People(Party { who, owner })
    }

    fn of_role(&self, role: Role, at: usize, length: usize) -> Atom {
        let party = |who, owner| Atom::People(Party { who, owner });
        match role {
            Role::Me => party(Who::Named(vec![self.speaker]), false),
            Role::My => party(Who::Named(vec![self.speaker]), true),
            Role::We => party(Who::We, false),
            Role::Everyone => party(Who::Everyone(Vec::new()), false),
            Role::All if self.is_about_people(at + length) => party(Who::Everyone(Vec::new()), false),
            Role::Others => party(Who::Others, false),
            Role::Both if self.is_about_people(at + length) => party(Who::Count(2), false),
            Role::ForPerson if self.is_for_person(at, length) => Atom::Role(Role::For),
            Role::Harmless | Role::Along | Role::Leave => Atom::Word(false),
            Role::He => party(Who::He, false),
            Role::They => party(Who::They, false),
            Role::Himself => party(Who::Himself, false),
            Role::Rest => Atom::Value(Value::Rest),
            connects if GRAMMAR.worth(connects) == 0 => Atom::Filler,
            other => Atom::Role(other),
        }
    }

    /// Whether the word is a dative article that means "for": "dem Ben ein Brot", but not "mit dem Ben".
    fn is_for_person(&self, at: usize, length: usize) -> bool {
        let markers = [Role::With, Role::For, Role::By, Role::From, Role::Between, Role::At, Role::Except, Role::On];
        let dative = self.lookup.is_role(at, Role::ForPerson).is_some();
        dative && self.roster.named(self.lookup, at + length).is_some() && !self.lookup.follows_any(at, &markers)
    }

    /// Whether "all" refers to people; before a thing it does not: "all drinks", "all three tickets".
    fn is_about_people(&self, next: usize) -> bool {
        let Some(word) = self.lookup.words.get(next) else { return true };
        // "all-nighter"
        if word.glued && word.is('-') {
            return false;
        }
        if let Some((_, length)) = number(self.lookup, next) {
            return self.lookup.is_role(next + length, Role::Heads).is_some();
        }
        let owner = self.lookup.is_any(next, &[Role::Hers, Role::My]);
        let named = self.roster.named(self.lookup, next);
        // "all hers", "all Ben's"
        !owner && !named.is_some_and(|(named, _)| named.owner) && !self.lookup.is_thing(next)
    }

    fn of_word(&self, at: usize) -> Option<Atom> {
        let word = &self.lookup.words[at];
        let mark = match word.kind {
            Kind::Letters => return Some(Atom::Word(!self.lookup.is_known(at))),
            Kind::Number => return Some(Atom::Odd),
            Kind::Mark(mark) => mark,
        };
        let next_glued = self.lookup.words.get(at + 1).is_some_and(|next| next.glued);
        let inside = word.glued && next_glued;
        let found = match mark {
            '.' if inside && self.lookup.words[at + 1].is_letters() => return None,
            // "Payer = Ngozi"
            '=' if self.lookup.follows_any(at, &[Role::Paid]) => Break::Colon,
            ',' | '|' | '=' | '→' => Break::Comma,
            ':' => Break::Colon,
            '.' | ';' | '!' | '?' | '\n' | '…' => Break::Stop,
            '(' | '[' | '{' => Break::Open,
            ')' | ']' | '}' => Break::Close,
            '-' | '–' | '—' if !inside => Break::Comma,
            '/' => return Some(Atom::Role(Role::And)),
            _ => return None,
        };
        Some(Atom::Break(found))
    }

    /// All people with this name, and the number of words: "both Toms", "the two Marcuses", "die beiden Lenas".
    fn namesakes(&self, at: usize) -> Option<(Vec<usize>, usize)> {
        let lookup = self.lookup;
        let article = |at| lookup.means(at, Meaning::Article);
        let both = |at| lookup.is_role(at, Role::Both).map(|words| (2, words));
        let counted = |at| number_follows(lookup, at).filter(|_| article(at).is_none());
        let lead = if both(at).is_some() { 0 } else { article(at).unwrap_or(0) };
        let (count, words) = both(at + lead).or_else(|| counted(at + lead)).unzip();
        let mut next = at + lead + words.unwrap_or(0);
        // "both of the Toms"
        let of = lookup.is_role(next, Role::Of).filter(|_| count.is_some()).unwrap_or(0);
        next += of + if of > 0 { article(next + of).unwrap_or(0) } else { 0 };
        let people = self.roster.namesakes(lookup, next).filter(|_| next > at)?;
        // "the Toms" means several people, but "the Tom" does not.
        let is_plural = !self.roster.is_part(&lookup.words[next].folded) && !lookup.is_known(next);
        let fits = count.map_or(is_plural, |count| count == people.len() as u64);
        fits.then_some((people, next + 1 - at))
    }

    /// A number of people: "all six", "the other five", "us three", "5 people", but not "all six tickets".
    fn so_many(&self, at: usize) -> Option<(Atom, usize)> {
        let lookup = self.lookup;
        let lead = |role| Some((Some(role), lookup.is_role(at, role)?));
        let (role, lead) = [Role::All, Role::Other, Role::We].into_iter().find_map(lead).unwrap_or((None, 0));
        let (found, words) = number(lookup, at + lead)?;
        let count = found.value.and_then(Decimal::integer).filter(|count| (2..=99).contains(count))?;
        let end = at + lead + words;
        let is_thing = lookup.is_currency(end)
            || lookup.length_of(end, |meaning| matches!(meaning, Meaning::Fraction(..))).is_some()
            || lookup.is_any(end, &[Role::Unit, Role::ShareNoun])
            || lookup.is_thing(end)
            || self.roster.named(lookup, end).is_some();
        let heads = lookup.is_role(end, Role::Heads).unwrap_or(0);
        let size = self.roster.len() as u64;
        let who = match role {
            None if heads > 0 => Who::Count(count),
            Some(Role::All) if !is_thing && count == size => Who::Everyone(Vec::new()),
            Some(Role::All) if !is_thing => Who::Count(count),
            Some(Role::We) if !is_thing && count <= MOST_THINGS => Who::Count(count),
            // "Ben paid the other 5" can be money.
            Some(Role::Other) if !is_thing && found.worded && count < size => Who::Others,
            _ => return None,
        };
        Some((Atom::People(Party { who, owner: false }), lead + words + heads))
    }

    /// A name with an article that adds nothing: "die Steffi", "der Urs".
    fn with_article(&self, at: usize) -> Option<(Named, usize)> {
        let article = self.lookup.is_role(at, Role::Definite)?;
        let (named, length) = self.roster.named(self.lookup, at + article)?;
        Some((named, article + length))
    }

    /// Whether the name here is a place: "in Charlotte", "San Jose", "flight to Georgia".
    fn is_place(&self, at: usize) -> bool {
        let (lookup, words) = (self.lookup, self.lookup.words);
        let Some(last) = at.checked_sub(1).map(|last| &words[last]) else { return false };
        let lead = lookup.means(at - 1, Meaning::PlaceLead).is_some() && words[at].is_capital() == last.is_capital();
        let travels = |at: usize| matches!(lookup.category(at), Some(("travel" | "transport", _)));
        lead || lookup.is_role(at - 1, Role::Inside).is_some()
            || (lookup.is_role(at - 1, Role::At).is_some() && at.checked_sub(2).is_some_and(travels))
    }
}

fn of_quantity(quantity: Quantity) -> Atom {
    match quantity {
        Quantity::Other(value) => Atom::Value(value),
        Quantity::Label => Atom::Word(false),
        Quantity::Odd => Atom::Odd,
        quantity @ (Quantity::Number { .. } | Quantity::Money { .. }) => Atom::Number(quantity),
    }
}
