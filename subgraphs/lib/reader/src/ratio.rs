//! Proportions in digits and in words: `60/40`, `2:1`, "2 to 1".

use crate::{
    lookup::Lookup,
    quantity::{Quantity, number_follows, unit_here},
    role::Role,
    words::Kind,
};

/// Proportions such as `60/40`, `2:1` and `50-50`. Also recognises times such as `19:30`.
pub(crate) fn proportion(lookup: &Lookup<'_>, at: usize) -> Option<(Quantity, usize)> {
    for mark in ['/', ':', '-'] {
        let Some(parts) = row(lookup, at, mark) else { continue };
        let length = parts.len() * 2 - 1;
        let hundred = parts.iter().try_fold(0_u64, |sum, part| sum.checked_add(*part)) == Some(100);
        let split = is_divided(lookup, at);
        let several = mark == '/' && (parts.len() > 2 || split) && parts.iter().all(|part| *part > 0);
        if hundred || several || (mark == ':' && parts.iter().all(|part| (1..10).contains(part))) {
            return Some((Quantity::Proportion(parts), length));
        }
        let minutes = lookup.words.get(at + 2).is_some_and(|word| word.text.len() == 2);
        if mark == ':' && parts.len() == 2 && parts[0] < 25 && parts[1] < 60 && minutes {
            return Some((Quantity::Label, length));
        }
    }
    None
}

/// Proportions in words: "2 to 1", "two to one", but not "from 9 to 5" or "9 to 5 pm".
pub(crate) fn set_against(lookup: &Lookup<'_>, at: usize) -> Option<(Quantity, usize)> {
    let (first, mut length) = number_follows(lookup, at)?;
    let mut parts = vec![first];
    while let Some(to) = lookup.is_role(at + length, Role::Against)
        && let Some((next, words)) = number_follows(lookup, at + length + to)
    {
        parts.push(next);
        length += to + words;
    }
    let hundred = parts.iter().try_fold(0_u64, |sum, part| sum.checked_add(*part)) == Some(100);
    let small = parts.iter().all(|part| (1..10).contains(part));
    let end = at + length;
    let counts = unit_here(lookup, end)
        || [Role::Unit, Role::Percent, Role::TimesWord].iter().any(|role| lookup.is_role(end, *role).is_some());
    let ranged = at.checked_sub(1).is_some_and(|before| {
        [Role::From, Role::By, Role::Between].iter().any(|role| lookup.is_role(before, *role) == Some(1))
    });
    (parts.len() > 1 && (hundred || small) && !counts && !ranged).then_some((Quantity::Proportion(parts), length))
}

/// Whether a word for dividing directly precedes: "split 2/1".
pub(crate) fn is_divided(lookup: &Lookup<'_>, at: usize) -> bool {
    let before = at.checked_sub(1);
    before.is_some_and(|before| [Role::Split, Role::Basis].iter().any(|role| lookup.is_role(before, *role) == Some(1)))
}

/// Whether several fractions such as `1/8` add up to one.
pub(crate) fn make_one(lookup: &Lookup<'_>) -> bool {
    let fraction = |at: usize| match row(lookup, at, '/').as_deref() {
        Some([above, below]) if (1..*below).contains(above) && *below <= 100 => Some((*above, *below)),
        _ => None,
    };
    let fractions: Vec<(u64, u64)> = (0..lookup.words.len()).filter_map(fraction).collect();
    let product = fractions.iter().try_fold(1_u64, |product, (_, below)| product.checked_mul(*below));
    let sum = product.map(|product| fractions.iter().map(|(above, below)| product / below * above).sum::<u64>());
    fractions.len() > 1 && product.is_some() && sum == product
}

/// Whole numbers separated by the same mark, without spaces.
pub(crate) fn row(lookup: &Lookup<'_>, at: usize, mark: char) -> Option<Vec<u64>> {
    let part = |at: usize| {
        let word = lookup.words.get(at).filter(|word| word.kind == Kind::Number)?;
        word.text.parse::<u64>().ok()
    };
    let mut parts = vec![part(at)?];
    let mut end = at + 1;
    while lookup.words.get(end).is_some_and(|word| word.is(mark) && word.glued)
        && lookup.words.get(end + 1).is_some_and(|word| word.glued)
        && parts.len() < 12
        && let Some(next) = part(end + 1)
    {
        parts.push(next);
        end += 2;
    }
    (parts.len() > 1).then_some(parts)
}
