//! Computes the shares of one expense.
//!
//! Shares are computed exactly and rounded once, at the end, by the largest remainder method: each member gets the
//! exact share rounded down, and the remaining minor units go to the members with the largest remainders. Ties are
//! broken by round-robin: seed 0 starts with the first of the tied members by id, and each seed starts where the
//! previous one stopped. With seeds 0, 1, 2, ... equal expenses never favour a member by more than one minor unit.
//!
//! Refunds mirror expenses: with all signs reversed and the same seed, each share is the same with its sign reversed.

mod rule;

use std::collections::{BTreeMap, BTreeSet};

use crate::{Amount, Currency, amount::adding_up};

/// The maximum number of rows in a split, as counted by [`Split::lines`].
pub const MOST_LINES: usize = 200;

/// 100 % in hundredths of a percent.
const HUNDRED_PERCENT: u64 = 10_000;

/// How an expense is divided. Amounts are in minor units of the expense's currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Split<M> {
    /// Equal shares.
    Equal(Vec<M>),
    /// Exact shares, which must add up to the total.
    Exact(Vec<(M, i64)>),
    /// Percentages in hundredths of a percent, which must add up to 100.00 %.
    Percent(Vec<(M, u64)>),
    /// Weights in hundredths. A member with weight zero has a share of zero.
    Weights(Vec<(M, u64)>),
    /// The difference of each share from an equal share; zero for a member with an equal share.
    Adjustments(Vec<(M, i64)>),
    /// Each item is shared by its own members.
    Items(Itemized<M>),
}

/// A receipt. The items plus tax and tip minus the discount must add up to the total.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Itemized<M> {
    /// The items with their members.
    pub items: Vec<Item<M>>,
    /// Added in proportion to the members' items, in minor units.
    pub tax: i64,
    /// Added in proportion to the members' items, in minor units.
    pub tip: i64,
    /// Subtracted in proportion to the members' items, in minor units.
    pub discount: i64,
}

/// One line of a receipt, shared equally by its members.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item<M> {
    /// The name on the receipt.
    pub name: String,
    /// The price in minor units; may be negative, for example for a returned deposit.
    pub minor: i64,
    /// The members who share it.
    pub members: Vec<M>,
}

/// Why a total cannot be split in this way. All messages may be shown to the person who entered it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SplitRefusal {
    /// The total is zero.
    #[error("the total must not be zero")]
    ZeroTotal,
    /// The split has no members.
    #[error("there is nobody to split with")]
    NobodyToSplitWith,
    /// A member appears twice in one list.
    #[error("a member is named twice")]
    Twice,
    /// The parts do not add up to the total.
    #[error("{}", adding_up(*.given, "assigned", *.total, *.left))]
    DoesNotAddUp {
        /// The sum of the parts.
        given: Amount,
        /// The required sum.
        total: Amount,
        /// The difference. It has the sign of the total if something is left, and the opposite sign if it is too much.
        left: Amount,
    },
    /// The percentages do not add up to 100.00 %.
    #[error("{}", assigned_percent(*.hundredths))]
    NotHundredPercent {
        /// The sum of the percentages, in hundredths of a percent.
        hundredths: u64,
    },
    /// All weights are zero.
    #[error("at least one weight must be more than zero")]
    NoWeight,
    /// The adjustments exceed the total.
    #[error("the adjustments make {adjusted} {}, more than the total of {total}", .total.currency)]
    AdjustmentsExceedTotal {
        /// The sum of the adjustments.
        adjusted: Amount,
        /// The total of the expense.
        total: Amount,
    },
    /// A share would have the opposite sign of the total: a member would be paid for an expense or pay for a refund.
    #[error("a share must not have the other sign than the total")]
    WrongSign,
    /// An item has no members.
    #[error("nobody is named for the item \"{name}\"")]
    ItemOfNobody {
        /// The item's name.
        name: String,
    },
    /// The items add up to zero, so nothing can be split in proportion to them.
    #[error("the items add up to zero")]
    ItemsAddUpToZero,
    /// A number or an intermediate result overflows.
    #[error("the numbers are too large")]
    Overflow,
}

/// Returns the shares of `total` in minor units, sorted by member. They add up exactly to the total, and each differs
/// from the exact share by less than one minor unit.
///
/// `seed` decides which members get the remaining units (see the module), so the same input always gives the same
/// shares, independent of the order of members. A share is zero or has the sign of the total; otherwise the split is
/// refused.
pub fn split<M: Ord + Clone>(total: Amount, split: &Split<M>, seed: u64) -> Result<Vec<(M, i64)>, SplitRefusal> {
    if total.minor == 0 {
        return Err(SplitRefusal::ZeroTotal);
    }
    let whole = i128::from(total.minor);
    let shares = match split {
        Split::Equal(members) => apportion(whole, by_member(members.iter().map(|member| (member, 1)))?, seed)?,
        Split::Exact(shares) => exact(total, shares)?,
        Split::Percent(percents) => {
            let weights = by_member(signed(percents))?;
            check_percent(&weights)?;
            apportion(whole, weights, seed)?
        }
        Split::Weights(weights) => apportion(whole, by_member(signed(weights))?, seed)?,
        Split::Adjustments(adjustments) => adjusted(total, adjustments, seed)?,
        Split::Items(itemized) => apportion(whole, item_weights(total, itemized)?, seed)?,
    };
    shares
        .into_iter()
        .map(|(member, share)| Ok((member, i64::try_from(share).map_err(|_| SplitRefusal::Overflow)?)))
        .collect()
}

