//! Numbers that are labels and not counts: "room 204".

use crate::{
    language::Meaning,
    lookup::Lookup,
    piece::{Atom, Break, Piece},
    quantity::Quantity,
    role::Role,
};

/// Whether the number is a label: "in room 204", "gate #12".
pub(crate) fn is_label(lookup: &Lookup<'_>, pieces: &[Piece], at: usize) -> bool {
    let is_label = |place: usize| {
        let word = pieces.get(place).map(|piece| piece.from)?;
        lookup.find(word, |meaning| (meaning == Meaning::Label).then_some(())).map(|_| word)
    };
    let Some(label) = at.checked_sub(1).and_then(is_label) else { return false };
    let before = pieces[..at - 1].iter().rev().find(|piece| piece.atom != Atom::Filler);
    let placed = before.is_some_and(|piece| matches!(piece.atom, Atom::Role(Role::At | Role::From | Role::On)));
    (placed && !is_more_than_all(pieces, at)) || !lookup.words[label].is_letters()
}

/// Whether the number before a colon is at least the sum of the others, and therefore the total: "dinner on deck 130:
/// Ben 40, me 80".
fn is_more_than_all(pieces: &[Piece], at: usize) -> bool {
    let minor = |piece: &Piece| match &piece.atom {
        Atom::Number { quantity: Quantity::Number { number, .. } } => number.scaled(3),
        Atom::Number { quantity: Quantity::Money { value, .. } } => value.scaled(3),
        _ => None,
    };
    let others = pieces[at + 1..].iter().filter_map(minor).try_fold(0_i64, i64::checked_add);
    let colon = pieces.get(at + 1).is_some_and(|piece| piece.atom == Atom::Break(Break::Colon));
    colon && others.is_some_and(|others| minor(&pieces[at]).is_some_and(|number| number >= others))
}
