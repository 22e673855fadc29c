//! Which numbers are money, which count something else, and what currency it is.

use std::collections::BTreeSet;

use money::Currency;

use crate::{
    decimal::Decimal,
    language::Meaning,
    lookup::Lookup,
    piece::{Atom, Break, Party, Piece, Value, Who},
    quantity::{Quantity, Unit},
    role::Role,
    words::Kind,
};

/// More of something are hardly bought at once: a larger number is money.
const MOST_THINGS: u64 = 20;

/// Decides for every number what it counts. Returns the currency of the text.
pub(crate) fn resolve(
    lookup: &Lookup<'_>,
    pieces: &mut Vec<Piece>,
    own: Currency,
    questions: &mut Vec<String>,
) -> Currency {
    count_people(lookup, pieces);
    count_shares(pieces);
    count_things(lookup, pieces);
    let currency = currency(lookup, pieces, own, questions);
    for piece in pieces.iter_mut() {
        if let Atom::Number { quantity } = &piece.atom {
            piece.atom =
                money(lookup, piece, quantity, currency).map_or(Atom::Odd, |minor| Atom::Value(Value::Money(minor)));
        }
        if piece.atom == Atom::Odd {
            let written: Vec<&str> = lookup.words[piece.from..piece.to].iter().map(|word| word.text).collect();
            questions.push(format!("How much is \"{}\"?", written.join(" ")));
        }
    }
    currency
}

/// A small whole number without a currency.
fn small(piece: Option<&Piece>) -> Option<u64> {
    match piece.map(|piece| &piece.atom) {
        Some(Atom::Number { quantity: Quantity::Number { number, negative: false, .. } }) => number.integer(),
        _ => None,
    }
}

fn role(piece: Option<&Piece>) -> Option<Role> {
    match piece.map(|piece| &piece.atom) {
        Some(Atom::Role(role)) => Some(*role),
        _ => None,
    }
}

fn who(piece: Option<&Piece>) -> Option<&Who> {
    match piece.map(|piece| &piece.atom) {
        Some(Atom::People(party)) => Some(&party.who),
        _ => None,
    }
}

/// "the two of us", "all 5 of us", "us two", "3 ways", "2 shares"
fn count_people(lookup: &Lookup<'_>, pieces: &mut Vec<Piece>) {
    let mut counted: Vec<Piece> = Vec::with_capacity(pieces.len());
    let mut at = 0;
    while at < pieces.len() {
        let (atom, length) = head_count(lookup, &pieces[at..]).unwrap_or_else(|| (pieces[at].atom.clone(), 1));
        let (from, to) = (pieces[at].from, pieces[at + length - 1].to);
        counted.push(Piece { atom, from, to });
        at += length;
    }
    *pieces = counted;
}

fn head_count(lookup: &Lookup<'_>, pieces: &[Piece]) -> Option<(Atom, usize)> {
    let party = |count| Atom::People(Party { who: Who::Count(count), owner: false });
    let all = matches!(who(pieces.first()), Some(Who::Everyone(_)));
    let begin = usize::from(all);
    let counted = |count: u64| (1..=99).contains(&count);
    if let Some(count) = small(pieces.get(begin)).filter(|count| counted(*count)) {
        return match role(pieces.get(begin + 1)) {
            Some(Role::Heads | Role::Ways) => Some((party(count), begin + 2)),
            // "shares" may be a word for dividing, too.
            Some(_)
                if !all && pieces.get(1).is_some_and(|next| lookup.is_role(next.from, Role::ShareNoun).is_some()) =>
            {
                Some((Atom::Value(Value::Parts(count)), 2))
            }
            _ => None,
        };
    }
    match (who(pieces.first())?, pieces.get(1)) {
        (Who::Count(count), next) if role(next) == Some(Role::Heads) => Some((party(*count), 2)),
        (Who::Count(count), next) if who(next) == Some(&Who::We) => Some((party(*count), 2)),
        (Who::We, next) => match (who(next), small(next)) {
            (Some(Who::Count(count)), _) => Some((party(*count), 2)),
            (_, Some(count)) if counted(count) && is_worded(next) => Some((party(count), 2)),
            _ => None,
        },
        (Who::Count(2), Some(Piece { atom: Atom::People(Party { who: Who::Named(people), .. }), .. }))
            if people.len() == 2 =>
        {
            Some((Atom::People(Party::named(people.clone())), 2))
        }
        _ => None,
    }
}

fn is_worded(piece: Option<&Piece>) -> bool {
    matches!(piece.map(|piece| &piece.atom), Some(Atom::Number { quantity: Quantity::Number { worded: true, .. } }))
}

/// Numbers that are not money become counts.
fn count_things(lookup: &Lookup<'_>, pieces: &mut [Piece]) {
    for at in 0..pieces.len() {
        let Some(count) = small(pieces.get(at)) else { continue };
        if let Some(atom) = thing_count(lookup, pieces, at, count) {
            pieces[at].atom = atom;
        }
    }
}

