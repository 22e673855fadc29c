//! Splits a sentence into clauses with one statement each.

use crate::{
    group::{is_verb, starts_clause},
    parted::whole_first,
    piece::{Atom, Break, Piece, Value},
    role::Role,
};

/// Pieces that make one statement and contain at most one value.
#[derive(Clone, Debug, Default)]
pub(crate) struct Clause {
    pub(crate) pieces: Vec<Piece>,
    /// How the clause is connected to the previous one.
    pub(crate) link: Link,
}

/// What connects a clause to the previous one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Link {
    #[default]
    Stop,
    Comma,
    And,
    /// A word that introduces a reason.
    Because,
    /// No separator.
    Bare,
}

/// Splits the pieces of a text into clauses.
pub(crate) fn clauses(pieces: &[Piece]) -> Vec<Clause> {
    let pieces = without_brackets(pieces);
    let mut clauses = Vec::new();
    for clause in at_breaks(&pieces).into_iter().flat_map(whole_first) {
        let mut parts = at_and(&clause);
        for cut in [at_extras, at_verbs, at_rest] {
            parts = parts.iter().flat_map(cut).collect();
        }
        clauses.extend(parts.into_iter().flat_map(at_values));
    }
    joined(clauses)
}

/// Removes brackets around a value or a name ("the fish (18)" becomes "the fish 18"). A longer remark in brackets
/// becomes a clause of its own.
fn without_brackets(pieces: &[Piece]) -> Vec<Piece> {
    let mut kept = Vec::with_capacity(pieces.len());
    let mut opened = None;
    for piece in pieces {
        match piece.atom {
            Atom::Break(Break::Open) => {
                opened = Some(kept.len());
                kept.push(comma(piece));
            }
            Atom::Break(Break::Close) => {
                let inner = opened.take().map(|open: usize| (open, &kept[open + 1..]));
                let one = inner.filter(|(_, inner)| {
                    inner.iter().all(|piece| {
                        matches!(
                            piece.atom,
                            Atom::People(_)
                                | Atom::Value(_)
                                | Atom::Filler
                                | Atom::Role(Role::Equal | Role::Split | Role::Each | Role::Only | Role::For)
                        )
                    })
                });
                match one.map(|(open, _)| open) {
                    Some(open) => drop(kept.remove(open)),
                    None => kept.push(comma(piece)),
                }
            }
            _ => kept.push(piece.clone()),
        }
    }
    kept
}

fn comma(piece: &Piece) -> Piece {
    Piece { atom: Atom::Break(Break::Comma), ..piece.clone() }
}

fn at_breaks(pieces: &[Piece]) -> Vec<Clause> {
    let mut clauses = Vec::new();
    let mut clause = Clause::default();
    for (at, piece) in pieces.iter().enumerate() {
        let link = match piece.atom {
            Atom::Break(Break::Stop) => Link::Stop,
            // "Ben and I, however, were not there"
            Atom::Role(Role::But) if is_only_people(&clause.pieces) || is_begun(&clause.pieces) => continue,
            // "equal except I had a cocktail extra"
            Atom::Role(Role::Except) if is_people(pieces.get(at + 1)) && starts_clause(pieces, at + 2) => Link::Comma,
            // "Ben: burger 14"
            Atom::Break(Break::Colon) if is_heading(&clause.pieces) => continue,
            Atom::Role(Role::Because) => Link::Because,
            Atom::Break(_) | Atom::Role(Role::But) => Link::Comma,
            _ => {
                clause.pieces.push(piece.clone());
                continue;
            }
        };
        // Of two consecutive breaks the stronger one counts.
        let link = match clause.link {
            before @ (Link::Stop | Link::Because) if clause.pieces.is_empty() && link != Link::Because => before,
            _ => link,
        };
        let done = std::mem::replace(&mut clause, Clause { pieces: Vec::new(), link });
        if !done.pieces.is_empty() {
            clauses.push(done);
        }
    }
    clauses.push(clause);
    clauses.retain(|clause| !clause.pieces.is_empty());
    clauses
}

