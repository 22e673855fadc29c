//! The parts of one clause in named fields.

use chrono::NaiveDate;

use crate::{
    clause::{Clause, Link},
    date::Day,
    language::Meaning,
    lookup::Lookup,
    piece::{Atom, Party, Piece, Value, begins_with_people, is_owned, is_verb},
    remark::Remark,
    role::Role,
};

/// A clause, sorted into fields; no part of it is dropped.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) link: Link,
    pub(crate) value: Option<Value>,
    /// The verb that says most about money.
    pub(crate) verb: Option<Role>,
    /// The subject of the verb.
    pub(crate) subject: Option<Party>,
    /// People with the preposition before them.
    pub(crate) marked: Vec<(Role, Party)>,
    /// People without a preposition.
    pub(crate) bare: Vec<Party>,
    /// The owner of a thing: "Ben's pizza".
    pub(crate) owned: Option<Party>,
    /// The person whom a share is compared with.
    pub(crate) than: Option<Party>,
    /// All other roles: each, more, tip, total, and so on.
    pub(crate) says: Vec<Role>,
    pub(crate) count: Option<u64>,
    pub(crate) days: Vec<NaiveDate>,
    /// Questions about dates and amounts.
    pub(crate) unclear: Vec<Remark>,
    /// The words that can become the description.
    pub(crate) words: Vec<Named>,
    pub(crate) signs: Vec<Sign>,
    /// Words for splitting that nothing follows.
    pub(crate) loose: Vec<Role>,
    /// Unknown words in the place of a name.
    pub(crate) strangers: Vec<usize>,
}

/// Other properties of a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sign {
    /// The thing is a present, whose receiver does not have to share it.
    Gift,
    /// A thing that can be bought is named.
    Thing,
    /// The clause says whose card it was paid with.
    Card,
    /// The verb is at the end.
    VerbLast,
    /// A thing is named before the value.
    NamedBefore,
    /// "at" precedes the value.
    At,
    /// The value is part of an amount named before: "12 of it".
    Part,
    /// The verb can have a receiver, who is named beside it.
    Buys,
    /// The action does not concern money: "Ben drove".
    Harmless,
    /// The owner is named at the end: "all Ben's".
    Owner,
    /// People are only named by pronouns: "he", "they".
    Pronouns,
    /// The verb does not always mean a payment: "picked up".
    Weak,
    /// People are named before anything else.
    PeopleFirst,
}

/// A range of words that can be part of a description.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Named {
    pub(crate) from: usize,
    pub(crate) to: usize,
    /// Whether they name a thing.
    pub(crate) content: bool,
}

impl Line {
    /// Sorts a clause into fields.
    pub(crate) fn of(lookup: &Lookup<'_>, clause: &Clause, speaker: usize) -> Self {
        let nouns_are_capital = lookup.nouns_are_capital();
        let mut line = Self { link: clause.link, ..Self::default() };
        let mut reading = Reading { lookup, line: &mut line, pieces: &clause.pieces, marker: None, nouns_are_capital };
        for at in 0..clause.pieces.len() {
            reading.take(at);
        }
        reading.drop_marker();
        line.settle_verb(lookup, &clause.pieces, speaker);
        line.sign_people(lookup, &clause.pieces);
        line.multiply();
        // "Ben put it on his card" names Ben twice.
        if let Some(holder) = line.subject.as_ref().filter(|_| line.has(Sign::Card)) {
            line.bare.retain(|party| party.who != holder.who);
        }
        let category = |word: &Named| lookup.category(word.from).map(|(name, _)| name);
        let categories: Vec<&str> = line.words.iter().filter_map(category).collect();
        line.signs.extend(categories.first().map(|_| Sign::Thing));
        line.signs.extend(categories.contains(&"gifts").then_some(Sign::Gift));
        line
    }

    /// Multiplies a unit price by its count: "3 tickets at 15 each" and "3 x 15" cost 45.
    fn multiply(&mut self) {
        let unit_price =
            [Role::Each, Role::Per, Role::TimesWord].iter().any(|role| self.says(*role)) || self.has(Sign::At);
        let Some((count, minor)) = self.count.zip(self.money()).filter(|_| unit_price) else { return };
        match i64::try_from(count).ok().and_then(|count| minor.checked_mul(count)) {
            Some(whole) => self.value = Some(Value::Money(whole)),
            None => self.unclear.push(Remark::TooLarge),
        }
        self.says.retain(|role| *role != Role::Each);
    }
}

