//! Splits a sentence into clauses with one statement each.

use crate::{
    piece::{Atom, Break, Piece, Value, is_people, is_value, is_verb, role_of, starts_clause},
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
        let parts = at_and(&clause);

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
            // "Ben and I, however, were not there"
            Atom::Role(Role::But) if is_only_people(&clause.pieces) => continue,
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

fn is_heading(pieces: &[Piece]) -> bool {
    let mut words = pieces.iter().filter(|piece| piece.atom != Atom::Filler);
    // "payers: me 640, Ben 600"
    let first = words.next();
    (is_people(first) || first.and_then(role_of) == Some(Role::Paid)) && words.next().is_none()
}

/// Splits at each "and" between two complete statements.
fn at_and(clause: &Clause) -> Vec<Clause> {
    let says = |pieces: &[Piece]| pieces.iter().any(|piece| is_value(piece) || role_of(piece).is_some_and(is_verb));

    let is_and = |at: usize| role_of(&clause.pieces[at]) == Some(Role::And);
    let mut clauses = vec![Clause { pieces: Vec::new(), link: clause.link }];
    let pieces = &clause.pieces;
    for (at, piece) in pieces.iter().enumerate() {
        let next = (at + 1..pieces.len()).find(|at| is_and(*at)).unwrap_or(pieces.len());
        let rest = &pieces[at + 1..next.max(at + 1)];

        let last = clauses.last_mut().map(|clause| &mut clause.pieces);
        match last {
            // "Ben bought and paid the pizza"
            Some(said) if is_and(at) && does_twice(said, rest) => said.push(piece.clone()),
            Some(said) if is_and(at) && says(rest) && says(said) => {
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
    let paid = behind.first().and_then(role_of) == Some(Role::Paid);
    paid && (matches!(before.last().map(|piece| &piece.atom), Some(Atom::Word(_))))
        && !before.iter().any(is_value)
        && before.iter().any(|piece| is_people(Some(piece)))
}

/// Splits so that each clause has at most one value. A clause ends after its value if nothing follows the last value,
/// before the next value if the text starts with a value, and otherwise after the people that follow its value.
fn at_values(clause: Clause) -> Vec<Clause> {
    let pieces = &clause.pieces;
    let values: Vec<usize> = (0..pieces.len()).filter(|at| is_value(&pieces[*at])).collect();
    let Some((last, others)) = values.split_last().filter(|(_, others)| !others.is_empty()) else {
        return vec![clause];
    };
    let significant = |piece: &Piece| piece.atom != Atom::Filler && !role_of(piece).is_some_and(is_modifier);
    let is_tail_empty = !pieces[last + 1..].iter().any(significant);

    let mut clauses = Vec::new();
    let mut begin = 0;
    for (value, next) in others.iter().zip(values.iter().skip(1)) {
        let between = &pieces[value + 1..*next];
        let own = between.iter().take_while(|piece| !significant(piece)).count();
        let length = if is_tail_empty { own } else { own + people_behind(&between[own..]) };
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

/// The number of pieces that name the people directly here.
fn people_behind(pieces: &[Piece]) -> usize {
    usize::from(is_people(pieces.first()))
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
    pieces.iter().any(is_value)
}

fn is_plain_amount(piece: &Piece) -> bool {
    matches!(piece.atom, Atom::Value(Value::Money(_)) | Atom::Filler | Atom::Role(Role::Equal | Role::Total))
}

/// Splits "half of the 90 for paint is Lucy's" into "the 90 for paint" and "half is Lucy's".
pub(crate) fn whole_first(clause: Clause) -> Vec<Clause> {
    let pieces = &clause.pieces;

    let part = |piece: &Piece| is_value(piece);
    let found = (1..pieces.len()).find_map(|of| {
        let before =
            pieces[..of].iter().rev().find(|piece| role_of(piece) != Some(Role::Each) && piece.atom != Atom::Filler)?;
        let money = (of + 1..pieces.len()).find(|at| pieces[*at].atom != Atom::Filler)?;
        let whole = matches!(pieces[money].atom, Atom::Value(Value::Money(_)));
        (role_of(&pieces[of]) == Some(Role::Of) && part(before) && whole).then_some((of, money))
    });
    let Some((of, money)) = found else { return vec![clause] };
    let ends = |at: &usize| matches!(pieces[*at].atom, Atom::People(_) | Atom::Value(_));
    let amount = (money..pieces.len()).find(|at| is_value(&pieces[*at])).unwrap_or(money);
    let end = (amount + 1..pieces.len()).find(ends).unwrap_or(pieces.len());
    let whole = Clause { pieces: pieces[money..end].to_vec(), link: clause.link };
    let rest = pieces[..of].iter().chain(&pieces[end..]).cloned().collect();
    vec![whole, Clause { pieces: rest, link: Link::Comma }]
}
