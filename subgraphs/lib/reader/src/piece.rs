//! What the words of a text stand for.

pub(crate) use crate::quantity::Value;
use crate::{date::Day, quantity::Quantity, role::Role};

/// What one or more words stand for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Atom {
    People(Party),
    Value(Value),
    /// A number without a currency, before its meaning is known.
    Number(Quantity),
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

impl Who {
    /// The people who are named.
    pub(crate) fn named(&self) -> &[usize] {
        if let Self::Named(people) = self { people } else { &[] }
    }
}

impl Party {
    pub(crate) fn named(people: Vec<usize>) -> Self {
        Self { who: Who::Named(people), owner: false }
    }
}

/// The largest number of things that is read as a count; a larger number is money.
pub(crate) const MOST_THINGS: u64 = 20;
