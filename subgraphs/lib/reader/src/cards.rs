//! Payments listed by card: "on three cards: Ben 150, me 150".

use crate::{
    clause::is_people,
    count::{MOST_THINGS, behind, role, small},
    lookup::Lookup,
    piece::{Atom, Break, Party, Piece, Value},
    role::Role,
};

/// Simplifies statements about cards and about the number of things paid for.
pub(crate) fn cards(lookup: &Lookup<'_>, pieces: &mut [Piece]) {
    whose_card(lookup, pieces);
    one_each(lookup, pieces);
    several_cards(lookup, pieces);
}

/// Reads "auf die Karte von Ben" as "auf Bens Karte".
fn whose_card(lookup: &Lookup<'_>, pieces: &mut [Piece]) {
    for at in 0..pieces.len().saturating_sub(2) {
        let of = [Role::From, Role::Of, Role::By, Role::On]
            .iter()
            .any(|role| lookup.is_role(pieces[at + 1].from, *role).is_some());
        let Atom::People(party) = &pieces[at + 2].atom else { continue };
        if role(pieces.get(at)) == Some(Role::Card) && of && party.is_one() && !party.owner {
            pieces[at].atom = Atom::People(Party { owner: true, ..party.clone() });
            pieces[at + 1].atom = Atom::Role(Role::Card);
            pieces[at + 2].atom = Atom::Filler;
        }
    }
}

/// Drops the count of things already paid for: "Ben paid 300 for the tickets, six of them, one each".
fn one_each(lookup: &Lookup<'_>, pieces: &mut [Piece]) {
    let is_break = |at: usize| pieces.get(at).is_some_and(|piece| matches!(piece.atom, Atom::Break(_)));
    let of = |at: usize| pieces.get(at).is_some_and(|piece| lookup.is_role(piece.from, Role::Of).is_some());
    let one = |at: usize| small(pieces.get(at)) == Some(1);
    let paid = |at: usize| {
        let amount = |piece: &Piece| matches!(piece.atom, Atom::Value(Value::Money(_)) | Atom::Number { .. });
        let before = &pieces[..at];
        before.iter().any(|piece| piece.atom == Atom::Role(Role::Paid))
            && before.iter().filter(|piece| amount(piece)).count() == 1
    };
    let found = (1..pieces.len()).find(|at| {
        let each = role(pieces.get(at + 4)) == Some(Role::Each);
        let ends = at + 5 == pieces.len() || is_break(at + 5);
        small(pieces.get(*at)).is_some_and(|count| count > 1)
            && of(at + 1)
            && [at - 1, at + 2].iter().all(|at| is_break(*at))
            && (one(at + 3) && each && ends)
            && paid(*at)
    });
    for piece in found.and_then(|at| pieces.get_mut(at..at + 5)).unwrap_or_default() {
        piece.atom = Atom::Filler;
    }
}

/// Reads "went on two cards: Ben 50, me 30" as "paid: Ben 50, me 30".
fn several_cards(lookup: &Lookup<'_>, pieces: &mut [Piece]) {
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

#[cfg(test)]
mod tests {
    use crate::testing::read_among;

    #[test]
    fn card_holders_pay_and_counts_are_not_amounts() {
        for (text, payer) in [
            ("Die Pizza ging auf die Karte von Ben, 30", 1),
            ("Die Pizza ging auf Bens Karte, 30", 1),
            ("Pizza 30 auf Bens Karte, wir teilen sie durch alle drei", 1),
            ("I fronted 30 for the tickets, three of them, one each", 0),
        ] {
            let reading = read_among(&["Ada", "Ben", "Zoe"], text);
            assert_eq!((reading.payers, reading.questions), (vec![(payer, 3_000)], vec![]), "{text}");
        }
    }
}
