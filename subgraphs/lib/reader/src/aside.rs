//! Simplifies remarks that do not change the expense: questions that the writer answers, "while I was there", "my mates
//! Ben and Zoe", and consequences. Runs before people are grouped.

use crate::{
    language::Meaning,
    lookup::Lookup,
    piece::{Atom, Break, Party, Piece, Sort, Value, Who, is_people, role_of, starts_clause},
    role::Role,
};

/// Rewrites the pieces so that they mean the same without the asides.
pub(crate) fn asides(lookup: &Lookup<'_>, pieces: &mut [Piece], speaker: usize) {
    for at in 0..pieces.len() {
        meanwhile(lookup, pieces, at, speaker);
        reason(lookup, pieces, at, speaker);
        companions(lookup, pieces, at);
    }
}

fn means(lookup: &Lookup<'_>, piece: &Piece, wanted: Meaning) -> Option<usize> {
    lookup.find(piece.from, |meaning| (meaning == wanted).then_some(())).map(|((), words)| words)
}

fn next_word(pieces: &[Piece], at: usize) -> Option<usize> {
    (at..pieces.len()).find(|at| pieces[*at].atom != Atom::Filler)
}

/// Drops "while I was in town", which does not concern money.
fn meanwhile(lookup: &Lookup<'_>, pieces: &mut [Piece], at: usize, speaker: usize) {
    let Some(words) = means(lookup, &pieces[at], Meaning::Meanwhile) else { return };
    // "even those who only walk him"
    let whole = words > 2;
    let Some(subject) = next_word(pieces, at + usize::from(!whole)) else { return };
    let harmless = |party: &Party| {
        !party.owner
            && match &party.who {
                Who::Named(people) => *people == [speaker],
                Who::He | Who::They | Who::We => true,
                _ => false,
            }
    };
    if !whole && !matches!(&pieces[subject].atom, Atom::People(party) if harmless(party)) {
        return;
    }
    let ends = |piece: &Piece| matches!(piece.atom, Atom::Break(_) | Atom::Role(Role::But | Role::Because));
    let end = (subject + 1..pieces.len()).find(|at| ends(&pieces[*at])).unwrap_or(pieces.len());
    let plain = |piece: &Piece| match &piece.atom {
        Atom::Role(role) => {
            matches!(role, Role::At | Role::On | Role::By | Role::Had | Role::Got | Role::For | Role::Only)
        }
        Atom::People(party) => whole && harmless(party),
        atom => matches!(atom, Atom::Word(_) | Atom::Filler),
    };
    if pieces[subject + 1..end].iter().all(plain) {
        for piece in &mut pieces[at..end] {
            piece.atom = Atom::Filler;
        }
    }
}

/// Drops the reason in "because I forgot my purse, 85" and keeps the amount that follows it.
fn reason(lookup: &Lookup<'_>, pieces: &mut [Piece], at: usize, speaker: usize) {
    let because = role_of(&pieces[at]) == Some(Role::Because);
    let Some(subject) = next_word(pieces, at + 1).filter(|_| because) else { return };
    let me = matches!(&pieces[subject].atom,
        Atom::People(Party { who: Who::Named(people), owner: false }) if *people == [speaker]);
    let Some(verb) = next_word(pieces, subject + 1).filter(|_| me) else { return };
    let does = lookup.is_role(pieces[verb].from, Role::Harmless).is_some();
    let plain = |piece: &Piece| matches!(piece.atom, Atom::Word(_) | Atom::Filler);
    let end = (verb..pieces.len()).find(|at| !plain(&pieces[*at])).unwrap_or(pieces.len());
    let comma = pieces.get(end).is_some_and(|piece| piece.atom == Atom::Break(Break::Comma));
    let amount = matches!(pieces.get(end + 1).map(|piece| &piece.atom), Some(Atom::Value(Value::Money(_))));
    let ends = pieces.get(end + 2).is_none_or(|piece| matches!(piece.atom, Atom::Break(_)));
    if does && comma && amount && ends {
        for piece in &mut pieces[at..end] {
            piece.atom = Atom::Filler;
        }
    }
}

/// Drops "my mates" in "with my mates Ben and Zoe": the noun adds nothing to the names.
fn companions(lookup: &Lookup<'_>, pieces: &mut [Piece], at: usize) {
    let is_word = matches!(pieces[at].atom, Atom::Word(Sort::Name | Sort::Unknown));
    let relative = is_word && means(lookup, &pieces[at], Meaning::Relative).is_some();
    if !relative {
        return;
    }
    let begin = at.checked_sub(1);
    let owned = begin.is_some_and(|begin| is_people(pieces.get(begin)));
    let led = begin.is_none_or(|begin| {
        matches!(
            pieces[begin].atom,
            Atom::Break(_) | Atom::Role(Role::With | Role::Between | Role::For | Role::And | Role::By | Role::Except)
        )
    });
    // In "dinner with friends, Ben paid" without the comma, Ben is the payer.
    let acts = begin.is_some_and(|begin| role_of(&pieces[begin]) == Some(Role::With)) && starts_clause(pieces, at + 2);
    if led && !owned && !acts {
        for piece in &mut pieces[begin.map_or(0, |begin| begin + 1)..=at] {
            piece.atom = Atom::Filler;
        }
    }
}
