//! Decides which numbers are amounts of money, and in which currency.

use std::collections::BTreeSet;

use money::Currency;

use crate::{
    count::count,
    decimal::Decimal,
    lookup::Lookup,
    piece::{Atom, Piece, Value},
    quantity::{Quantity, Unit, unit},
    remark::Remark,
    role::Role,
    words::Kind,
};

/// Decides for each number whether it is money or a count. Returns the currency of
/// the text.
pub(crate) fn resolve(
    lookup: &Lookup<'_>,
    pieces: &mut Vec<Piece>,
    own: Currency,
    questions: &mut Vec<Remark>,
) -> Currency {
    count(lookup, pieces);
    let currency = currency(lookup, pieces, own, questions);
    for piece in pieces.iter_mut() {
        if let Atom::Number { quantity } = &piece.atom {
            piece.atom =
                money(lookup, piece, quantity, currency).map_or(Atom::Odd, |minor| Atom::Value(Value::Money(minor)));
        }
        if piece.atom == Atom::Odd {
            let written: Vec<&str> = lookup.words[piece.from..piece.to].iter().map(|word| word.text).collect();
            questions.push(Remark::Amount { text: written.join(" ") });
        }
    }
    currency
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
            Unit::Words(place) => match lookup.lexicon.currencies(place).and_then(|words| words.meant(own)) {
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
