//! Numbers that count people: "the two of us", "all 5 of us", "3 ways".

use crate::{
    count::{MOST_THINGS, behind, is_share_noun, is_worded, of_people, role, small, who},
    lookup::Lookup,
    piece::{Atom, Party, Piece, Value, Who},
    role::Role,
};

/// Resolves "those two" in a list to the people named before: "shared by those two and me".
pub(crate) fn those_and(pieces: &mut [Piece]) {
    for at in 0..pieces.len().saturating_sub(2) {
        let Some(Who::Count(count)) = who(pieces.get(at)) else { continue };
        let (Some(Who::Named(more)), Some(Role::And)) = (who(pieces.get(at + 2)), role(pieces.get(at + 1))) else {
            continue;
        };
        let mut named: Vec<usize> = Vec::new();
        for piece in &pieces[..at] {
            if let Some(Who::Named(people)) = who(Some(piece)) {
                named.extend(people.iter().filter(|person| !more.contains(person)));
            }
        }
        named.sort_unstable();
        named.dedup();
        if named.len() as u64 == *count {
            pieces[at].atom = Atom::People(Party::named(named));
        }
    }
}

/// Reads numbers of people and shares: "the two of us", "all 5 of us", "us two", "3 ways", "2 shares".
pub(crate) fn count_people(lookup: &Lookup<'_>, pieces: &mut Vec<Piece>, people: usize) {
    let several = pieces.iter().filter(|piece| matches!(piece.atom, Atom::Number { .. })).count() > 1;
    let mut counted: Vec<Piece> = Vec::with_capacity(pieces.len());
    let mut at = 0;
    while at < pieces.len() {
        let (atom, length) = head_count(lookup, &pieces[at..], several)
            .or_else(|| all_of_them(&pieces[at..], people).filter(|_| several))
            .unwrap_or_else(|| (pieces[at].atom.clone(), 1));
        let (from, to) = (pieces[at].from, pieces[at + length - 1].to);
        counted.push(Piece { atom, from, to });
        at += length;
    }
    *pieces = counted;
}

/// Reads "all six" as a number of people if it is the group's size or written in words.
fn all_of_them(pieces: &[Piece], people: usize) -> Option<(Atom, usize)> {
    let all = matches!(who(pieces.first()), Some(Who::Everyone(without)) if without.is_empty());
    let count = small(pieces.get(1)).filter(|_| all)?;
    let fits = usize::try_from(count).is_ok_and(|count| count == people);
    let few = is_worded(pieces.get(1)) && (2..=MOST_THINGS).contains(&count);
    let thing =
        pieces.get(2).is_some_and(|next| matches!(next.atom, Atom::Word(_) | Atom::Role(Role::Unit | Role::Each)));
    ((fits || few) && !thing).then(|| (of_people(count), 2))
}

fn head_count(lookup: &Lookup<'_>, pieces: &[Piece], several: bool) -> Option<(Atom, usize)> {
    let all = matches!(who(pieces.first()), Some(Who::Everyone(_)));
    let begin = usize::from(all);
    let counted = |count: u64| (1..=99).contains(&count);
    if let Some(count) = small(pieces.get(begin)).filter(|count| counted(*count)) {
        return match role(pieces.get(begin + 1)) {
            Some(Role::Heads | Role::Ways) => Some((of_people(count), begin + 2)),
            _ if !all && is_share_noun(lookup, pieces.get(1)) => Some((Atom::Value(Value::Parts(count)), 2)),
            _ => None,
        };
    }
    match (who(pieces.first())?, pieces.get(1)) {
        (Who::Count(count), next) if role(next) == Some(Role::Heads) => Some((of_people(*count), 2)),
        (Who::Count(count), next) if who(next) == Some(&Who::We) => Some((of_people(*count), 2)),
        (Who::We, _) => {
            // "we are three"
            let place = behind(pieces, 0)?;
            let (next, after) = (pieces.get(place), pieces.get(place + 1));
            // "we are three persons", "for us 4"
            let heads = usize::from(role(after) == Some(Role::Heads));
            let ends = after.is_none_or(|after| matches!(after.atom, Atom::Break(_)));
            match (who(next), small(next)) {
                (Some(Who::Count(count)), _) => Some((of_people(*count), place + 1)),
                (_, Some(count)) if counted(count) && (is_worded(next) || heads > 0) => {
                    Some((of_people(count), place + 1 + heads))
                }
                (_, Some(count)) if (2..=MOST_THINGS).contains(&count) && ends && place == 1 && several => {
                    Some((of_people(count), place + 1))
                }
                _ => None,
            }
        }
        (Who::Count(2), Some(Piece { atom: Atom::People(Party { who: Who::Named(people), .. }), .. }))
            if people.len() == 2 =>
        {
            Some((Atom::People(Party::named(people.clone())), 2))
        }
        _ => None,
    }
}
