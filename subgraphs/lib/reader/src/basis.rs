//! Shares in proportion to a measured quantity: "by nights: Ben 2, me 5", "two dogs, one dog, split per dog".

use crate::{
    clause::is_people,
    count::{MOST_THINGS, before, behind, role, small},
    lookup::Lookup,
    piece::{Atom, Break, Piece, Value},
    role::Role,
};

/// The largest number that can be a measured quantity (nights, kilometres); a larger one is an amount.
const LARGEST_PART: u64 = 999;

/// Reads small numbers beside people as shares of the single amount, unless they add up to it: "by nights: Ben 2, me
/// 5".
pub(crate) fn by_basis(lookup: &Lookup<'_>, pieces: &mut [Piece]) {
    name_units(lookup, pieces);
    let number = |piece: &Piece| matches!(piece.atom, Atom::Number { .. });
    let (own, counted_whole) = own_counts(pieces);
    let sum: u64 = own.iter().map(|(_, count)| count).sum();
    let is_own = |at: usize| counted_whole == Some(at) || own.iter().any(|(own, _)| *own == at);
    let others: Vec<usize> = (0..pieces.len()).filter(|at| number(&pieces[*at]) && !is_own(*at)).collect();
    let is_sum = others.iter().any(|at| small(pieces.get(*at)) == Some(sum));
    let proportion = pieces
        .iter()
        .position(|piece| matches!(&piece.atom, Atom::Value(Value::Proportion(parts)) if same(parts, &own)));
    let units = own.iter().any(|(at, _)| role(pieces.get(at + 1)) == Some(Role::Unit));
    let basis = counted_whole.is_some() || (0..pieces.len()).any(|at| is_basis(lookup, pieces, at));
    let counted = pieces.iter().any(|piece| matches!(piece.atom, Atom::Value(Value::Times(..))));
    let several = own.len() + usize::from(counted) > 1;
    if !several || others.len() != 1 || is_sum || !(units || basis || counted || proportion.is_some()) {
        return;
    }
    drop_basis(lookup, pieces);
    if let Some(at) = counted_whole {
        pieces[at].atom = Atom::Count(sum);
    }
    if let Some(at) = proportion {
        pieces[at].atom = Atom::Filler;
    }
    for (at, count) in own {
        pieces[at].atom = Atom::Value(if counted { Value::Times(count, 1) } else { Value::Parts(count) });
        if let Some(unit) = pieces.get_mut(at + 1).filter(|next| role(Some(next)) == Some(Role::Unit)) {
            unit.atom = Atom::Filler;
        }
    }
}

/// The numbers beside people, with their positions, and the position of a number that equals their sum: "4 beers 20,
/// two for Ben, one for me, one for Zoe".
fn own_counts(pieces: &[Piece]) -> (Vec<(usize, u64)>, Option<usize>) {
    let counts = |is_own: fn(&[Piece], usize) -> bool| -> Vec<(usize, u64)> {
        let count = |at: usize| small(pieces.get(at)).filter(|count| (1..=LARGEST_PART).contains(count));
        (0..pieces.len()).filter(|at| is_own(pieces, *at)).filter_map(|at| Some((at, count(at)?))).collect()
    };
    let given = counts(|pieces, at| is_somebodys(pieces, at) || is_for_somebody(pieces, at));
    let sum: u64 = given.iter().map(|(_, count)| count).sum();
    let whole = (0..pieces.len()).find(|at| {
        let thing = pieces.get(at + 1).is_some_and(|next| matches!(next.atom, Atom::Word(_) | Atom::Role(Role::Unit)));
        let fits = small(pieces.get(*at)) == Some(sum) && sum <= MOST_THINGS;
        thing && fits && given.len() > 1 && !given.iter().any(|(own, _)| own == at)
    });
    (if whole.is_some() { given } else { counts(is_somebodys) }, whole)
}

/// "two for Ben"
fn is_for_somebody(pieces: &[Piece], at: usize) -> bool {
    let opens =
        before(pieces, at).is_none_or(|last| matches!(pieces[last].atom, Atom::Break(_) | Atom::Role(Role::And)));
    let lead = behind(pieces, at).filter(|next| role(pieces.get(*next)) == Some(Role::For));
    opens && lead.and_then(|lead| behind(pieces, lead)).is_some_and(|next| is_people(pieces.get(next)))
}