fn thing_count(lookup: &Lookup<'_>, pieces: &[Piece], at: usize, count: u64) -> Option<Atom> {
    let others = pieces
        .iter()
        .enumerate()
        .any(|(place, piece)| place != at && matches!(piece.atom, Atom::Number { .. } | Atom::Value(Value::Money(_))));
    if others && is_label(lookup, pieces, at) {
        return Some(Atom::Count(count));
    }
    let (next, few) = (pieces.get(at + 1), count <= MOST_THINGS);
    let worded = is_worded(pieces.get(at));
    // "Ben counts as two"
    let before =
        pieces[..at].iter().rev().find(|piece| piece.atom != Atom::Filler && role(Some(piece)) != Some(Role::Than));
    if few && role(before) == Some(Role::Counts) {
        return Some(Atom::Value(Value::Times(count, 1)));
    }
    let multiplied = role(next) == Some(Role::TimesWord);
    if multiplied || (role(next) == Some(Role::Unit) && (others || worded)) {
        return Some(Atom::Count(count));
    }
    // "dinner for two"
    let for_so_many = worded && at > 0 && role(pieces.get(at - 1)) == Some(Role::For);
    if few && for_so_many && !next.is_some_and(|next| matches!(next.atom, Atom::Word(_))) {
        return Some(Atom::People(Party { who: Who::Count(count), owner: false }));
    }
    let thing = next.filter(|next| matches!(next.atom, Atom::Word(_)) && few)?;
    let plural = count == 1 || lookup.lexicon.is_plural(&lookup.words[thing.from].folded);
    let amount_follows = amount_follows(&pieces[at + 1..]);
    if amount_follows && (plural || worded) || (worded && (others || plural)) {
        return Some(Atom::Count(count));
    }
    // "3 Bier je 4,50"
    let priced = matches!(role(pieces.get(at + 2)), Some(Role::At | Role::Each));
    if priced && amount_follows {
        return Some(Atom::Count(count));
    }
    let glued = lookup.words[thing.from].glued;
    match plural || glued {
        true if !others && count <= 10 && plural => Some(Atom::Count(count)),
        // "taxi 20, 3 beers": three of them, or three for them?
        true if others => Some(Atom::Odd),
        _ => None,
    }
}

/// "in room 204", "gate #12": the number says which one, where a place is expected.
fn is_label(lookup: &Lookup<'_>, pieces: &[Piece], at: usize) -> bool {
    let is_label = |place: usize| {
        let word = pieces.get(place).map(|piece| piece.from)?;
        lookup.find(word, |meaning| (meaning == Meaning::Label).then_some(())).map(|_| word)
    };
    let Some(label) = at.checked_sub(1).and_then(is_label) else { return false };
    let before = pieces[..at - 1].iter().rev().find(|piece| piece.atom != Atom::Filler);
    let placed = before.is_some_and(|piece| matches!(piece.atom, Atom::Role(Role::At | Role::From | Role::On)));
    placed || !lookup.words[label].is_letters()
}

/// "2 shares Ben, me 1": a small number beside a person counts shares, too, where another one does.
fn count_shares(pieces: &mut [Piece]) {
    let is_people = |piece: Option<&Piece>| matches!(piece.map(|piece| &piece.atom), Some(Atom::People(_)));
    let ends =
        |piece: Option<&Piece>| piece.is_none_or(|piece| matches!(piece.atom, Atom::Break(_) | Atom::Role(Role::And)));
    if !pieces.iter().any(|piece| matches!(piece.atom, Atom::Value(Value::Parts(_)))) {
        return;
    }
    for at in 1..pieces.len() {
        if let Some(count) = small(pieces.get(at)).filter(|count| (1..=MOST_THINGS).contains(count))
            && is_people(pieces.get(at - 1))
            && ends(pieces.get(at + 1))
        {
            pieces[at].atom = Atom::Value(Value::Parts(count));
        }
    }
}

/// Whether an amount comes before anything else than words.
fn amount_follows(pieces: &[Piece]) -> bool {
    let words = |piece: &&Piece| {
        matches!(piece.atom, Atom::Word(_) | Atom::Filler | Atom::Role(Role::For | Role::At | Role::Each | Role::Unit))
            || piece.atom == Atom::Break(Break::Open)
    };
    let next = pieces.iter().find(|piece| !words(piece));
    next.is_some_and(|piece| matches!(piece.atom, Atom::Number { .. }))
}

/// The one currency that is named, or else the group's own.
fn currency(lookup: &Lookup<'_>, pieces: &[Piece], own: Currency, questions: &mut Vec<String>) -> Currency {
    let mut named = BTreeSet::new();
    for piece in pieces {
        let Atom::Number { quantity: Quantity::Money { unit, .. } } = &piece.atom else { continue };
        match unit {
            Unit::Cents => {}
            Unit::Code(currency) => drop(named.insert(*currency)),
            Unit::Words(place) => match lookup.lexicon.currencies(*place).and_then(|words| words.meant(own)) {
                Some(currency) => drop(named.insert(currency)),
                None => questions.push("Which currency is that?".to_owned()),
            },
        }
    }
    if named.len() > 1 {
        let codes: Vec<&str> = named.iter().map(|currency| currency.code()).collect();
        questions.push(format!("Which currency is it in: {}?", codes.join(" or ")));
    }
    named.into_iter().next().unwrap_or(own)
}

/// In minor units; `None` where the currency has no such amount.
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
    // With three decimals, `1.234` may be a thousand as well as little more than one.
    let grouped = |at: usize| lookup.words[at].kind == Kind::Number && lookup.words[at].text.contains(['.', ',']);
    if currency.exponent() > 2 && !value.has_point() && (piece.from..piece.to).any(grouped) {
        return None;
    }
    let longest = currency.exponent().max(2);
    let minor = value.scaled(currency.exponent()).filter(|_| value.scale <= longest)?;
    Some(if negative { -minor } else { minor })
}