fn is_only_people(pieces: &[Piece]) -> bool {
    is_heading(pieces) && pieces.last().is_some_and(|piece| piece.atom == Atom::Filler)
}

/// Whether the clause has a verb but no value yet: "I pay, however, 10 less", "ich zahle aber 10 weniger".
fn is_begun(pieces: &[Piece]) -> bool {
    let verb = pieces.last().and_then(role).is_some_and(|role| matches!(role, Role::Pays | Role::Owes | Role::Counts));
    verb && !pieces.iter().any(is_value)
}

fn is_heading(pieces: &[Piece]) -> bool {
    let mut words = pieces.iter().filter(|piece| piece.atom != Atom::Filler);
    // "payers: me 640, Ben 600"
    let first = words.next();
    (is_people(first) || first.and_then(role) == Some(Role::Paid)) && words.next().is_none()
}

pub(crate) fn is_people(piece: Option<&Piece>) -> bool {
    matches!(piece.map(|piece| &piece.atom), Some(Atom::People(_)))
}

pub(crate) fn is_value(piece: &Piece) -> bool {
    matches!(piece.atom, Atom::Value(_))
}

pub(crate) fn role(piece: &Piece) -> Option<Role> {
    if let Atom::Role(role) = piece.atom { Some(role) } else { None }
}

/// Splits at each "and" between two complete statements.
fn at_and(clause: &Clause) -> Vec<Clause> {
    let says = |pieces: &[Piece]| {
        pieces
            .iter()
            .any(|piece| is_value(piece) || role(piece).is_some_and(|role| is_verb(role) || role == Role::Split))
    };
    // The plus in "Ben +3" is not an "and".
    let adds =
        |at: usize| at > 0 && is_people(clause.pieces.get(at - 1)) && clause.pieces.get(at + 1).is_some_and(is_value);
    let is_and = |at: usize| match role(&clause.pieces[at]) {
        Some(Role::Plus) => !adds(at),
        other => other == Some(Role::And),
    };
    let mut clauses = vec![Clause { pieces: Vec::new(), link: clause.link }];
    let pieces = &clause.pieces;
    for (at, piece) in pieces.iter().enumerate() {
        let next = (at + 1..pieces.len()).find(|at| is_and(*at)).unwrap_or(pieces.len());
        let rest = &pieces[at + 1..next.max(at + 1)];
        let subject = rest.iter().position(|piece| piece.atom != Atom::Filler);
        let has_subject = subject.is_some_and(|at| is_people(rest.get(at)) && starts_clause(rest, at + 1));
        let last = clauses.last_mut().map(|clause| &mut clause.pieces);
        match last {
            // "Ben bought and paid the pizza"
            Some(said) if is_and(at) && does_twice(said, rest) => said.push(piece.clone()),
            Some(said) if is_and(at) && says(rest) && (says(said) || has_subject) => {
                clauses.push(Clause { pieces: Vec::new(), link: Link::And });
            }
            Some(said) => said.push(piece.clone()),
            None => {}
        }
    }
    clauses
}

/// Whether two adjacent verbs describe one payment: "bought and paid".
fn does_twice(before: &[Piece], behind: &[Piece]) -> bool {
    let verb = |piece: Option<&Piece>| piece.and_then(role).is_some_and(is_verb);
    let paid = behind.first().and_then(role) == Some(Role::Paid);
    paid && (verb(before.last()) || matches!(before.last().map(|piece| &piece.atom), Some(Atom::Word(_))))
        && !before.iter().any(is_value)
        && before.iter().any(|piece| is_people(Some(piece)))
}

