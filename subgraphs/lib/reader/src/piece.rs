//! Pieces: the tokens of a sentence.

use crate::{date::Day, lookup::Lookup, quantity::Quantity, role::Role};

/// A piece and the range of its words.
#[derive(Clone, Debug)]
pub(crate) struct Piece {
    pub(crate) atom: Atom,
    /// The index of the first word.
    pub(crate) from: usize,
    /// The index after the last word.
    pub(crate) to: usize,
}

/// The content of a piece.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Atom {
    People(Party),
    Value(Value),
    /// A number without a currency, before its meaning is known.
    Number {
        quantity: Quantity,
    },
    Role(Role),
    Date(Day),
    Break(Break),
    /// A word that can name a thing.
    Word(Sort),
    /// A word without meaning for the expense.
    Filler,
    /// A number of things that are not money.
    Count(u64),
    /// An invalid number.
    Odd,
}

/// What is known about a word that can name a thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    /// A thing that can be bought.
    Thing,
    /// Unknown, and capitalised where only names are.
    Name,
    /// Unknown.
    Unknown,
}

/// A separator between statements.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Break {
    Comma,
    Colon,
    Stop,
    Open,
    Close,
}

/// A quantity with a known meaning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Value {
    /// In minor units.
    Money(i64),
    /// In hundredths of a percent.
    Percent(u64),
    Fraction(u64, u64),
    /// A multiple of an equal share, as numerator and denominator.
    Times(u64, u64),
    /// A number of shares.
    Parts(u64),
    Proportion(Vec<u64>),
    Rest,
}

/// A reference to some of the members.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Party {
    pub(crate) who: Who,
    /// Whether the reference is possessive.
    pub(crate) owner: bool,
}

/// The members that a party refers to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Who {
    /// Indices of members, in text order.
    Named(Vec<usize>),
    /// Everybody except these.
    Everyone(Vec<usize>),
    /// Everybody who is not named elsewhere.
    Others,
    /// The people the text is about.
    We,
    /// This many of the people the text is about.
    Count(u64),
    /// A person named before.
    He,
    /// Several people named before, or one of unknown gender.
    They,
    /// The subject of the sentence.
    Himself,
    /// Ambiguous or unknown; a question asks the writer.
    Unclear,
}

impl Party {
    /// Whether this is one named person.
    pub(crate) fn is_one(&self) -> bool {
        matches!(&self.who, Who::Named(people) if people.len() == 1)
    }

    /// Whether this is everybody the text is about.
    pub(crate) fn is_all(&self) -> bool {
        matches!(&self.who, Who::We) || matches!(&self.who, Who::Everyone(without) if without.is_empty())
    }

    pub(crate) fn named(people: Vec<usize>) -> Self {
        Self { who: Who::Named(people), owner: false }
    }
}

/// The largest number of things that is read as a count; a larger number is money.
pub(crate) const MOST_THINGS: u64 = 20;

/// The next piece that is not a filler.
pub(crate) fn behind(pieces: &[Piece], at: usize) -> Option<usize> {
    (at + 1..pieces.len()).find(|next| pieces[*next].atom != Atom::Filler)
}

/// The previous piece that is not a filler.
pub(crate) fn before(pieces: &[Piece], at: usize) -> Option<usize> {
    (0..at).rev().find(|before| pieces[*before].atom != Atom::Filler)
}

/// Whether the word is a noun for shares; "shares" can also be a verb.
pub(crate) fn is_share_noun(lookup: &Lookup<'_>, piece: Option<&Piece>) -> bool {
    piece.is_some_and(|piece| {
        matches!(piece.atom, Atom::Role(_)) && lookup.is_role(piece.from, Role::ShareNoun).is_some()
    })
}

pub(crate) fn of_people(count: u64) -> Atom {
    Atom::People(Party { who: Who::Count(count), owner: false })
}

/// A non-negative whole number without a currency.
pub(crate) fn small(piece: Option<&Piece>) -> Option<u64> {
    match piece.map(|piece| &piece.atom) {
        Some(Atom::Number { quantity: Quantity::Number { number, negative: false, .. } }) => number.integer(),
        _ => None,
    }
}

pub(crate) fn role(piece: Option<&Piece>) -> Option<Role> {
    piece.and_then(role_of)
}

pub(crate) fn who(piece: Option<&Piece>) -> Option<&Who> {
    match piece.map(|piece| &piece.atom) {
        Some(Atom::People(party)) => Some(&party.who),
        _ => None,
    }
}

pub(crate) fn is_worded(piece: Option<&Piece>) -> bool {
    matches!(piece.map(|piece| &piece.atom), Some(Atom::Number { quantity: Quantity::Number { worded: true, .. } }))
}

pub(crate) fn is_people(piece: Option<&Piece>) -> bool {
    matches!(piece.map(|piece| &piece.atom), Some(Atom::People(_)))
}

pub(crate) fn is_value(piece: &Piece) -> bool {
    matches!(piece.atom, Atom::Value(_))
}

pub(crate) fn role_of(piece: &Piece) -> Option<Role> {
    if let Atom::Role(role) = piece.atom { Some(role) } else { None }
}

/// Whether a statement about the preceding people starts here.
pub(crate) fn starts_clause(pieces: &[Piece], at: usize) -> bool {
    let mut rest = pieces.iter().skip(at).filter(|piece| !matches!(piece.atom, Atom::Filler | Atom::Role(Role::Each)));
    let next = rest.next();
    let passive = rest.next().is_some_and(|piece| piece.atom == Atom::Role(Role::By));
    next.is_some_and(|piece| match &piece.atom {
        // "Ben and me, paid by Dan"
        Atom::Role(Role::Paid) => !passive,
        Atom::Value(value) => !matches!(value, Value::Proportion(_)),

        Atom::Role(role) => is_verb(*role),
        _ => false,
    })
}

/// Whether the role is a verb.
pub(crate) fn is_verb(role: Role) -> bool {
    matches!(
        role,
        Role::Paid
            | Role::Pays
            | Role::Owes
            | Role::Had
            | Role::Got
            | Role::Counts
            | Role::Transfer
            | Role::Treat
            | Role::Not
    )
}

/// Whether people are named before anything else.
pub(crate) fn begins_with_people(pieces: &[Piece]) -> bool {
    let first = pieces.iter().find(|piece| piece.atom != Atom::Filler);
    first.is_some_and(|piece| matches!(piece.atom, Atom::People(_)))
}

/// Whether a possessive precedes the word: "my sister".
pub(crate) fn is_owned(pieces: &[Piece], at: usize) -> bool {
    at.checked_sub(1).is_some_and(|before| matches!(pieces[before].atom, Atom::People(Party { owner: true, .. })))
}