type ByMember<M> = BTreeMap<M, i128>;

fn signed<M>(rows: &[(M, u64)]) -> impl Iterator<Item = (&M, i128)> {
    rows.iter().map(|(member, value)| (member, i128::from(*value)))
}

/// Sorts rows by member; refuses an empty list and repeated members.
fn by_member<'a, M: Ord + Clone + 'a>(rows: impl Iterator<Item = (&'a M, i128)>) -> Result<ByMember<M>, SplitRefusal> {
    let mut sorted = BTreeMap::new();
    for (member, value) in rows {
        if sorted.insert(member.clone(), value).is_some() {
            return Err(SplitRefusal::Twice);
        }
    }
    if sorted.is_empty() {
        return Err(SplitRefusal::NobodyToSplitWith);
    }
    Ok(sorted)
}

fn sum(values: impl IntoIterator<Item = i128>) -> Result<i128, SplitRefusal> {
    values.into_iter().try_fold(0_i128, i128::checked_add).ok_or(SplitRefusal::Overflow)
}

fn product(left: i128, right: i128) -> Result<i128, SplitRefusal> {
    left.checked_mul(right).ok_or(SplitRefusal::Overflow)
}

fn amount(minor: i128, currency: Currency) -> Result<Amount, SplitRefusal> {
    let minor = i64::try_from(minor).map_err(|_| SplitRefusal::Overflow)?;
    Ok(Amount { minor, currency })
}

/// Divides `whole` in proportion to non-negative weights, by the largest remainder method.
fn apportion<M: Ord + Clone>(whole: i128, weights: ByMember<M>, seed: u64) -> Result<ByMember<M>, SplitRefusal> {
    let all = sum(weights.values().copied())?;
    if all == 0 {
        return Err(SplitRefusal::NoWeight);
    }
    // Magnitudes are rounded, so that refunds mirror expenses.
    let (magnitude, sign) = (whole.abs(), whole.signum());
    let mut shares = Vec::with_capacity(weights.len());
    let mut remainders = Vec::with_capacity(weights.len());
    for (member, weight) in weights {
        let exact = product(magnitude, weight)?;
        shares.push((member, exact / all));
        remainders.push(exact % all);
    }
    let odd_units = magnitude - sum(shares.iter().map(|(_, share)| *share))?;
    for position in receivers(&remainders, odd_units, seed) {
        shares[position].1 += 1;
    }
    Ok(shares.into_iter().map(|(member, share)| (member, sign * share)).collect())
}

/// Returns the indexes of the `odd_units` largest remainders. Ties for the last of them are broken round-robin by
/// `seed`.
fn receivers(remainders: &[i128], odd_units: i128, seed: u64) -> Vec<usize> {
    // The remainders, as fractions, add up to `odd_units`, and each is less than one: there are more of them than
    // units.
    let odd_units = usize::try_from(odd_units).unwrap_or(remainders.len());
    let mut order: Vec<usize> = (0..remainders.len()).collect();
    order.sort_by_key(|position| std::cmp::Reverse(remainders[*position]));
    let Some(last) = odd_units.checked_sub(1).map(|index| remainders[order[index]]) else {
        return Vec::new();
    };
    let larger = order.partition_point(|position| remainders[*position] > last);
    let not_smaller = order.partition_point(|position| remainders[*position] >= last);
    let tied = &order[larger..not_smaller];
    let needed = odd_units - larger;
    let begin = deal_from(seed, needed, tied.len());
    let dealt = (0..needed).map(|turn| tied[(begin + turn) % tied.len()]);
    order[..larger].iter().copied().chain(dealt).collect()
}

/// Returns the index of the first of `tied` members who gets one of `needed` units: the position after `seed` rounds of
/// `needed` units, so that no member is skipped.
fn deal_from(seed: u64, needed: usize, tied: usize) -> usize {
    let dealt = u128::from(seed) * needed as u128;
    usize::try_from(dealt % tied as u128).unwrap_or(0)
}

fn exact<M: Ord + Clone>(total: Amount, shares: &[(M, i64)]) -> Result<ByMember<M>, SplitRefusal> {
    let shares = by_member(shares.iter().map(|(member, share)| (member, i128::from(*share))))?;
    check_total(total, sum(shares.values().copied())?)?;
    check_signs(total, shares.values().copied())?;
    Ok(shares)
}

/// Splits the total minus all adjustments equally, then adds each member's own adjustment.
fn adjusted<M: Ord + Clone>(total: Amount, adjustments: &[(M, i64)], seed: u64) -> Result<ByMember<M>, SplitRefusal> {
    let own = by_member(adjustments.iter().map(|(member, own)| (member, i128::from(*own))))?;
    let adjusted = sum(own.values().copied())?;
    let rest = i128::from(total.minor) - adjusted;
    if rest.signum() == -i128::from(total.minor.signum()) {
        let adjusted = amount(adjusted, total.currency)?;
        return Err(SplitRefusal::AdjustmentsExceedTotal { adjusted, total });
    }
    // Signs are checked before rounding, because a refusal must not depend on the seed.
    let people = own.len() as i128;
    let exact_shares = own.values().map(|own| product(*own, people).and_then(|own| sum([rest, own])));
    check_signs(total, exact_shares.collect::<Result<Vec<_>, _>>()?)?;
    let equal = by_member(own.keys().map(|member| (member, 1)))?;
    let mut shares = apportion(rest, equal, seed)?;
    for (share, own) in shares.values_mut().zip(own.values()) {
        *share += own;
    }
    Ok(shares)
}

/// Returns each member's part of the items as a weight: a numerator over a common denominator, positive also for
/// refunds. The whole total is split by these weights, because tax, tip and discount are in proportion to them.
fn item_weights<M: Ord + Clone>(total: Amount, itemized: &Itemized<M>) -> Result<ByMember<M>, SplitRefusal> {
    let items = sum(itemized.items.iter().map(|item| i128::from(item.minor)))?;
    let extras = [itemized.tax, itemized.tip].map(i128::from);
    let given = sum(extras.into_iter().chain([items, -i128::from(itemized.discount)]))?;
    let denominator = common_denominator(&itemized.items)?;
    check_total(total, given)?;
    if items == 0 {
        return Err(SplitRefusal::ItemsAddUpToZero);
    }
    let mut weights = ByMember::new();
    for item in &itemized.items {
        let part = product(i128::from(item.minor) * items.signum(), denominator / item.members.len() as i128)?;
        for member in &item.members {
            let weight = weights.entry(member.clone()).or_insert(0_i128);
            *weight = sum([*weight, part])?;
        }
    }
    if weights.values().any(|weight| *weight < 0) {
        return Err(SplitRefusal::WrongSign);
    }
    // Reducing the weights by their common divisor keeps the proportions and makes overflow less likely.
    let common = weights.values().copied().fold(0, greatest_common_divisor).max(1);
    for weight in weights.values_mut() {
        *weight /= common;
    }
    Ok(weights)
}

/// The least common multiple of the numbers of members per item.
fn common_denominator<M: Ord + Clone>(items: &[Item<M>]) -> Result<i128, SplitRefusal> {
    if items.is_empty() {
        return Err(SplitRefusal::NobodyToSplitWith);
    }
    items.iter().try_fold(1, |multiple, item| {
        if item.members.is_empty() {
            return Err(SplitRefusal::ItemOfNobody { name: item.name.clone() });
        }
        if item.members.iter().collect::<BTreeSet<_>>().len() < item.members.len() {
            return Err(SplitRefusal::Twice);
        }
        let people = item.members.len() as i128;
        product(multiple, people / greatest_common_divisor(multiple, people))
    })
}

fn greatest_common_divisor(left: i128, right: i128) -> i128 {
    if right == 0 { left } else { greatest_common_divisor(right, left % right) }
}

fn check_total(total: Amount, given: i128) -> Result<(), SplitRefusal> {
    let left = i128::from(total.minor) - given;
    if left == 0 {
        return Ok(());
    }
    let (given, left) = (amount(given, total.currency)?, amount(left, total.currency)?);
    Err(SplitRefusal::DoesNotAddUp { given, total, left })
}

fn check_signs(total: Amount, shares: impl IntoIterator<Item = i128>) -> Result<(), SplitRefusal> {
    let wrong = -i128::from(total.minor.signum());
    if shares.into_iter().any(|share| share.signum() == wrong) {
        return Err(SplitRefusal::WrongSign);
    }
    Ok(())
}

fn check_percent<M>(percents: &ByMember<M>) -> Result<(), SplitRefusal> {
    let hundredths = sum(percents.values().copied())?;
    if hundredths == i128::from(HUNDRED_PERCENT) {
        return Ok(());
    }
    let hundredths = u64::try_from(hundredths).map_err(|_| SplitRefusal::Overflow)?;
    Err(SplitRefusal::NotHundredPercent { hundredths })
}

fn assigned_percent(hundredths: u64) -> String {
    let percent = |hundredths: u64| format!("{}.{:02}", hundredths / 100, hundredths % 100);
    let (given, difference) = (percent(hundredths), percent(hundredths.abs_diff(HUNDRED_PERCENT)));
    let verdict = if hundredths < HUNDRED_PERCENT { "left" } else { "too much" };
    format!("the percentages make {given}, {difference} is {verdict}")
}
