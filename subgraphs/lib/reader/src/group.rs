//! Lists of people and exceptions: "Ben, Dan and me", "everyone except Zoe". Also starts the resolution of pronouns.

use crate::{
    heads::those_and,
    lookup::Lookup,
    people::Roster,
    piece::{Atom, Break, Party, Piece, Sort, Value, Who},
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
    brands(lookup, pieces);
    pronouns(lookup, roster, pieces, speaker, questions);
    those_and(pieces);
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
            continue;
        }
        let begins = at.checked_sub(1).is_none_or(|before| is_break(&pieces[before]));
        let ends = pieces.get(at + 2).is_none_or(is_break);
        if party_at(pieces, at).is_some() && begins && ends && is(pieces.get(at + 1), Role::Out) {
            pieces[at + 1].atom = Atom::Role(Role::Not);
        }
    }
}

fn is_break(piece: &Piece) -> bool {
    matches!(piece.atom, Atom::Break(_) | Atom::Role(Role::But | Role::Because | Role::And))
}

/// Recognises brands with a person's name: "Ben & Jerry's".
fn brands(lookup: &Lookup<'_>, pieces: &mut [Piece]) {
    for at in 0..pieces.len().saturating_sub(2) {
        let is_person = matches!(pieces[at].atom, Atom::People(Party { owner: false, .. }));
        let joined = lookup.words[pieces[at + 1].from].is('&');
        let word = &lookup.words[pieces[at + 2].from];
        if is_person && joined && matches!(pieces[at + 2].atom, Atom::Word(_)) && word.is_capital() {
            pieces[at].atom = Atom::Word(Sort::Thing);
            pieces[at + 1].atom = Atom::Word(Sort::Thing);
        }
    }
}

/// The list of people that starts here as one piece, and the number of pieces it replaces.
pub(crate) fn list(lookup: &Lookup<'_>, pieces: &[Piece], at: usize) -> (Piece, usize) {
    let mut piece = pieces[at].clone();
    let mut end = at + 1;
    while let Atom::People(party) = &piece.atom
        && let Some((party, next)) = extended(lookup, pieces, at, end, party)
    {
        piece = Piece { atom: Atom::People(party), from: piece.from, to: pieces[next - 1].to };
        end = next;
    }
    // "Ben and me both"
    if let Atom::People(Party { who: Who::Named(people), .. }) = &piece.atom
        && let Some(Party { who: Who::Count(count), .. }) = party_at(pieces, end)
        && people.len() > 1
        && usize::try_from(*count).is_ok_and(|count| count == people.len())
    {
        end += 1;
    }
    (piece, end - at)
}

/// The party extended by the next list entry, and the position where the list continues.
fn extended(lookup: &Lookup<'_>, pieces: &[Piece], begin: usize, end: usize, party: &Party) -> Option<(Party, usize)> {
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
    let alone = and == 0
        || (is_marked(pieces, begin) && has_value_before(pieces, begin))
        || (is_after_value(pieces, begin) && (is_value(pieces, next + 1) || does_with_value(pieces, next + 1)));
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
    if comma > 0 && and == 0 && is_marked(pieces, begin) && has_value_before(pieces, begin) {
        let (_, length) = list(lookup, pieces, next);
        if length > 1 && is_value(pieces, next + length) {
            return None;
        }
    }
    if refused || others.iter().any(|person| people.contains(person)) {
        return None;
    }
    // In a list with "Ben's pizza", only the last name owns the thing.
    if party.owner != other.owner && (and == 0 || party.owner) {
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

/// Whether a statement about the preceding people starts here.
pub(crate) fn starts_clause(pieces: &[Piece], at: usize) -> bool {
    let mut rest = pieces.iter().skip(at).filter(|piece| !matches!(piece.atom, Atom::Filler | Atom::Role(Role::Each)));
    let next = rest.next();
    let passive = rest.next().is_some_and(|piece| piece.atom == Atom::Role(Role::By));
    next.is_some_and(|piece| match &piece.atom {
        // "Ben and me, paid by Dan"
        Atom::Role(Role::Paid) => !passive,
        Atom::Value(value) => !matches!(value, Value::Proportion(_)),
        Atom::Number { .. } => true,
        Atom::Role(role) => is_verb(*role),
        _ => false,
    })
}

/// Whether the value here is per person: "Ben and me 20 each".
fn each_follows(pieces: &[Piece], at: usize) -> bool {
    let mut rest = pieces.iter().skip(at).filter(|piece| piece.atom != Atom::Filler);
    let first = rest.next();
    first.is_some_and(|piece| matches!(piece.atom, Atom::Value(_) | Atom::Number { .. }))
        && rest.next().is_some_and(|piece| piece.atom == Atom::Role(Role::Each))
}

/// Whether the role is a verb.
pub(crate) fn is_verb(role: Role) -> bool {
    matches!(
        role,
        Role::Paid
            | Role::Pays
            | Role::Owes
            | Role::Had
            | Role::Got
            | Role::Counts
            | Role::Transfer
            | Role::Treat
            | Role::Not
    )
}

/// Whether a preposition or a similar word precedes the list.
fn is_marked(pieces: &[Piece], begin: usize) -> bool {
    let before = pieces[..begin].iter().rev().find(|piece| piece.atom != Atom::Filler);
    before.is_some_and(|piece| match &piece.atom {
        Atom::Role(role) => {
            matches!(role, Role::With | Role::For | Role::By | Role::From | Role::Between | Role::Except | Role::Only)
        }
        _ => false,
    })
}

/// Whether the clause has a value or a verb before the list: "salad 12 for Ben and me 20", but not "salad for Ben and
/// me 20".
fn has_value_before(pieces: &[Piece], begin: usize) -> bool {
    let clause = pieces[..begin].iter().rev().take_while(|piece| !matches!(piece.atom, Atom::Break(_)));
    clause.clone().any(|piece| match &piece.atom {
        Atom::Value(_) => true,
        Atom::Role(role) => is_verb(*role),
        _ => false,
    })
}

/// Whether a verb with a value follows: "40% Ben and I pay the remaining 60%".
fn does_with_value(pieces: &[Piece], at: usize) -> bool {
    let clause = || pieces.iter().skip(at).take_while(|piece| !matches!(piece.atom, Atom::Break(_)));
    let verb = clause().find(|piece| piece.atom != Atom::Filler);
    verb.is_some_and(|piece| matches!(piece.atom, Atom::Role(role) if is_verb(role)))
        && clause().any(|piece| matches!(piece.atom, Atom::Value(_)))
}

fn is_after_value(pieces: &[Piece], begin: usize) -> bool {
    let before = pieces[..begin].iter().rev().find(|piece| piece.atom != Atom::Filler);
    before.is_some_and(|piece| matches!(piece.atom, Atom::Value(_)))
}

fn is_value(pieces: &[Piece], at: usize) -> bool {
    let next = pieces.iter().skip(at).find(|piece| piece.atom != Atom::Filler);
    next.is_some_and(|piece| matches!(piece.atom, Atom::Value(_)))
}
