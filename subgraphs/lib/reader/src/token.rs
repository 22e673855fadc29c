//! Tokens: the pieces of a text, as the rules see them.

use std::collections::BTreeSet;

use money::Currency;

pub(crate) use crate::quantity::Value;

use crate::{
    date::Day,
    language::Meaning,
    lookup::Lookup,
    number::Decimal,
    quantity::{Quantity, Unit, unit},
    remark::Remark,
    role::{Role, Roles},
};

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
    /// A word that can name a thing; `true` if no language knows it, as the name of a stranger would be.
    Word(bool),
    /// A word without meaning for the expense.
    Filler,
    /// A number of things that are not money.
    Count(u64),
    /// An invalid number.
    Odd,
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

/// A piece of the text.
#[derive(Clone, Debug)]
pub(crate) struct Token {
    pub(crate) atom: Atom,
    /// All roles of its words.
    pub(crate) roles: Roles,
    /// The index of its first word, and the index after its last word.
    pub(crate) from: usize,
    pub(crate) to: usize,
    /// A whole number without a currency, which can also be a count or a weight.
    pub(crate) plain: Option<u64>,
    /// Whether the reading is complete without it.
    pub(crate) light: bool,
}

impl Token {
    pub(crate) fn new(lookup: &Lookup<'_>, atom: Atom, from: usize, to: usize) -> Self {
        Self { atom, roles: lookup.roles(from, to - from), from, to, plain: None, light: false }
    }

    pub(crate) fn is(&self, role: Role) -> bool {
        self.roles.has(role)
    }

    pub(crate) fn who(&self) -> Option<&Who> {
        if let Atom::People(party) = &self.atom { Some(&party.who) } else { None }
    }

    /// Whether it is a possessive: "Ben's".
    pub(crate) fn is_owner(&self) -> bool {
        matches!(self.atom, Atom::People(Party { owner: true, .. }))
    }

    pub(crate) fn is_filler(&self) -> bool {
        self.atom == Atom::Filler
    }

    pub(crate) fn is_break(&self) -> bool {
        matches!(self.atom, Atom::Break(_))
    }

    pub(crate) fn value(&self) -> Option<&Value> {
        if let Atom::Value(value) = &self.atom { Some(value) } else { None }
    }

    /// Makes it a word without meaning.
    pub(crate) fn drop(&mut self) {
        self.atom = Atom::Filler;
        self.roles = Roles::default();
    }
}

/// Gives the numbers among the tokens their meaning. Returns the currency of the text.
pub(crate) fn with_amounts(
    lookup: &Lookup<'_>,
    tokens: &mut [Token],
    own: Currency,
    questions: &mut Vec<Remark>,
) -> Currency {
    let currency = currency(lookup, tokens, own, questions);
    let is_money = |token: &Token| matches!(token.atom, Atom::Number(Quantity::Money { .. }));
    let is_large = |token: &Token| {
        let Atom::Number(Quantity::Number { number, .. }) = &token.atom else { return false };
        number.integer().is_none_or(|number| number > MOST_THINGS)
    };
    let priced = tokens.iter().any(is_money);
    let others = priced || tokens.iter().any(is_large);
    for place in 0..tokens.len() {
        let Atom::Number(quantity) = &tokens[place].atom else { continue };
        let money = money(lookup, &tokens[place], quantity, currency);
        let mut atom = money.map_or(Atom::Odd, |minor| Atom::Value(Value::Money(minor)));
        let (mut plain, mut light) = (None, false);
        if let Quantity::Number { number, worded, negative: false } = quantity
            && let Some(count) = number.integer()
        {
            plain = Some(count);
            light = *worded && count <= 12 && others;
            if (*worded && count <= 1) || is_count(lookup, tokens, place, (count, others, priced)) {
                (atom, light) = (Atom::Count(count), true);
            }
        }
        (tokens[place].atom, tokens[place].plain, tokens[place].light) = (atom, plain, light);
    }
    for token in tokens.iter().filter(|token| token.atom == Atom::Odd) {
        let written: Vec<&str> = lookup.words[token.from..token.to].iter().map(|word| word.text).collect();
        questions.push(Remark::Amount { text: written.join(" ") });
    }
    currency
}