/// Marks the counted noun as a unit: "two dogs, split per dog".
fn name_units(lookup: &Lookup<'_>, pieces: &mut [Piece]) {
    let word = |at: usize| pieces.get(at).filter(|piece| matches!(piece.atom, Atom::Word(_))).map(|piece| piece.from);
    let folded = |at: usize| lookup.words[at].folded.as_str();
    let bases = (0..pieces.len()).filter(|at| {
        let priced = at.checked_sub(1).is_some_and(|last| matches!(pieces[last].atom, Atom::Number { .. }));
        matches!(role(pieces.get(*at)), Some(Role::Per | Role::By | Role::Basis)) && !priced
    });
    let names: Vec<&str> = bases.filter_map(|at| word(at + 1)).map(folded).collect();
    let counted = (1..pieces.len()).filter(|at| {
        let same = |name: &&str| word(*at).map(folded).is_some_and(|thing| is_near(name, thing));
        small(pieces.get(at - 1)).is_some() && names.iter().any(same)
    });
    for at in counted.collect::<Vec<_>>() {
        pieces[at].atom = Atom::Role(Role::Unit);
    }
}

/// Whether two words differ only by a short ending: "dog" and "dogs".
fn is_near(name: &str, thing: &str) -> bool {
    let (short, long) = if name.len() < thing.len() { (name, thing) } else { (thing, name) };
    long.starts_with(short) && long.len() - short.len() <= 2
}

/// Drops the unit that shares are measured in, so that "persons" in "counted by persons per room" is not read as
/// sharers.
fn drop_basis(lookup: &Lookup<'_>, pieces: &mut [Piece]) {
    for at in 0..pieces.len() {
        if !is_basis(lookup, pieces, at) {
            continue;
        }
        if role(pieces.get(at)) == Some(Role::Per) {
            pieces[at].atom = Atom::Filler;
            if let Some(name) = pieces.get_mut(at + 1).filter(|next| matches!(next.atom, Atom::Word(_))) {
                name.atom = Atom::Filler;
            }
        }
        if let Some(heads) = behind(pieces, at).filter(|next| role(pieces.get(*next)) == Some(Role::Heads)) {
            pieces[heads].atom = Atom::Filler;
        }
        let counts = before(pieces, at).filter(|last| role(pieces.get(*last)) == Some(Role::Counts));
        if let Some(counts) = counts {
            pieces[counts].atom = Atom::Filler;
        }
    }
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
    let ends = pieces.get(at + 1).is_none_or(|next| matches!(next.atom, Atom::Break(_) | Atom::Role(Role::Each)));
    let does = last.filter(|last| {
        let had = ends && role(pieces.get(*last)) == Some(Role::Had);
        had || unit && matches!(pieces[*last].atom, Atom::Word(_) | Atom::Role(Role::Had | Role::Got | Role::For))
    });
    let next = behind(pieces, at).filter(|next| role(pieces.get(*next)) != Some(Role::Unit));
    let next = next.or_else(|| behind(pieces, at + 1).filter(|_| unit));
    let opens = last.is_none_or(|last| matches!(pieces[last].atom, Atom::Break(_) | Atom::Role(Role::And)));
    named(last) || named(does.and_then(|does| before(pieces, does))) || (opens && named(next))
}

/// Whether the text names a measure for the shares: "by nights", "in the ratio", "nach Zimmern".
fn is_basis(lookup: &Lookup<'_>, pieces: &[Piece], at: usize) -> bool {
    let counted = |next: usize| match &pieces[next].atom {
        Atom::Role(Role::Unit | Role::Heads | Role::ShareNoun) => true,
        Atom::Role(_) => lookup.is_role(pieces[next].from, Role::ShareNoun).is_some(),
        Atom::Word(_) => lookup.lexicon.is_plural(&lookup.words[pieces[next].from].folded),
        _ => false,
    };
    match role(pieces.get(at)) {
        Some(Role::Basis) => true,
        // "nights: Ben 4, me 1"
        Some(Role::Unit) => {
            let opens = before(pieces, at).is_none_or(|last| matches!(pieces[last].atom, Atom::Break(_)));
            opens && pieces.get(at + 1).is_some_and(|next| next.atom == Atom::Break(Break::Colon))
        }
        // "split by nights"
        Some(Role::Split) => {
            let last = pieces[at].to - 1;
            last > pieces[at].from
                && lookup.is_role(last, Role::By).is_some()
                && behind(pieces, at).is_some_and(|next| role(pieces.get(next)) == Some(Role::Unit))
        }
        Some(Role::By | Role::At) => behind(pieces, at).is_some_and(counted),
        Some(Role::Per) => !matches!(at.checked_sub(1).map(|before| &pieces[before].atom), Some(Atom::Number { .. })),
        _ => false,
    }
}
