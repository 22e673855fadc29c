//! Tokens: the pieces of a text with their amounts, as the rules see them.

use std::collections::BTreeSet;

use money::Currency;

use crate::{
    decimal::Decimal,
    language::Meaning,
    lookup::Lookup,
    piece::{Atom, MOST_THINGS, Party, Piece, Sort, Value, Who},
    quantity::{Quantity, Unit, unit},
    remark::Remark,
    role::{Role, Roles},
    words::Kind,
};

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

/// The tokens of the text and its currency.
pub(crate) fn tokens(
    lookup: &Lookup<'_>,
    pieces: &[Piece],
    own: Currency,
    questions: &mut Vec<Remark>,
) -> (Vec<Token>, Currency) {
    let currency = currency(lookup, pieces, own, questions);
    let amounts = pieces.iter().filter(|piece| is_amount(piece)).count();
    let mut tokens = Vec::with_capacity(pieces.len());
    for (place, piece) in pieces.iter().enumerate() {
        let (atom, plain, light) = match &piece.atom {
            Atom::Number { quantity } => number(lookup, pieces, place, quantity, currency, amounts),
            atom => (atom.clone(), None, false),
        };
        if atom == Atom::Odd {
            let written: Vec<&str> = lookup.words[piece.from..piece.to].iter().map(|word| word.text).collect();
            questions.push(Remark::Amount { text: written.join(" ") });
        }
        let roles = lookup.roles(piece.from, piece.to - piece.from);
        tokens.push(Token { atom, roles, from: piece.from, to: piece.to, plain, light });
    }
    (tokens, currency)
}

fn is_amount(piece: &Piece) -> bool {
    match &piece.atom {
        Atom::Number { quantity: Quantity::Money { .. } } => true,
        Atom::Number { quantity: Quantity::Number { number, .. } } => {
            number.integer().is_none_or(|number| number > MOST_THINGS)
        }
        _ => false,
    }
}

/// A number as money, with its value as a count and whether it may remain unused.
fn number(
    lookup: &Lookup<'_>,
    pieces: &[Piece],
    place: usize,
    quantity: &Quantity,
    currency: Currency,
    amounts: usize,
) -> (Atom, Option<u64>, bool) {
    let piece = &pieces[place];
    let money = money(lookup, piece, quantity, currency);
    let atom = money.map_or(Atom::Odd, |minor| Atom::Value(Value::Money(minor)));
    let Quantity::Number { number, worded, negative: false } = quantity else { return (atom, None, false) };
    let Some(count) = number.integer() else { return (atom, None, false) };
    let next = pieces.get(place + 1);
    let before = place.checked_sub(1).map(|before| &pieces[before]);
    let is = |piece: Option<&Piece>, role| piece.is_some_and(|piece| lookup.is_role(piece.from, role).is_some());
    let counted = is(next, Role::Unit)
        || is(next, Role::Heads)
        || is(next, Role::Ways)
        || is(next, Role::ShareNoun)
        || is(before, Role::TimesWord)
        || (is(next, Role::TimesWord) && count <= MOST_THINGS);
    let thing = matches!(next.map(|next| &next.atom), Some(Atom::Word(_)))
        && next.is_some_and(|next| lookup.words[next.from].is_letters());
    let few = count <= MOST_THINGS && thing && amounts > 0;
    let priced = pieces.iter().any(|piece| matches!(piece.atom, Atom::Number { quantity: Quantity::Money { .. } }));
    let label = priced
        && before.is_some_and(|before| lookup.means(before.from, Meaning::Label).is_some() && before.to == piece.from);
    if counted || few || label || (*worded && count <= 1) {
        return (Atom::Count(count), Some(count), true);
    }
    (atom, Some(count), *worded && count <= 12 && amounts > 0)
}

/// Currencies named apart from any amount: "all in euros".
fn said_apart(lookup: &Lookup<'_>) -> impl Iterator<Item = Unit> {
    (1..lookup.words.len()).filter_map(|at| {
        let within = lookup.is_role(at - 1, Role::Inside).is_some();
        let number = |at: usize| lookup.words.get(at).is_some_and(|word| word.kind == Kind::Number);
        let (unit, length) = unit(lookup, at)?;
        let plain = lookup.words[at].is_letters() && unit != Unit::Cents;
        (within && plain && !number(at + length)).then_some(unit)
    })
}

/// The currency named in the text, or the group's own. Several named currencies become a question.
fn currency(lookup: &Lookup<'_>, pieces: &[Piece], own: Currency, questions: &mut Vec<Remark>) -> Currency {
    let mut named = BTreeSet::new();
    let written = pieces.iter().filter_map(|piece| match &piece.atom {
        Atom::Number { quantity: Quantity::Money { unit, .. } } => Some(*unit),
        _ => None,
    });
    for unit in written.chain(said_apart(lookup)) {
        match unit {
            Unit::Cents | Unit::Own => {}
            Unit::Code(currency) => drop(named.insert(currency)),
            Unit::Words(place) => match lookup.lexicon.currencies.get(place).and_then(|words| words.meant(own)) {
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
fn money(lookup: &Lookup<'_>, piece: &Piece, quantity: &Quantity, currency: Currency) -> Option<i64> {
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
    let grouped = |at: usize| lookup.words[at].kind == Kind::Number && lookup.words[at].text.contains(['.', ',']);
    if currency.exponent() > 2 && !value.has_point() && (piece.from..piece.to).any(grouped) {
        return None;
    }
    let longest = currency.exponent().max(2);
    let minor = value.scaled(currency.exponent()).filter(|_| value.scale <= longest)?;
    Some(if negative { -minor } else { minor })
}

/// Whether the token is a word that no language knows, as a name of a stranger would be.
pub(crate) fn is_unknown(lookup: &Lookup<'_>, token: &Token) -> bool {
    matches!(token.atom, Atom::Word(Sort::Name | Sort::Unknown))
        && lookup.words[token.from].is_letters()
        && !lookup.is_known(token.from)
}
