//! Numbers that count people: "the two of us", "all 5 of us", "3 ways".

use crate::{
    lookup::Lookup,
    piece::{Atom, MOST_THINGS, Piece, Value, Who, behind, is_share_noun, is_worded, of_people, role, small, who},
    role::Role,
};

/// Reads numbers of people and shares: "the two of us", "all 5 of us", "us two", "3 ways", "2 shares".
pub(crate) fn count_people(lookup: &Lookup<'_>, pieces: &mut Vec<Piece>) {
    let several = pieces.iter().filter(|piece| matches!(piece.atom, Atom::Number { .. })).count() > 1;
    let mut counted: Vec<Piece> = Vec::with_capacity(pieces.len());
    let mut at = 0;
    while at < pieces.len() {
        let (atom, length) = head_count(lookup, &pieces[at..], several).unwrap_or_else(|| (pieces[at].atom.clone(), 1));
        let (from, to) = (pieces[at].from, pieces[at + length - 1].to);
        counted.push(Piece { atom, from, to });
        at += length;
    }
    *pieces = counted;
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
        (Who::We, _) => {
            // "we are three"
            let place = behind(pieces, 0)?;
            let (next, after) = (pieces.get(place), pieces.get(place + 1));
            // "we are three persons", "for us 4"
            let heads = usize::from(role(after) == Some(Role::Heads));
            let ends = after.is_none_or(|after| matches!(after.atom, Atom::Break(_)));
            match (who(next), small(next)) {
                (_, Some(count)) if counted(count) && is_worded(next) => Some((of_people(count), place + 1 + heads)),
                (_, Some(count)) if (2..=MOST_THINGS).contains(&count) && ends && place == 1 && several => {
                    Some((of_people(count), place + 1))
                }
                _ => None,
            }
        }

        _ => None,
    }
}
