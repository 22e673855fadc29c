//! Assigns the parts of a proportion to people: "60/40 with Ben, I'm the 60", "2 to 1, Ben to me".

use crate::{
    clause::is_people,
    count::{before, behind, of_people, role, small},
    language::Meaning,
    lookup::Lookup,
    piece::{Atom, Break, Party, Piece, Value, Who},
    role::Role,
};

/// Assigns parts to the people beside them, before the meaning of the numbers is decided.
pub(crate) fn sides(lookup: &Lookup<'_>, pieces: &mut Vec<Piece>) {
    equal_parts(lookup, pieces);
    own_parts(pieces);
    reasons(pieces);
    one_side(pieces);
    two_sides(lookup, pieces);
}

/// Reads a plural fraction without a number as equal parts: "in thirds", "quarters each".
fn equal_parts(lookup: &Lookup<'_>, pieces: &mut [Piece]) {
    for piece in pieces.iter_mut() {
        if let Atom::Value(Value::Fraction(1, below)) = piece.atom
            && below > 2
            && piece.to == piece.from + 1
            && lookup.words[piece.from].is_letters()
            && !lookup.nouns_are_capital()
            && lookup.is_plural(piece.from)
        {
            piece.atom = of_people(below);
        }
    }
}

/// Reads "half" with an owner and an amount as a noun: "Ben's half is 30".
fn own_parts(pieces: &mut [Piece]) {
    for at in 1..pieces.len() {
        let owner = matches!(pieces[at - 1].atom, Atom::People(Party { owner: true, .. }));
        let part = matches!(pieces[at].atom, Atom::Value(Value::Fraction(..)));
        let amount = behind(pieces, at).is_some_and(|next| matches!(pieces[next].atom, Atom::Number { .. }));
        if owner && part && amount {
            pieces[at].atom = Atom::Role(Role::ShareNoun);
        }
    }
}

/// Drops the reason in brackets after a weight: "Ben counts triple (3 kids)".
fn reasons(pieces: &mut [Piece]) {
    for open in 1..pieces.len() {
        let weighed = matches!(pieces[open - 1].atom, Atom::Value(Value::Times(..)) | Atom::Role(Role::Counts));
        if !weighed || pieces[open].atom != Atom::Break(Break::Open) {
            continue;
        }
        let Some(length) = pieces[open..].iter().position(|piece| piece.atom == Atom::Break(Break::Close)) else {
            continue;
        };
        let inner = &pieces[open + 1..open + length];
        let counts = small(inner.first()).is_some() && inner.len() > 1;
        let plain =
            |piece: &Piece| matches!(piece.atom, Atom::Word(_) | Atom::Filler | Atom::Role(Role::Heads | Role::Unit));
        if counts && inner[1..].iter().all(plain) {
            for piece in &mut pieces[open..=open + length] {
                piece.atom = Atom::Filler;
            }
        }
    }
}

/// Of two people, one who is named beside a part leaves the other part to the other person: "60/40 with Ben, I'm the
/// 60".
fn one_side(pieces: &mut Vec<Piece>) {
    let proportion = pieces.iter().position(|piece| matches!(piece.atom, Atom::Value(Value::Proportion(_))));
    let Some(place) = proportion else { return };
    let Atom::Value(Value::Proportion(parts)) = &pieces[place].atom else { return };
    let &[left, right] = parts.as_slice() else { return };
    let fits = |piece: &Piece| {
        let part = match &piece.atom {
            Atom::Value(Value::Percent(hundredths)) => Some(hundredths / 100),
            _ => small(Some(piece)),
        };
        part.filter(|part| [left, right].contains(part))
    };
    let mut own = (0..pieces.len()).filter_map(|at| Some((at, fits(&pieces[at])?)));
    let (Some((at, part)), None) = (own.next(), own.next()) else { return };
    let named = |piece: &Piece| match &piece.atom {
        Atom::People(Party { who: Who::Named(people), .. }) => people.first().copied().filter(|_| people.len() == 1),
        _ => None,
    };
    let Some(person) = beside(pieces, at).and_then(|at| named(&pieces[at])).filter(|_| left != right) else { return };
    let mut others: Vec<usize> = pieces.iter().filter_map(named).filter(|other| *other != person).collect();
    others.sort_unstable();
    others.dedup();
    let [other] = others.as_slice() else { return };
    let (from, to) = (pieces[at].from, pieces[at].to);
    let add = [
        Atom::Break(Break::Comma),
        Atom::People(Party::named(vec![*other])),
        Atom::Value(Value::Parts(left + right - part)),
        Atom::Break(Break::Comma),
    ];
    pieces[at].atom = Atom::Value(Value::Parts(part));
    pieces[place].atom = Atom::Filler;
    pieces.splice(at + 1..=at, add.map(|atom| Piece { atom, from, to }));
}

/// The position of the person beside a part: "I'm the 60", "Ben takes 60", "the 60 for me".
fn beside(pieces: &[Piece], at: usize) -> Option<usize> {
    let leads = |role: Option<Role>| {
        matches!(role, Some(Role::On | Role::Had | Role::Got | Role::Owes | Role::Pays | Role::For | Role::At))
    };
    let mut last = before(pieces, at);
    while let Some(lead) = last.filter(|lead| leads(role(pieces.get(*lead)))) {
        last = before(pieces, lead);
    }
    let behind = || {
        let next = behind(pieces, at)?;
        let marked = matches!(role(pieces.get(next)), Some(Role::For | Role::On));
        if marked { behind(pieces, next) } else { Some(next) }
    };
    last.filter(|last| is_people(pieces.get(*last))).or_else(behind).filter(|at| is_people(pieces.get(*at)))
}

