//! Payments listed by what they were made with: "on three cards: Ben 150, me 150".

use crate::{
    count::{MOST_THINGS, behind, is_people, role, small},
    lookup::Lookup,
    piece::{Atom, Break, Piece},
    role::Role,
};

/// "went on two cards: Ben 50, me 30" is "paid: Ben 50, me 30".
pub(crate) fn several_cards(lookup: &Lookup<'_>, pieces: &mut [Piece]) {
    for at in 1..pieces.len().saturating_sub(1) {
        let several = small(pieces.get(at)).is_some_and(|count| (2..=MOST_THINGS).contains(&count));
        let card = behind(pieces, at).filter(|card| lookup.is_role(pieces[*card].from, Role::Card).is_some());
        let led = matches!(role(pieces.get(at - 1)), Some(Role::On | Role::With | Role::By | Role::Between | Role::At))
            || lookup.is_role(pieces[at - 1].from, Role::On).is_some();
        let Some(card) = card.filter(|_| several) else { continue };
        let paid = behind(pieces, card).filter(|paid| role(pieces.get(*paid)) == Some(Role::Paid)).unwrap_or(card);
        let list = behind(pieces, paid).filter(|next| matches!(pieces[*next].atom, Atom::Break(_)));
        let person = list.and_then(|list| behind(pieces, list)).filter(|person| is_people(pieces.get(*person)));
        let amount = person.and_then(|person| pieces.get(person + 1));
        if !(led || paid > card) || !amount.is_some_and(|amount| matches!(amount.atom, Atom::Number { .. })) {
            continue;
        }
        for piece in &mut pieces[at..=paid] {
            piece.atom = Atom::Filler;
        }
        // "went on", "split across"
        let begin = at.checked_sub(2).filter(|split| {
            role(pieces.get(*split)) == Some(Role::Split)
                || lookup.is_role(pieces[*split].from, Role::Harmless).is_some()
        });
        for piece in &mut pieces[begin.unwrap_or(at - 1)..at] {
            piece.atom = Atom::Filler;
        }
        pieces[at - 1].atom = Atom::Break(Break::Comma);
        pieces[card].atom = Atom::Role(Role::Paid);
    }
}
