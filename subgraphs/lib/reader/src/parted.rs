//! Parts of an amount that is named beside them: "half of the 90 for paint is Lucy's".

use crate::{
    clause::{Clause, Link, is_people, is_value, role},
    group::is_verb,
    piece::{Atom, Piece, Value},
    role::Role,
};

/// Splits "half of the 90 for paint is Lucy's" into "the 90 for paint" and "half is Lucy's".
pub(crate) fn whole_first(clause: Clause) -> Vec<Clause> {
    let pieces = &clause.pieces;
    if let Some(of) = part_behind(pieces) {
        let part = Clause { pieces: pieces[of..].to_vec(), link: Link::Comma };
        return vec![Clause { pieces: pieces[..of].to_vec(), link: clause.link }, part];
    }
    let part = |piece: &Piece| is_value(piece);
    let found = (1..pieces.len()).find_map(|of| {
        let before =
            pieces[..of].iter().rev().find(|piece| role(piece) != Some(Role::Each) && piece.atom != Atom::Filler)?;
        let money = (of + 1..pieces.len()).find(|at| pieces[*at].atom != Atom::Filler)?;
        let whole = matches!(pieces[money].atom, Atom::Value(Value::Money(_)));
        (role(&pieces[of]) == Some(Role::Of) && part(before) && whole).then_some((of, money))
    });
    let Some((of, money)) = found.or_else(|| named_whole(pieces)) else { return vec![clause] };
    let ends = |at: &usize| match &pieces[*at].atom {
        Atom::People(_) | Atom::Value(_) => true,
        Atom::Role(role) => is_verb(*role) || (*role == Role::For && is_people(pieces.get(*at + 1))),
        _ => false,
    };
    let amount = (money..pieces.len()).find(|at| is_value(&pieces[*at])).unwrap_or(money);
    let end = (amount + 1..pieces.len()).find(ends).unwrap_or(pieces.len());
    let whole = Clause { pieces: pieces[money..end].to_vec(), link: clause.link };
    let rest = pieces[..of].iter().chain(&pieces[end..]).cloned().collect();
    vec![whole, Clause { pieces: rest, link: Link::Comma }]
}

/// The positions of "of" and of the whole in "half the 96 dollar sitter is Ben's", "half of the taxi (40) is for Ben".
fn named_whole(pieces: &[Piece]) -> Option<(usize, usize)> {
    let part = pieces.iter().position(|piece| piece.atom != Atom::Filler)?;
    let money = (part + 1..pieces.len()).find(|at| matches!(pieces[*at].atom, Atom::Value(Value::Money(_))))?;
    let between = &pieces[part + 1..money];
    let is_word = |piece: &Piece| matches!(piece.atom, Atom::Word(_));
    let plain = |piece: &Piece| is_word(piece) || piece.atom == Atom::Filler;
    let goes_on = pieces.get(money + 1).is_some_and(is_word);
    let direct = !between.is_empty() && between.iter().all(|piece| piece.atom == Atom::Filler) && goes_on;
    let led = between.first().is_some_and(|piece| matches!(role(piece), Some(Role::Of | Role::By)));
    let of_it = led && between[1..].iter().all(plain) && between.iter().any(is_word);
    let is_part = matches!(pieces[part].atom, Atom::Value(Value::Fraction(..) | Value::Percent(_)));
    (is_part && (direct || of_it)).then_some((part + 1, part + 2))
}

/// The position of "of" between an amount and a smaller one, which is the part: "42 of which 12 is for Ben".
fn part_behind(pieces: &[Piece]) -> Option<usize> {
    let money = |piece: &Piece| if let Atom::Value(Value::Money(minor)) = piece.atom { Some(minor) } else { None };
    (1..pieces.len()).filter(|of| role(&pieces[*of]) == Some(Role::Of)).find(|of| {
        let whole = pieces[..*of].iter().rev().find(|piece| piece.atom != Atom::Filler).and_then(money);
        let part = pieces[of + 1..].iter().find(|piece| piece.atom != Atom::Filler).and_then(money);
        whole.zip(part).is_some_and(|(whole, part)| whole > part)
    })
}