/// Splits before a tip, a tax or a discount that has its own value.
fn at_extras(clause: &Clause) -> Vec<Clause> {
    let extra = |piece: &Piece| matches!(role(piece), Some(Role::Tip | Role::Tax | Role::Discount));
    let is_lead = |piece: &Piece| role(piece) == Some(Role::Included);
    let is_pair = |pieces: &[Piece], at: usize| {
        let next = (at + 1..pieces.len())
            .find(|next| pieces[*next].atom != Atom::Filler && role(&pieces[*next]) != Some(Role::Of));
        // In "10 off the 50" the discount has its value already.
        let has_own = at > 0 && is_value(&pieces[at - 1]) && next.is_some_and(|next| next > at + 1);
        next.is_some_and(|next| {
            extra(&pieces[at]) && is_value(&pieces[next]) && !has_own || is_value(&pieces[at]) && extra(&pieces[next])
        })
    };
    let cuts = |pieces: &[Piece], at: usize| {
        let led = at > 0 && is_lead(&pieces[at - 1]);
        let leads = is_lead(&pieces[at]) && at + 1 < pieces.len();
        let pair = if leads { is_pair(pieces, at + 1) } else { !led && is_pair(pieces, at) };
        pair && pieces[..at].iter().any(is_value)
    };
    cut(clause, cuts)
}

/// Splits before a person and a verb if a statement precedes them.
fn at_verbs(clause: &Clause) -> Vec<Clause> {
    cut(clause, |pieces, at| {
        let before = pieces[..at].iter().rev().find(|piece| piece.atom != Atom::Filler);
        let marked = before.and_then(role).is_some_and(|role| {
            matches!(
                role,
                Role::With | Role::For | Role::By | Role::From | Role::Between | Role::Only | Role::At | Role::Than
            )
        });
        let verb = pieces[at + 1..].iter().find(|piece| !matches!(piece.atom, Atom::Filler | Atom::Role(Role::Each)));
        // "don't count Ben he was ill": the excluded person ends the first statement.
        let excepted = before.is_some_and(|piece| is_people(Some(piece)))
            && pieces[..at].iter().any(|piece| role(piece) == Some(Role::Except));
        let says = |piece: &Piece| is_value(piece) || role(piece).is_some_and(is_verb);
        let said = excepted || pieces[..at].iter().any(says);
        // "700 Ben paid": the amount belongs to the payment that follows.
        let of = |piece: &Piece| piece.atom == Atom::Filler || role(piece) == Some(Role::Of);
        let first = pieces[..at].iter().all(|piece| is_value(piece) || of(piece));
        let end = pieces.last().and_then(role);
        // "one bottle for 30 we both drank": one statement with the verb at the end.
        let last = (first && end.is_some_and(is_verb)) || (end == Some(Role::Had) && verb_last(pieces, at));
        is_people(pieces.get(at)) && !marked && !last && said && verb.and_then(role).is_some_and(is_verb)
    })
}

/// Whether the person is followed only by the final verb.
fn verb_last(pieces: &[Piece], at: usize) -> bool {
    let verbs = pieces.iter().filter(|piece| role(piece).is_some_and(is_verb)).count();
    let between = pieces.get(at + 1..pieces.len().saturating_sub(1)).unwrap_or_default();
    verbs == 1 && between.iter().all(|piece| matches!(piece.atom, Atom::Filler | Atom::People(_)))
}

/// Splits before "the rest Ben", where the value precedes its people.
fn at_rest(clause: &Clause) -> Vec<Clause> {
    cut(clause, |pieces, at| {
        let rest = matches!(pieces[at].atom, Atom::Value(Value::Rest));
        let next = pieces[at + 1..].iter().find(|piece| piece.atom != Atom::Filler);
        let people = next.is_some_and(|piece| matches!(piece.atom, Atom::People(_)));
        rest && people && pieces[..at].iter().any(is_value)
    })
}

fn cut(clause: &Clause, cuts: impl Fn(&[Piece], usize) -> bool) -> Vec<Clause> {
    let mut clauses = vec![Clause { pieces: Vec::new(), link: clause.link }];
    let mut begin = 0;
    for (at, piece) in clause.pieces.iter().enumerate() {
        if at > begin && cuts(&clause.pieces[begin..], at - begin) {
            begin = at;
            clauses.push(Clause { pieces: Vec::new(), link: Link::Bare });
        }
        if let Some(last) = clauses.last_mut() {
            last.pieces.push(piece.clone());
        }
    }
    clauses
}

