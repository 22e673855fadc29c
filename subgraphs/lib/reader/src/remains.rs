//! Rests with an explicit quantity: "the remaining 60", "the other half".

use crate::{
    piece::{Atom, Break, Piece, Value},
    role::Role,
};

/// Replaces a rest by the quantity beside it. Whether the quantity fits is checked when the parts are added up.
pub(crate) fn remains(pieces: &mut [Piece]) {
    for at in 0..pieces.len() {
        if pieces[at].atom != Atom::Value(Value::Rest) {
            continue;
        }
        let next = (at + 1..pieces.len()).find(|next| pieces[*next].atom != Atom::Filler);
        let quantity = next.and_then(|next| match &pieces[next].atom {
            Atom::Value(value) => Some((next, value.clone())),
            _ => None,
        });
        match quantity {
            Some((_, Value::Money(_) | Value::Percent(_) | Value::Fraction(..))) => pieces[at].atom = Atom::Filler,
            // "the rest 50/50"
            Some((next, Value::Proportion(parts))) if parts.windows(2).all(|pair| pair[0] == pair[1]) => {
                pieces[next].atom = Atom::Role(Role::Halves);
            }
            _ => {}
        }
    }
    behind(pieces);
    whose_parts(pieces);
}

/// Lists the people of a proportion in its order: "ratio 4:3:2 = Ben:me:Dan".
fn whose_parts(pieces: &mut [Piece]) {
    let people = |piece: &Piece| matches!(piece.atom, Atom::People(_));
    for at in 0..pieces.len() {
        let Atom::Value(Value::Proportion(parts)) = &pieces[at].atom else { continue };
        let joins = |piece: &Piece| {
            matches!(
                piece.atom,
                Atom::Break(Break::Comma | Break::Colon | Break::Open) | Atom::Role(Role::And | Role::For)
            )
        };
        let leads = |piece: &Piece| {
            joins(piece) || matches!(piece.atom, Atom::Filler | Atom::Role(Role::Basis | Role::Between | Role::Split))
        };
        let begin = (at + 1..pieces.len()).find(|next| people(&pieces[*next]) || !leads(&pieces[*next]));
        let Some(begin) = begin.filter(|begin| people(&pieces[*begin])) else { continue };
        let list = pieces[begin..].iter().take_while(|piece| people(piece) || joins(piece));
        let length = list.clone().count();
        if list.filter(|piece| people(piece)).count() != parts.len() {
            continue;
        }
        for piece in pieces[at + 1..begin].iter_mut().filter(|piece| matches!(piece.atom, Atom::Break(_))) {
            piece.atom = Atom::Filler;
        }
        for piece in
            pieces[begin..begin + length - 1].iter_mut().filter(|piece| piece.atom == Atom::Break(Break::Colon))
        {
            piece.atom = Atom::Role(Role::And);
        }
    }
}

/// Handles a rest after its quantity if nobody is named between the two: "the 20% remaining are mine".
fn behind(pieces: &mut [Piece]) {
    for at in 1..pieces.len() {
        let ends = pieces.get(at + 1).is_none_or(|next| matches!(next.atom, Atom::Break(Break::Comma | Break::Stop)));
        let quantity =
            matches!(pieces[at - 1].atom, Atom::Value(Value::Money(_) | Value::Percent(_) | Value::Fraction(..)));
        let said = pieces[..at - 1].iter().any(|piece| matches!(piece.atom, Atom::Value(_)));
        if pieces[at].atom == Atom::Value(Value::Rest) && quantity && said && ends {
            pieces[at].atom = Atom::Filler;
        }
    }
}
