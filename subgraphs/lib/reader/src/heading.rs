//! Lists under the name of a person: "Ben: burger 15, coke 3".

use crate::{
    lookup::Lookup,
    piece::{Atom, Break, Piece, Value},
    role::Role,
};

/// Repeats the person of a heading before each thing in the list.
pub(crate) fn spread(lookup: &Lookup<'_>, pieces: &[Piece]) -> Vec<Piece> {
    let pieces = &dashes(lookup, pieces);
    let mut spread: Vec<Piece> = Vec::with_capacity(pieces.len());
    let mut owner: Option<&Piece> = None;
    for (at, piece) in pieces.iter().enumerate() {
        match &piece.atom {
            Atom::Break(Break::Stop) => owner = None,
            Atom::Break(Break::Colon) => owner = heading(&pieces[..at]),
            Atom::Break(Break::Comma) | Atom::Role(Role::And | Role::Plus) => {
                let next = pieces[at + 1..].iter().take_while(|piece| !ends(piece));
                if let Some(owner) = owner.filter(|_| is_thing(next)) {
                    spread.push(Piece { atom: Atom::Break(Break::Comma), ..piece.clone() });
                    spread.push(owner.clone());
                    continue;
                }
                // "Ben: burger 15, and the wine is shared": the list of Ben ends here.
                owner = owner.filter(|_| pieces.get(at + 1).is_none_or(|next| !ends(next)));
            }
            _ => {}
        }
        spread.push(piece.clone());
    }
    spread
}

/// Reads dashes after names as colons: "Ben - burger 15, me - salad 11".
fn dashes(lookup: &Lookup<'_>, pieces: &[Piece]) -> Vec<Piece> {
    let mut pieces = pieces.to_vec();
    let is_dash = |at: &usize| {
        let dash = ['-', '–', '—'].iter().any(|mark| lookup.words[pieces[*at].from].is(*mark));
        let thing = pieces.get(at + 1).is_some_and(|next| matches!(next.atom, Atom::Word(_)));
        dash && thing && pieces[*at].atom == Atom::Break(Break::Comma) && heading(&pieces[..*at]).is_some()
    };
    let places: Vec<usize> = (0..pieces.len()).filter(is_dash).collect();
    for at in places.iter().filter(|_| places.len() > 1) {
        pieces[*at].atom = Atom::Break(Break::Colon);
    }
    pieces
}

/// The person who stands alone before a colon.
fn heading(before: &[Piece]) -> Option<&Piece> {
    let mut clause = before.iter().rev().filter(|piece| piece.atom != Atom::Filler);
    let one = clause.next().filter(|piece| matches!(&piece.atom, Atom::People(party) if party.is_one()))?;
    clause.next().is_none_or(ends).then_some(one)
}

fn ends(piece: &Piece) -> bool {
    matches!(piece.atom, Atom::Break(_) | Atom::Role(Role::And | Role::Plus))
}

/// Whether the pieces are a thing and its price, and nothing else.
fn is_thing<'p>(pieces: impl Iterator<Item = &'p Piece>) -> bool {
    let (mut prices, mut words) = (0, 0);
    for piece in pieces {
        match &piece.atom {
            Atom::Value(Value::Money(_)) => prices += 1,
            Atom::Word(_) => words += 1,
            Atom::Filler | Atom::Count(_) | Atom::Role(Role::Unit | Role::TimesWord | Role::At | Role::For) => {}
            _ => return false,
        }
    }
    prices == 1 && words > 0
}

/// Whether people are named before anything else.
pub(crate) fn begins_with_people(pieces: &[Piece]) -> bool {
    let first = pieces.iter().find(|piece| piece.atom != Atom::Filler);
    first.is_some_and(|piece| matches!(piece.atom, Atom::People(_)))
}