impl Line {
    /// Records what the pieces say about the people.
    fn sign_people(&mut self, lookup: &Lookup<'_>, pieces: &[Piece]) {
        let owner = matches!(pieces.last().map(|piece| &piece.atom), Some(Atom::People(Party { owner: true, .. })));
        let does_nothing = |piece: &Piece| lookup.is_role(piece.from, Role::Harmless).is_some();
        let harmless = self.verb.map_or_else(|| pieces.iter().any(does_nothing), |verb| verb == Role::Had);
        let is_weak =
            |piece: &Piece| piece.atom == Atom::Role(Role::Paid) && lookup.is_role(piece.from, Role::Got).is_some();
        let signs = [
            (Sign::Weak, pieces.iter().any(is_weak)),
            (Sign::Owner, owner),
            (Sign::Harmless, harmless),
            (Sign::Pronouns, only_pronouns(lookup, pieces)),
            (Sign::PeopleFirst, begins_with_people(pieces)),
        ];
        self.signs.extend(signs.into_iter().filter(|(_, seen)| *seen).map(|(sign, _)| sign));
    }
}

fn only_pronouns(lookup: &Lookup<'_>, pieces: &[Piece]) -> bool {
    let mut people = pieces.iter().filter(|piece| matches!(piece.atom, Atom::People(_))).peekable();
    let is_pronoun = |at| [Role::He, Role::They].iter().any(|role| lookup.is_role(at, *role).is_some());
    people.peek().is_some() && people.all(|piece| is_pronoun(piece.from))
}

/// A clause while it is sorted into the fields of its line.
pub(crate) struct Reading<'a> {
    pub(crate) lookup: &'a Lookup<'a>,
    pub(crate) line: &'a mut Line,
    pub(crate) pieces: &'a [Piece],
    /// The last preposition without people so far, and its position.
    pub(crate) marker: Option<(Role, usize)>,
    pub(crate) nouns_are_capital: bool,
}