/// Splits so that each clause has at most one value. A clause ends after its value if nothing follows the last value,
/// before the next value if the text starts with a value, and otherwise after the people that follow its value.
fn at_values(clause: Clause) -> Vec<Clause> {
    let pieces = &clause.pieces;
    let values: Vec<usize> = (0..pieces.len()).filter(|at| is_value(&pieces[*at])).collect();
    let Some((last, others)) = values.split_last().filter(|(_, others)| !others.is_empty()) else {
        return vec![clause];
    };
    let significant = |piece: &Piece| piece.atom != Atom::Filler && !role(piece).is_some_and(is_modifier);
    let is_tail_empty = !pieces[last + 1..].iter().any(significant);
    let begins_with_value = pieces.iter().find(|piece| significant(piece)).is_some_and(is_value);
    let mut clauses = Vec::new();
    let mut begin = 0;
    for (value, next) in others.iter().zip(values.iter().skip(1)) {
        let between = &pieces[value + 1..*next];
        let own = between.iter().take_while(|piece| !significant(piece)).count();
        let length = if is_tail_empty {
            own
        } else if begins_with_value {
            between.len() - between.iter().rev().take_while(|piece| role(piece).is_some_and(is_modifier)).count()
        } else {
            own + people_behind(&between[own..])
        };
        clauses.push(pieces[begin..value + 1 + length].to_vec());
        begin = value + 1 + length;
    }
    clauses.push(pieces[begin..].to_vec());
    let links = std::iter::once(clause.link).chain(std::iter::repeat(Link::Bare));
    clauses.into_iter().zip(links).map(|(pieces, link)| Clause { pieces, link }).collect()
}

/// Whether the role qualifies the value beside it.
fn is_modifier(role: Role) -> bool {
    matches!(
        role,
        Role::Each
            | Role::Per
            | Role::More
            | Role::Less
            | Role::Tip
            | Role::Tax
            | Role::Discount
            | Role::Total
            | Role::Included
            | Role::Of
            | Role::Equal
    )
}

/// The number of pieces that name the people here: "for Ben and me", "Ben".
fn people_behind(pieces: &[Piece]) -> usize {
    let people = pieces.iter().take(3).position(|piece| matches!(piece.atom, Atom::People(_)));
    let Some(people) = people else { return 0 };
    let lead = pieces[..people].iter();
    let plain = lead.clone().all(|piece| {
        piece.atom == Atom::Filler || matches!(role(piece), Some(Role::For | Role::With | Role::Between | Role::Only))
    });
    if plain { people + 1 } else { 0 }
}

/// Joins an amount that stands alone to the previous clause if that clause has no amount.
fn joined(clauses: Vec<Clause>) -> Vec<Clause> {
    let mut joined: Vec<Clause> = Vec::with_capacity(clauses.len());
    for clause in clauses {
        let alone = clause.pieces.iter().all(is_plain_amount);
        match joined.last_mut() {
            // In "each of us had a beer, 35" the amount can be the sum, so it stays separate.
            Some(last) if alone && clause.link == Link::Comma && !has_each(&last.pieces) => {
                last.pieces.extend(clause.pieces);
            }
            _ => joined.push(clause),
        }
    }
    joined
}

/// Whether the clause has a value already, or says what each person had.
fn has_each(pieces: &[Piece]) -> bool {
    let is = |wanted: Role| pieces.iter().any(|piece| role(piece) == Some(wanted));
    pieces.iter().any(is_value) || (is(Role::Each) && is(Role::Had))
}

fn is_plain_amount(piece: &Piece) -> bool {
    matches!(piece.atom, Atom::Value(Value::Money(_)) | Atom::Filler | Atom::Role(Role::Equal | Role::Total))
}
