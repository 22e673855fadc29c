//! What all clauses say together: amounts, payments, shares, people.

use chrono::NaiveDate;

use crate::{
    piece::{Party, Value, Who},
    role::Role,
};

/// What was said, sorted by what it is about.
#[derive(Clone, Debug, Default)]
pub(crate) struct Facts {
    /// Amounts that are said to be the total.
    pub(crate) totals: Vec<i64>,
    /// Amounts of things and of shares, in the order of the text.
    pub(crate) entries: Vec<Entry>,
    pub(crate) payments: Vec<Payment>,
    pub(crate) portions: Vec<Portion>,
    /// People who count for more or less than one.
    pub(crate) weights: Vec<(Party, (u64, u64))>,
    /// So many shares for these people, and none for others.
    pub(crate) parts: Vec<(Party, u64)>,
    /// People with more or less than an equal share.
    pub(crate) changes: Vec<Change>,
    pub(crate) extras: Vec<Extra>,
    /// Who takes what is left.
    pub(crate) rest: Vec<Party>,
    pub(crate) proportion: Option<(Vec<u64>, Option<Party>)>,
    /// Those who share, with the word before them.
    pub(crate) participants: Vec<(Role, Party)>,
    pub(crate) without: Vec<Party>,
    /// Whose thing it is.
    pub(crate) owners: Vec<Party>,
    /// Whether it is a present for somebody.
    pub(crate) receivers: bool,
    /// Who gets it.
    pub(crate) receiving: Vec<Party>,
    /// Who did something that has nothing to do with money.
    pub(crate) bystanders: Vec<Party>,
    /// Whom shares are compared with.
    pub(crate) compared: Vec<Party>,
    /// Who is owed an amount that is a part of the whole.
    pub(crate) lenders: Vec<Party>,
    pub(crate) refund: bool,
    pub(crate) equal: bool,
    pub(crate) days: Vec<NaiveDate>,
    /// The lines whose words say what it was for.
    pub(crate) about: Vec<usize>,
    pub(crate) questions: Vec<String>,
}

impl Facts {
    /// Who paid, where only one did.
    pub(crate) fn only_payer(&self) -> Option<usize> {
        match self.payments.as_slice() {
            [Payment { who: Party { who: Who::Named(people), .. }, .. }] if people.len() == 1 => {
                people.first().copied()
            }
            _ => None,
        }
    }

    /// Whether the total is divided in another way than by amounts.
    pub(crate) fn divides(&self) -> bool {
        !(self.portions.is_empty()
            && self.weights.is_empty()
            && self.parts.is_empty()
            && self.changes.is_empty()
            && self.rest.is_empty()
            && self.proportion.is_none())
    }
}

/// An amount, of something or of somebody.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) minor: i64,
    pub(crate) people: Option<Party>,
    /// Whether it is for each of them.
    pub(crate) each: bool,
    /// Said to be shared, by whoever takes part.
    pub(crate) shared: bool,
    /// For something of their own: "9 of it is only Ben's shampoo".
    pub(crate) own: bool,
    /// The line that it is from.
    pub(crate) line: usize,
    pub(crate) name: Name,
}

/// What the line of an amount names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Name {
    Nothing,
    /// Words that may be anything.
    Words,
    /// Something that people buy, in a clause of its own.
    Thing,
}

/// Who paid, and how much of it.
#[derive(Clone, Debug)]
pub(crate) struct Payment {
    pub(crate) who: Party,
    pub(crate) part: Option<Value>,
    pub(crate) each: bool,
}

/// A percentage or a fraction of the total.
#[derive(Clone, Debug)]
pub(crate) struct Portion {
    pub(crate) people: Party,
    pub(crate) of: (u64, u64),
    pub(crate) each: bool,
}

/// More or less than an equal share.
#[derive(Clone, Debug)]
pub(crate) struct Change {
    pub(crate) people: Party,
    pub(crate) minor: i64,
    pub(crate) each: bool,
}

/// A tip, a tax or a discount.
#[derive(Clone, Debug)]
pub(crate) struct Extra {
    pub(crate) role: Role,
    pub(crate) value: Value,
    pub(crate) included: bool,
}