/// Whether the number counts things or names one: "2 shares", "3 tickets", "room 12".
fn is_count(lookup: &Lookup<'_>, tokens: &[Token], place: usize, (count, others, priced): (u64, bool, bool)) -> bool {
    let few = count <= MOST_THINGS;
    let next = tokens.get(place + 1);
    let before = place.checked_sub(1).map(|before| &tokens[before]);
    let is_next = |role| next.is_some_and(|next| lookup.is_role(next.from, role).is_some());
    let counted = [Role::Unit, Role::Heads, Role::Ways, Role::ShareNoun].into_iter().any(is_next)
        || (is_next(Role::TimesWord) && few)
        || before.is_some_and(|before| lookup.is_role(before.from, Role::TimesWord).is_some());
    let thing = next.is_some_and(|next| matches!(next.atom, Atom::Word(_)) && lookup.words[next.from].is_letters());
    let label = before
        .is_some_and(|before| lookup.means(before.from, Meaning::Label).is_some() && before.to == tokens[place].from);
    counted || (few && thing && others) || (label && priced)
}

/// Currencies named apart from any amount: "all in euros".
fn said_apart(lookup: &Lookup<'_>) -> impl Iterator<Item = Unit> {
    (1..lookup.words.len()).filter_map(|at| {
        let within = lookup.is_role(at - 1, Role::Inside).is_some();
        let (unit, length) = unit(lookup, at)?;
        let plain = lookup.words[at].is_letters() && unit != Unit::Cents;
        (within && plain && !lookup.is_digits(at + length)).then_some(unit)
    })
}

/// The currency named in the text, or the group's own. Several named currencies become a question.
fn currency(lookup: &Lookup<'_>, tokens: &[Token], own: Currency, questions: &mut Vec<Remark>) -> Currency {
    let mut named = BTreeSet::new();
    let written = tokens.iter().filter_map(|token| match &token.atom {
        Atom::Number(Quantity::Money { unit, .. }) => Some(*unit),
        _ => None,
    });
    for unit in written.chain(said_apart(lookup)) {
        match unit {
            Unit::Cents | Unit::Own => {}
            Unit::Code(currency) => drop(named.insert(currency)),
            Unit::Words(place) => match lookup.lexicon.currency(place, own) {
                Some(currency) => drop(named.insert(currency)),
                None => questions.push(Remark::UnknownCurrency),
            },
        }
    }
    if named.len() > 1 {
        let choices = named.iter().map(|currency| currency.code().to_owned()).collect();
        questions.push(Remark::WhichCurrency { choices });
    }
    named.into_iter().next().unwrap_or(own)
}

/// The amount in minor units; `None` if the currency cannot represent it.
fn money(lookup: &Lookup<'_>, token: &Token, quantity: &Quantity, currency: Currency) -> Option<i64> {
    let (value, negative, unit) = match quantity {
        Quantity::Money { value, unit, negative } => (*value, *negative, Some(*unit)),
        Quantity::Number { number, negative, .. } => (*number, *negative, None),
        _ => return None,
    };
    let value = match unit {
        Some(Unit::Cents) => Decimal { digits: value.digits, scale: value.scale + 2 },
        _ => value,
    };
    // In a currency with three decimals, `1.234` is ambiguous: it can mean 1234 or 1.234.
    let grouped = |at: usize| lookup.is_digits(at) && lookup.words[at].text.contains(['.', ',']);
    if currency.exponent() > 2 && !value.has_point() && (token.from..token.to).any(grouped) {
        return None;
    }
    let longest = currency.exponent().max(2);
    let minor = value.scaled(currency.exponent()).filter(|_| value.scale <= longest)?;
    Some(if negative { -minor } else { minor })
}