impl Reading<'_> {
    fn take(&mut self, at: usize) {
        let piece = &self.pieces[at];
        match &piece.atom {
            Atom::People(party) => self.people(at, party.clone()),
            Atom::Value(value) => self.value(value.clone()),
            Atom::Date(Day::Known(day)) => {
                // "im März, am 3."
                if matches!(self.marker, Some((Role::At, _))) {
                    self.drop_marker();
                }
                self.line.days.push(*day);
            }
            Atom::Date(Day::Unclear(question)) => self.line.unclear.push(question.clone()),
            Atom::Role(role) => self.role(at, *role),
            Atom::Word(sort) => {
                self.stranger(at, *sort);
                self.drop_marker();
                self.word(at, true);
            }
            Atom::Filler => {
                if self.marker.is_none() {
                    self.word(at, false);
                }
            }
            Atom::Count(count) => {
                self.drop_marker();
                self.line.count = Some(*count);
                let thing = self.pieces.get(at + 1).map(|piece| &piece.atom);
                // "room 204"
                let label = at > 0 && matches!(self.pieces[at - 1].atom, Atom::Word(_));
                self.word(at, label || matches!(thing, Some(Atom::Word(_) | Atom::Role(Role::Unit))));
            }
            // The odd number became a question in an earlier stage.
            Atom::Odd | Atom::Number { .. } | Atom::Break(_) => self.drop_marker(),
        }
    }

    pub(crate) fn word(&mut self, at: usize, content: bool) {
        let Piece { from, to, .. } = self.pieces[at];
        self.line.words.push(Named { from, to, content });
    }

    fn value(&mut self, value: Value) {
        if matches!(self.marker, Some((Role::At, _))) {
            self.line.signs.push(Sign::At);
        }
        self.drop_marker();
        if self.line.value.is_some() {
            self.line.loose.push(Role::Maybe);
        }
        if self.line.names_something() {
            self.line.signs.push(Sign::NamedBefore);
        }
        self.line.value = Some(value);
    }

    fn role(&mut self, at: usize, role: Role) {
        match role {
            Role::With | Role::For | Role::By | Role::From | Role::Between | Role::At | Role::Except | Role::Only => {
                // "with just Ben" and "for only me": the first word decides.
                if role == Role::Only && self.marker.is_some() {
                    return;
                }
                // "but not for Ben"
                if matches!(self.marker, Some((Role::Except, _))) && matches!(role, Role::For | Role::With) {
                    return;
                }
                self.drop_marker();
                self.marker = Some((role, at));
            }
            Role::Minus if self.people_follow(at) => self.marker = Some((Role::Except, at)),
            Role::Than => {
                self.drop_marker();
                self.marker = Some((role, at));
            }
            verb if is_verb(verb) => self.verb(at, verb),
            Role::Split => {
                self.drop_marker();
                self.line.says.push(role);
            }
            // "the wine (18) is on Ben"
            Role::On if self.line.money().is_some() && self.line.names_something() && self.people_follow(at) => {
                self.line.signs.push(Sign::Part);
                self.put_aside(at);
            }
            Role::And | Role::On | Role::This | Role::Last | Role::Next | Role::Before | Role::LastWeek => {
                self.put_aside(at);
            }
            Role::Card | Role::Ordinal | Role::Ago | Role::Heads | Role::Ways | Role::TimesWord | Role::Percent => {
                self.put_aside(at);
                let next = self.pieces.get(at + 1).map(|piece| &piece.atom);
                let factor = self.line.money().is_some() && matches!(next, Some(Atom::Count(_)));
                let multiplies = factor || matches!(next, Some(Atom::Value(_)));
                if matches!(role, Role::Percent | Role::Heads | Role::Ways) || (role == Role::TimesWord && multiplies) {
                    self.line.says.push(role);
                }
            }
            Role::Unit => {
                self.drop_marker();
                self.word(at, true);
            }
            Role::Tip | Role::Tax | Role::Discount => self.extra_word(at, role),
            Role::Of => self.of(at),
            // "glue 8 for the two of them together"
            Role::Total if self.shared_together(at) => self.put_aside(at),
            _ => self.line.says.push(role),
        }
    }

    pub(crate) fn put_aside(&mut self, at: usize) {
        self.drop_marker();
        self.word(at, false);
    }

    fn shared_together(&self, at: usize) -> bool {
        let people = at.checked_sub(1).is_some_and(|last| matches!(self.pieces[last].atom, Atom::People(_)));
        people && self.line.money().is_some() && self.line.has(Sign::NamedBefore) && !self.line.marked.is_empty()
    }

    fn people_follow(&self, at: usize) -> bool {
        matches!(self.pieces.get(at + 1).map(|piece| &piece.atom), Some(Atom::People(_)))
    }

    /// Of two verbs, the one that says more about money counts.
    fn verb(&mut self, at: usize, verb: Role) {
        const WEIGHT: [Role; 9] = [
            Role::Had,
            Role::Got,
            Role::Counts,
            Role::Not,
            Role::Pays,
            Role::Owes,
            Role::Paid,
            Role::Treat,
            Role::Transfer,
        ];
        self.stranger_before(at, verb);
        // "my sister paid"
        if verb == Role::Paid
            && let Some(before) = at.checked_sub(1).filter(|before| is_owned(self.pieces, *before))
        {
            self.relative(before, at);
        }
        self.drop_marker();
        let weight = |verb: Role| WEIGHT.iter().position(|known| *known == verb);
        match self.line.verb {
            Some(old) if weight(old) >= weight(verb) => {
                if verb == Role::Not {
                    self.line.says.push(verb);
                }
            }
            old => {
                if old == Some(Role::Not) {
                    self.line.says.push(Role::Not);
                }
                self.line.verb = Some(verb);
                if self.pieces[at + 1..].iter().all(|piece| piece.atom == Atom::Filler) {
                    self.line.signs.push(Sign::VerbLast);
                }
            }
        }
    }

    /// Drops a preposition that no people followed: it becomes part of the description, or is kept as unused if it is a
    /// word for splitting.
    pub(crate) fn drop_marker(&mut self) {
        let Some((role, at)) = self.marker.take() else { return };
        match role {
            // "btw" can mean "by the way".
            Role::Between if self.is_filler(at) => self.word(at, false),
            Role::Between | Role::Except => self.line.loose.push(role),
            Role::Only => self.line.says.push(role),
            _ => self.word(at, false),
        }
    }

    fn is_filler(&self, at: usize) -> bool {
        self.lookup.find(self.pieces[at].from, |meaning| (meaning == Meaning::Filler).then_some(())).is_some()
    }
}
