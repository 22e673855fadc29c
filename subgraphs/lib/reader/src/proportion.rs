//! Who has which part of a proportion: "60/40 with Ben, I'm the 60", "2 to 1, Ben to me".

use crate::{
    count::{before, behind, is_people, role, small},
    language::Meaning,
    lookup::Lookup,
    piece::{Atom, Break, Party, Piece, Value, Who},
    role::Role,
};

/// Gives the parts of a whole to those who are named beside them, before it is known what the numbers count.
pub(crate) fn sides(lookup: &Lookup<'_>, pieces: &mut Vec<Piece>) {
    own_parts(pieces);
    reasons(pieces);
    one_side(pieces);
    two_sides(lookup, pieces);
}

/// "Ben's half is 30": half is the name of what he has.
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

/// "Ben counts triple (3 kids)": what stands in brackets behind a weight says why.
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

/// "60/40 with Ben, I'm the 60": of two people whoever is named beside one part leaves the other one.
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

/// Who is named beside a part: "I'm the 60", "Ben takes 60", "the 60 for me".
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

/// "2 to 1, Ben to me": people who are set against each other are listed in the order of the parts.
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

/// Whether a fraction is named here: "the other four fifths" are no four people.
pub(crate) fn is_fraction(lookup: &Lookup<'_>, at: usize) -> bool {
    lookup.find(at, |meaning| matches!(meaning, Meaning::Fraction(..)).then_some(())).is_some()
}
