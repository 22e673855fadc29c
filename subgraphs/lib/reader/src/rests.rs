//! Rests with an explicit quantity: "the remaining 60", "the other half".

use crate::{
    piece::{Atom, Piece, Value},
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
}
