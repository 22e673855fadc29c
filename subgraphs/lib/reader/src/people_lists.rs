//! Lists of people and exceptions: "Ben, Dan and me", "everyone except Zoe". Also starts the resolution of pronouns.

use crate::{
    lookup::Lookup,
    people::Roster,
    piece::{Atom, Break, Party, Piece, Who, starts_clause},
    pronoun::pronouns,
    remark::Remark,
    role::Role,
};

/// Joins people who are listed together into one party, and replaces pronouns by names.
pub(crate) fn group(
    lookup: &Lookup<'_>,
    roster: &Roster<'_>,
    pieces: &mut Vec<Piece>,
    speaker: usize,
    questions: &mut Vec<Remark>,
) {
    pronouns(lookup, roster, pieces, speaker, questions);

    let mut grouped: Vec<Piece> = Vec::with_capacity(pieces.len());
    let mut at = 0;
    while at < pieces.len() {
        let (piece, length) = list(lookup, pieces, at);
        grouped.push(piece);
        at += length;
    }
    leave_out(lookup, &mut grouped);
    *pieces = grouped;
}

/// Reads "leave Ben out" as "except Ben", and "Ben out" as "not Ben".
fn leave_out(lookup: &Lookup<'_>, pieces: &mut [Piece]) {
    let is = |piece: Option<&Piece>, role| piece.is_some_and(|piece| lookup.is_role(piece.from, role).is_some());
    for at in 0..pieces.len() {
        let people = at + 1 + usize::from(pieces.get(at + 1).is_some_and(|piece| piece.atom == Atom::Filler));
        if is(pieces.get(at), Role::Leave)
            && party_at(pieces, people).is_some()
            && is(pieces.get(people + 1), Role::Out)
        {
            pieces[at].atom = Atom::Role(Role::Except);
        }
    }
}

/// The list of people that starts here as one piece, and the number of pieces it replaces.
pub(crate) fn list(lookup: &Lookup<'_>, pieces: &[Piece], at: usize) -> (Piece, usize) {
    let mut piece = pieces[at].clone();
    let mut end = at + 1;
    while let Atom::People(party) = &piece.atom
        && let Some((party, next)) = extended(lookup, pieces, end, party)
    {
        piece = Piece { atom: Atom::People(party), from: piece.from, to: pieces[next - 1].to };
        end = next;
    }
    // "Ben and me both"
    (piece, end - at)
}

/// The party extended by the next list entry, and the position where the list continues.
fn extended(lookup: &Lookup<'_>, pieces: &[Piece], end: usize, party: &Party) -> Option<(Party, usize)> {
    if let Some(found) = with_exception(lookup, pieces, end, party) {
        return Some(found);
    }
    let comma = usize::from(is(pieces.get(end), &Atom::Break(Break::Comma)));
    let and = usize::from(is_and(pieces.get(end + comma)));
    // "only me and Ben" is one list, but "just Ben, only Dan" is not.
    let next = end + comma + and;
    let other = party_at(pieces, next)?;
    let Who::Named(people) = &party.who else {
        return None;
    };
    // "gestern hat Ben mir ein Eis gekauft"
    if comma + and == 0 && lookup.is_role(pieces[next].from, Role::Object).is_some() {
        return None;
    }
    let goes_on = starts_clause(pieces, next + 1);
    let each = each_follows(pieces, next + 1);
    let alone = and == 0;
    let refused = goes_on && !each && alone;
    let others = match &other.who {
        Who::Named(others) => others,
        // "Ben and me both"
        Who::Count(count) if and == 0 && *count == people.len() as u64 => return Some((party.clone(), next + 1)),
        // "Ben and 2 friends"
        Who::Count(_) if and > 0 && !refused => return Some((Party { who: Who::Unclear, owner: false }, next + 1)),
        Who::Unclear if !refused => return Some((Party { who: Who::Unclear, owner: false }, next + 1)),
        _ => return None,
    };
    // "double for Ben, me and Dan one each"
    if refused || others.iter().any(|person| people.contains(person)) {
        return None;
    }
    // In a list with "Ben's pizza", only the last name owns the thing.
    if party.owner != other.owner && party.owner {
        return None;
    }
    let people = people.iter().chain(others).copied().collect();
    Some((Party { who: Who::Named(people), owner: other.owner }, next + 1))
}

/// Extends "everyone" by an exception: "everyone except Ben", "all but me".
fn with_exception(lookup: &Lookup<'_>, pieces: &[Piece], end: usize, party: &Party) -> Option<(Party, usize)> {
    let Who::Everyone(without) = &party.who else { return None };
    let comma = usize::from(is(pieces.get(end), &Atom::Break(Break::Comma)));
    let at = end + comma;
    match pieces.get(at).map(|piece| &piece.atom)? {
        Atom::Role(Role::Except | Role::Minus) => {}
        // "everyone but Ben had cake" has an exception, but "everyone, but Ben had cake for 5" has not.
        Atom::Role(Role::But) if comma == 0 && !(starts_clause(pieces, at + 2) && has_value(&pieces[at + 2..])) => {}
        _ => return None,
    }
    if comma > 0 && starts_clause(pieces, at + 2) {
        return None;
    }
    let begin = at + 1 + usize::from(is(pieces.get(at + 1), &Atom::Role(Role::For)));
    party_at(pieces, begin)?;
    let (excepted, length) = list(lookup, pieces, begin);
    let Atom::People(Party { who, .. }) = excepted.atom else { return None };
    let who = match who {
        Who::Named(people) => Who::Everyone(without.iter().copied().chain(people).collect()),
        _ => Who::Unclear,
    };
    Some((Party { who, owner: false }, begin + length))
}

/// Whether there is an amount before the next break.
fn has_value(pieces: &[Piece]) -> bool {
    let clause = pieces.iter().take_while(|piece| !matches!(piece.atom, Atom::Break(_)));
    clause.into_iter().any(|piece| matches!(piece.atom, Atom::Value(_) | Atom::Number { .. }))
}

fn is(piece: Option<&Piece>, atom: &Atom) -> bool {
    piece.is_some_and(|piece| piece.atom == *atom)
}

fn is_and(piece: Option<&Piece>) -> bool {
    is(piece, &Atom::Role(Role::And)) || is(piece, &Atom::Role(Role::Plus))
}

fn party_at(pieces: &[Piece], at: usize) -> Option<&Party> {
    match pieces.get(at).map(|piece| &piece.atom) {
        Some(Atom::People(party)) => Some(party),
        _ => None,
    }
}

/// Whether the value here is per person: "Ben and me 20 each".
fn each_follows(pieces: &[Piece], at: usize) -> bool {
    let mut rest = pieces.iter().skip(at).filter(|piece| piece.atom != Atom::Filler);
    let first = rest.next();
    first.is_some_and(|piece| matches!(piece.atom, Atom::Value(_) | Atom::Number { .. }))
        && rest.next().is_some_and(|piece| piece.atom == Atom::Role(Role::Each))
}
