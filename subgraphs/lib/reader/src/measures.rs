//! Shares in proportion to a measured quantity: "by nights: Ben 2, me 5", "two dogs, one dog, split per dog".

use crate::{
    lookup::Lookup,
    piece::{Atom, Piece, Value, before, behind, is_people, role, small},
    role::Role,
};

/// The largest number that can be a measured quantity (nights, kilometres); a larger one is an amount.
const LARGEST_PART: u64 = 999;

/// Reads small numbers beside people as shares of the single amount, unless they add up to it: "by nights: Ben 2, me
/// 5".
pub(crate) fn by_basis(lookup: &Lookup<'_>, pieces: &mut [Piece]) {
    let own = own_counts(pieces);
    let proportion = pieces
        .iter()
        .position(|piece| matches!(&piece.atom, Atom::Value(Value::Proportion(parts)) if same(parts, &own)));
    let units = own.iter().any(|(at, _)| role(pieces.get(at + 1)) == Some(Role::Unit));
    let basis = (0..pieces.len()).any(|at| is_basis(lookup, pieces, at));
    let counted = pieces.iter().any(|piece| matches!(piece.atom, Atom::Value(Value::Times(..))));
    let several = own.len() + usize::from(counted) > 1;
    if !several || !(units || basis || counted || proportion.is_some()) {
        return;
    }

    if let Some(at) = proportion {
        pieces[at].atom = Atom::Filler;
    }
    for (at, count) in own {
        pieces[at].atom = Atom::Value(Value::Parts(count));
    }
}

/// The numbers beside people, with their positions.
fn own_counts(pieces: &[Piece]) -> Vec<(usize, u64)> {
    let count = |at: usize| small(pieces.get(at)).filter(|count| (1..=LARGEST_PART).contains(count));
    (0..pieces.len()).filter(|at| is_somebodys(pieces, *at)).filter_map(|at| Some((at, count(at)?))).collect()
}

fn same(parts: &[u64], own: &[(usize, u64)]) -> bool {
    let (mut left, mut right): (Vec<u64>, Vec<u64>) = (parts.to_vec(), own.iter().map(|(_, count)| *count).collect());
    left.sort_unstable();
    right.sort_unstable();
    left == right
}

/// Whether the number belongs to a person: "Ben 2", "Ben stayed 2 nights", "2 Ben".
pub(crate) fn is_somebodys(pieces: &[Piece], at: usize) -> bool {
    let named = |place: Option<usize>| is_people(place.and_then(|place| pieces.get(place)));
    let mut last = before(pieces, at);
    // "everyone else just the one"
    if let Some(only) = last.filter(|last| role(pieces.get(*last)) == Some(Role::Only)) {
        last = before(pieces, only);
    }
    let unit = role(pieces.get(at + 1)) == Some(Role::Unit);

    let does = last.filter(|last| {
        unit && matches!(pieces[*last].atom, Atom::Word(_) | Atom::Role(Role::Had | Role::Got | Role::For))
    });
    let next = behind(pieces, at).filter(|next| role(pieces.get(*next)) != Some(Role::Unit));
    let opens = last.is_none_or(|last| matches!(pieces[last].atom, Atom::Break(_) | Atom::Role(Role::And)));
    named(last) || named(does.and_then(|does| before(pieces, does))) || (opens && named(next))
}

/// Whether the text names a measure for the shares: "by nights", "in the ratio", "nach Zimmern".
fn is_basis(lookup: &Lookup<'_>, pieces: &[Piece], at: usize) -> bool {
    let counted = |next: usize| match &pieces[next].atom {
        Atom::Role(Role::Unit | Role::Heads | Role::ShareNoun) => true,
        Atom::Role(_) => lookup.is_role(pieces[next].from, Role::ShareNoun).is_some(),

        _ => false,
    };
    match role(pieces.get(at)) {
        Some(Role::Basis) => true,
        // "nights: Ben 4, me 1"
        // "split by nights"
        Some(Role::By | Role::At) => behind(pieces, at).is_some_and(counted),

        _ => false,
    }
}
