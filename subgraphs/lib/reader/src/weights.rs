//! Numbers that are weights of people: "counts as two", "by nights: Ben 2, me 5", "60 percent Ben, me 40".

use crate::{
    lookup::Lookup,
    measures::by_basis,
    piece::{Atom, MOST_THINGS, Piece, Value, before, is_people, role, small},
    role::Role,
};

/// Finds all numbers that are weights.
pub(crate) fn weigh(lookup: &Lookup<'_>, pieces: &mut [Piece]) {
    count_for(pieces);
    singles(pieces);
    by_basis(lookup, pieces);
}

/// Reads weights after "counts": "Ben counts for three", "count Ben as 2 people, me as one".
fn count_for(pieces: &mut [Piece]) {
    if !pieces.iter().any(|piece| role(Some(piece)) == Some(Role::Counts)) {
        return;
    }
    let lead = |pieces: &[Piece], at: usize| before(pieces, at).map(|last| (last, role(pieces.get(last))));
    // "counts 1.5"
    for at in 1..pieces.len() {
        let Some(count) = small(pieces.get(at)).filter(|count| (1..=MOST_THINGS).contains(count)) else { continue };
        let (mut last, mut than) = (lead(pieces, at), false);
        while let Some((place, Some(Role::Than | Role::For | Role::Each))) = last {
            than = true;
            last = lead(pieces, place);
        }
        let people = last.is_some_and(|(place, _)| is_people(pieces.get(place)));
        if last.is_some_and(|(_, role)| role == Some(Role::Counts)) || (than && people) {
            pieces[at].atom = Atom::Value(Value::Times(count, 1));
        }
    }
    // "as 2 people"
}

/// Reads "once" as a weight of one if others have a weight: "Ben double, me once".
fn singles(pieces: &mut [Piece]) {
    let is_weight = |piece: &Piece| matches!(piece.atom, Atom::Value(Value::Times(..)));
    let weighed = pieces.iter().any(is_weight);
    for at in 0..pieces.len() {
        let single = role(pieces.get(at)) == Some(Role::Single);
        if single && weighed {
            pieces[at].atom = Atom::Value(Value::Times(1, 1));
        }
    }
}
