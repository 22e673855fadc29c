//! Conclusions introduced by "so": "so 15 each", "20% off, so it was 80".

use crate::{
    count::role,
    lookup::Lookup,
    piece::{Atom, Break, Piece, Value},
    role::Role,
};

/// Starts a new clause before a conclusion.
pub(crate) fn follows(lookup: &Lookup<'_>, pieces: &mut Vec<Piece>) {
    for at in (1..pieces.len()).rev() {
        let is_so = pieces[at].atom == Atom::Filler && lookup.is_role(pieces[at].from, Role::So).is_some();
        if !is_so || matches!(pieces[at - 1].atom, Atom::Break(_)) {
            continue;
        }
        let clause = |piece: &&Piece| !matches!(piece.atom, Atom::Break(_));
        let (before, behind) =
            (pieces[..at].iter().rev().take_while(clause), pieces[at + 1..].iter().take_while(clause));
        // In "got 20% off so dinner was 80" the discount is already included in the amount.
        let taken = before.clone().any(|piece| role(Some(piece)) == Some(Role::Discount))
            && !pieces[..at].iter().any(is_amount)
            && behind.clone().any(is_amount);
        // "45 between us so 15 each"
        let mut next = behind.clone().filter(|piece| piece.atom != Atom::Filler);
        let result = pieces[..at].iter().any(is_amount)
            && next.next().is_some_and(is_amount)
            && next.next().is_none_or(|piece| matches!(role(Some(piece)), Some(Role::Each | Role::Total)));
        // "Ben has a car so petrol 40 is split between us"
        let has = before.clone().any(|piece| matches!(role(Some(piece)), Some(Role::Had | Role::Got)));
        let first = behind.clone().find(|piece| piece.atom != Atom::Filler);
        let begins = has
            && !before.clone().any(is_amount)
            && first.is_some_and(|piece| matches!(piece.atom, Atom::Word(_)))
            && behind.clone().any(is_amount);
        if !(taken || result || begins) {
            continue;
        }
        let mark = Piece { atom: Atom::Role(Role::Included), ..pieces[at].clone() };
        pieces[at].atom = Atom::Break(Break::Comma);
        if taken {
            pieces.insert(at, mark);
        }
    }
}

fn is_amount(piece: &Piece) -> bool {
    matches!(piece.atom, Atom::Number { .. } | Atom::Value(Value::Money(_)))
}