/// Lists the people of a comparison in the order of the parts: "2 to 1, Ben to me".
fn two_sides(lookup: &Lookup<'_>, pieces: &mut [Piece]) {
    let proportion = |piece: &Piece| matches!(piece.atom, Atom::Value(Value::Proportion(_)));
    if !pieces.iter().any(proportion) {
        return;
    }
    for at in 1..pieces.len().saturating_sub(1) {
        let against = lookup.is_role(pieces[at].from, Role::Against).is_some();
        if against && is_people(pieces.get(at - 1)) && is_people(pieces.get(at + 1)) {
            pieces[at].atom = Atom::Role(Role::And);
        }
    }
}

/// Whether a fraction starts here: "the other four fifths" is not a number of people.
pub(crate) fn is_fraction(lookup: &Lookup<'_>, at: usize) -> bool {
    lookup.find(at, |meaning| matches!(meaning, Meaning::Fraction(..)).then_some(())).is_some()
}

#[cfg(test)]
mod tests {
    use crate::{
        Reading,
        testing::{owed, read_among},
    };

    fn reading(text: &str) -> Reading {
        read_among(&["Ada", "Ben", "Chloé"], text)
    }

    /// The share of each person in minor units.
    fn shares(text: &str) -> Vec<(usize, i64)> {
        let reading = reading(text);
        let mut shares = owed(&reading).unwrap_or_else(|| panic!("{text}: {reading:?}"));
        shares.retain(|(_, minor)| *minor != 0);
        shares
    }

    #[test]
    fn a_part_can_be_stated_in_many_ways() {
        for text in [
            "power 60, 2 to 1, Ben to me",
            "power 60 in a 1:2 ratio, me to Ben",
            "Strom 60 im Verhältnis 2 zu 1 zwischen Ben und mir",
            "hay 60, I have a third and Ben the other two thirds",
            "shop 60: my share is 20 and Ben's is 40",
            "Ben's half is 40, mine is 20, boat 60",
            "mine came to 20 and Ben's to 40",
            "pool 60, Ben counts double (2 kids), me single",
            "hut 60, nights: Ben 4, me 2",
            "sitter 60: Ben has two dogs, I have one, so split it per dog",
            "3 beers 60, two for Ben, one for me",
            "Ben: burger 38, coke 2. Me: salad 20.",
            "burger 38 and coke 2 Ben, salad 20 me",
            "shop 60 of which 20 is mine, the rest for Ben",
            "Ben had fries for 40 and I had nachos for 20",
            "Ben had fries 4 and ribs 36, I had nachos 20",
        ] {
            assert_eq!(shares(text), [(0, 2_000), (1, 4_000)], "{text}");
        }
        for text in ["60/40 on the couch with Ben, I'm the 60, it cost 100", "60/40 mit Ben, ich 60, Sofa 100 Euro"] {
            assert_eq!(shares(text), [(0, 6_000), (1, 4_000)], "{text}");
        }
    }

    #[test]
    fn equal_amounts_are_not_a_sum() {
        for text in ["hotel 2 nights: Ben 80, me 80", "hotel: Ben 80, me 80", "Ben 80, me 80 for the hotel"] {
            assert_eq!(shares(text), [(0, 8_000), (1, 8_000)], "{text}");
        }
    }

    #[test]
    fn getting_something_is_not_paying() {
        for text in [
            "dinner 60, Ben pays 5 more, he got seconds",
            "rent 900, Ben pays 100 more, he's got the big room",
            "rent 900, Ben has got the big room so he pays 100 more",
            "dinner 60, Ben pays 5 more because he got the steak",
        ] {
            let reading = reading(text);
            assert!(reading.payers.is_empty() && reading.questions.is_empty(), "{text}: {reading:?}");
        }
        for text in [
            "Ben got the big room, rent 900 for everyone",
            "Ben got two desserts, dinner 60 split evenly",
            "Ben picked up the kids, taxi 30 for all",
            "Ben took the kids to the zoo 45, split evenly",
            "everyone had a beer at 5",
            "5 coffee 9 cake, Ben and me",
        ] {
            assert!(!reading(text).questions.is_empty(), "{text}");
        }
        for text in ["taxi 30, Ben got it, all of us", "Ben got the beers, 24 between us all"] {
            assert_eq!(reading(text).payers.len(), 1, "{text}");
        }
    }

    #[test]
    fn several_cards_are_several_payers() {
        for text in [
            "hotel came to 60 and went on two cards: Ben 40, me 20. Everybody shares",
            "paid with two cards, Ben 40, me 20, hotel 60",
            "we paid 60 for the hotel: Ben 40 and I put in 20",
        ] {
            let mut payers = reading(text).payers;
            payers.sort_unstable();
            assert_eq!(payers, [(0, 2_000), (1, 4_000)], "{text}");
        }
    }
}
