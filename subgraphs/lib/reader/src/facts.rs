//! The combined statements of all clauses: amounts, payments, shares and people.

use chrono::NaiveDate;

use crate::{
    piece::{Party, Value, Who},
    remark::Remark,
    role::Role,
};

/// The statements of a text, sorted by kind.
#[derive(Clone, Debug, Default)]
pub(crate) struct Facts {
    /// Amounts that the text calls the total.
    pub(crate) totals: Vec<i64>,
    /// Prices of things and amounts of shares, in text order.
    pub(crate) entries: Vec<Entry>,
    pub(crate) payments: Vec<Payment>,
    pub(crate) portions: Vec<Portion>,
    /// People with a weight other than one, as numerator and denominator.
    pub(crate) weights: Vec<(Party, (u64, u64))>,
    /// Numbers of shares; people who are not listed have none.
    pub(crate) parts: Vec<(Party, u64)>,
    /// People who pay more or less than an equal share.
    pub(crate) changes: Vec<Change>,
    pub(crate) extras: Vec<Extra>,
    /// The people who take the rest.
    pub(crate) rest: Vec<Party>,
    pub(crate) proportion: Option<(Vec<u64>, Option<Party>)>,
    /// The people who share, with the preposition before them.
    pub(crate) participants: Vec<(Role, Party)>,
    pub(crate) without: Vec<Party>,
    /// Owners of things.
    pub(crate) owners: Vec<Party>,
    /// Whether a person receives a present.
    pub(crate) receivers: bool,
    /// The receivers of the present.
    pub(crate) receiving: Vec<Party>,
    /// People who only did something unrelated to money.
    pub(crate) bystanders: Vec<Party>,
    /// People whom a share is compared with.
    pub(crate) compared: Vec<Party>,
    /// People who are owed a part of the total.
    pub(crate) lenders: Vec<Party>,
    /// Who gave money to whom.
    pub(crate) handed_over: Option<(usize, usize)>,
    pub(crate) refund: bool,
    pub(crate) equal: bool,
    pub(crate) days: Vec<NaiveDate>,
    /// The positions of the lines whose words form the description.
    pub(crate) about: Vec<usize>,
    pub(crate) questions: Vec<Remark>,
}

impl Facts {
    /// The payer, if there is exactly one.
    pub(crate) fn only_payer(&self) -> Option<usize> {
        match self.payments.as_slice() {
            [Payment { who: Party { who: Who::Named(people), .. }, .. }] if people.len() == 1 => {
                people.first().copied()
            }
            _ => None,
        }
    }

    /// Whether the total is divided by other means than amounts.
    pub(crate) fn divides(&self) -> bool {
        !(self.portions.is_empty()
            && self.weights.is_empty()
            && self.parts.is_empty()
            && self.changes.is_empty()
            && self.rest.is_empty()
            && self.proportion.is_none())
    }
}

/// An amount for a thing or for people.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) minor: i64,
    pub(crate) people: Option<Party>,
    /// Whether the amount is per person.
    pub(crate) each: bool,
    /// Whether the text says that the thing is shared, without naming the sharers.
    pub(crate) shared: bool,
    /// Whether the thing belongs to one person alone: "9 of it is only Ben's shampoo".
    pub(crate) own: bool,
    /// The position of its line.
    pub(crate) line: usize,
    pub(crate) name: Name,
}

/// What the line of an amount names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Name {
    Nothing,
    /// Words of unknown meaning.
    Words,
    /// A thing that can be bought, in a clause of its own.
    Thing,
}

/// Who paid, and which part of the total.
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

/// A difference from an equal share, in minor units.
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
