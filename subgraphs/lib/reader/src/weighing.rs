//! Numbers that are weights of people: "counts as two", "by nights: Ben 2, me 5", "60 percent Ben, me 40".

use crate::{
    basis::{by_basis, is_somebodys},
    clause::is_people,
    count::{MOST_THINGS, before, behind, is_worded, role, small},
    lookup::Lookup,
    piece::{Atom, Break, Piece, Value},
    quantity::Quantity,
    role::Role,
};

/// Finds all numbers that are weights.
pub(crate) fn weigh(lookup: &Lookup<'_>, pieces: &mut [Piece]) {
    spelled(lookup, pieces);
    treat_as(pieces);
    count_for(pieces);
    singles(pieces);
    by_basis(lookup, pieces);
    to_a_hundred(pieces);
}

/// Distinguishes "zählt" from "zahlt", which are the same once folded.
fn spelled(lookup: &Lookup<'_>, pieces: &mut [Piece]) {
    for piece in pieces.iter_mut().filter(|piece| role(Some(piece)) == Some(Role::Pays)) {
        if !lookup.words[piece.from].text.is_ascii() && lookup.is_role(piece.from, Role::Counts).is_some() {
            piece.atom = Atom::Role(Role::Counts);
        }
    }
}

/// Reads "treat Ben as two" as "Ben counts as two".
fn treat_as(pieces: &mut [Piece]) {
    for at in 0..pieces.len() {
        let counted = |at: usize| {
            let people = behind(pieces, at).filter(|people| is_people(pieces.get(*people)))?;
            let than = behind(pieces, people).filter(|than| role(pieces.get(*than)) == Some(Role::Than))?;
            small(behind(pieces, than).and_then(|number| pieces.get(number)))
        };
        // "as two" can be one phrase in the lexicon.
        let weighed = |at: usize| {
            let people = behind(pieces, at).filter(|people| is_people(pieces.get(*people)))?;
            behind(pieces, people).filter(|times| matches!(pieces[*times].atom, Atom::Value(Value::Times(..))))
        };
        if role(pieces.get(at)) == Some(Role::Treat) && (counted(at).is_some() || weighed(at).is_some()) {
            pieces[at].atom = Atom::Role(Role::Counts);
        }
    }
}

/// Reads weights after "counts": "Ben counts for three", "count Ben as 2 people, me as one".
fn count_for(pieces: &mut [Piece]) {
    if !pieces.iter().any(|piece| role(Some(piece)) == Some(Role::Counts)) {
        return;
    }
    let lead = |pieces: &[Piece], at: usize| before(pieces, at).map(|last| (last, role(pieces.get(last))));
    // "counts 1.5"
    for at in 1..pieces.len() {
        let Atom::Number { quantity: Quantity::Number { number, .. } } = &pieces[at].atom else { continue };
        let last = before(pieces, at).and_then(|last| role(pieces.get(last)));
        if number.scale == 1 && matches!(last, Some(Role::Counts | Role::Than)) {
            pieces[at].atom = Atom::Value(Value::Times(number.digits, 10));
        }
    }
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
    for at in 1..pieces.len() {
        let times = matches!(pieces[at - 1].atom, Atom::Value(Value::Times(..)));
        if times && role(pieces.get(at)) == Some(Role::Heads) {
            pieces[at].atom = Atom::Filler;
        }
    }
}

/// Reads "once" as a weight of one if others have a weight: "Ben double, me once".
fn singles(pieces: &mut [Piece]) {
    let is_weight =
        |piece: &Piece| matches!(piece.atom, Atom::Value(Value::Times(..))) || role(Some(piece)) == Some(Role::Counts);
    let weighed = pieces.iter().any(is_weight);
    for at in 0..pieces.len() {
        let one = is_worded(pieces.get(at)) && small(pieces.get(at)) == Some(1);
        let single =
            role(pieces.get(at)) == Some(Role::Single) || (one && role(pieces.get(at + 1)) == Some(Role::Each));
        if single && weighed {
            pieces[at].atom = Atom::Value(Value::Times(1, 1));
        } else if role(pieces.get(at)) == Some(Role::Single) {
            pieces[at].atom = Atom::Filler;
        }
    }
}

/// Reads numbers beside people as percentages if all add up to 100: "Ben 60 percent, me 40".
fn to_a_hundred(pieces: &mut [Piece]) {
    let percent: u64 =
        pieces.iter().map(|piece| if let Atom::Value(Value::Percent(part)) = piece.atom { part } else { 0 }).sum();
    let open: Vec<(usize, u64)> = (0..pieces.len())
        .filter_map(|at| Some((at, small(pieces.get(at))?)))
        .filter(|(at, _)| is_somebodys(pieces, *at) || is_rest(pieces, *at))
        .collect();
    let left: u64 = open.iter().map(|(_, count)| count * 100).fold(0, u64::saturating_add);
    let others = pieces.iter().filter(|piece| matches!(piece.atom, Atom::Number { .. })).count() - open.len();
    if percent == 0 || others == 0 || percent.saturating_add(left) != 10_000 {
        return;
    }
    for (at, count) in open {
        pieces[at].atom = Atom::Value(Value::Percent(count * 100));
    }
}

/// Whether the number is the rest: "the other 40", "the remaining 40".
fn is_rest(pieces: &[Piece], at: usize) -> bool {
    let next = behind(pieces, at).and_then(|next| pieces.get(next));
    let begins = before(pieces, at).is_none_or(|last| {
        matches!(
            pieces[last].atom,
            Atom::Break(Break::Comma) | Atom::Value(Value::Rest) | Atom::Role(Role::And | Role::Other)
        )
    });
    let other = before(pieces, at).is_some_and(|last| role(pieces.get(last)) == Some(Role::Other));
    other || (begins && is_people(next))
}

#[cfg(test)]
mod tests {
    use crate::testing::{owed, read_among};

    /// The share of each person in minor units; `None` if there are questions.
    fn shares(text: &str) -> Option<Vec<(usize, i64)>> {
        owed(&read_among(&["Ada", "Ben", "Chloé"], text))
    }

    #[test]
    fn small_numbers_weigh_people() {
        for text in [
            "power 60 in the ratio 2:1, Ben 2 and me 1",
            "power 60, ratio 2:1 = Ben:me",
            "heating 60 by number of rooms: Ben 2, me 1",
            "boat 60, split by hours, Ben 4 hrs, me 2",
            "gas 60: Ben drove 120 km, me 60 km",
            "groceries 60, treat Ben as 2 people, me as one",
            "van 60, Ben counts for two, me 1",
            "sofa 60, two shares for Ben, one for me",
            "sofa 60, double for Ben, me once",
            "sofa 60 split 2/1 Ben and me",
            "Strom 60 im Verhältnis 2:1, Ben 2 und ich 1",
            "Heizung 60 nach Zimmern: Ben 2, ich 1",
            "Einkauf 60, Ben zählt als 2 Personen, ich als 1",
            "Taxi 60, Ben zwei Drittel, ich ein Drittel",
        ] {
            let shares = shares(text).unwrap_or_default();
            let both: Vec<_> = shares.into_iter().filter(|(_, minor)| *minor != 0).collect();
            assert!(
                both == [(0, 2_000), (1, 4_000)] || both == [(0, 1_500), (1, 3_000), (2, 1_500)],
                "{text}: {both:?}"
            );
        }
    }

    #[test]
    fn everybody_else_counts_once() {
        let expected = Some(vec![(0, 1_500), (1, 3_000), (2, 1_500)]);
        for text in [
            "house 60, Ben counts as two, everyone else counts as one",
            "house 60: two shares for Ben, one share for everybody else each",
            "lunch 60 for all of us, one share each but two for Ben",
            "Haus 60, Ben zählt für zwei, alle anderen einfach",
        ] {
            assert_eq!(shares(text), expected, "{text}");
        }
    }

    #[test]
    fn a_rest_can_have_an_amount() {
        let expected = Some(vec![(0, 2_400), (1, 3_600)]);
        for text in [
            "rent 60: Ben 60%, the remaining 40% on me",
            "rent 60: Ben 60 percent, me the other 40",
            "dinner 60, Ben 36, the remaining 24 me",
            "dinner 60 with Ben, 12 of that was only his wine, we halve the rest",
            "dinner 60 with Ben, 12 of it was his wine, the remaining 48 we halve",
            "Essen 60 mit Ben, davon 12 nur sein Wein, den Rest teilen wir",
            "Miete 60: Ben 60%, die restlichen 40% ich",
            "sofa 60, 3/5 Ben, 2/5 me",
        ] {
            let shares = shares(text).unwrap_or_default();
            let both: Vec<_> = shares.into_iter().filter(|(_, minor)| *minor != 0).collect();
            assert_eq!(Some(both), expected, "{text}");
        }
    }

    #[test]
    fn a_count_is_never_added_to_a_price() {
        for text in ["Electricity 60 for all, two for Ben", "power 60: Ben 2, me 1", "the team is five, dinner 60, two"]
        {
            assert_eq!(shares(text), None, "{text}");
        }
        for text in
            ["fee for the five-a-side team 60", "toll on the I-90, 60", "60 split by 3", "3 jugs at the local, 60"]
        {
            assert_eq!(shares(text).map(|shares| shares.iter().map(|(_, minor)| minor).sum()), Some(6_000), "{text}");
        }
    }
}
