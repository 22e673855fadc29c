//! Who owes what share of one expense.
//!
//! A share is exact as long as it can be and rounded once, at the end, by largest remainder: everybody gets the exact share
//! rounded down, and the minor units left over go to those with the largest remainders. Members whose remainders tie are
//! dealt the odd units in turn, like cards: seed 0 begins with the first of them by id, and each seed begins where the one
//! before it stopped. With seeds 0, 1, 2, ... equal expenses never favour a member by more than one minor unit.
//!
//! Refunds mirror expenses: with every sign turned and the same seed, every share is the same with its sign turned.

mod rule;

use std::collections::{BTreeMap, BTreeSet};

use crate::{Amount, Currency, amount::adding_up};

/// The most rows that a split of an expense may have.
pub const MOST_LINES: usize = 200;

/// In hundredths of a percent.
const HUNDRED_PERCENT: u64 = 10_000;

/// How an expense is divided. Amounts are in minor units of the expense's currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Split<M> {
    /// The same for each.
    Equal(Vec<M>),
    /// So much each; must make the total.
    Exact(Vec<(M, i64)>),
    /// Hundredths of a percent; must make 100.00.
    Percent(Vec<(M, u64)>),
    /// Hundredths of a weight; a member of weight zero has a share of zero.
    Weights(Vec<(M, u64)>),
    /// More or less than an equal share by so much; zero for those who take part plainly.
    Adjustments(Vec<(M, i64)>),
    /// Each item among those who had it.
    Items(Itemized<M>),
}

/// A receipt. The items with tax and tip, less the discount, must make the total.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Itemized<M> {
    /// What was bought, and by whom.
    pub items: Vec<Item<M>>,
    /// Added in proportion to the members' items, in minor units.
    pub tax: i64,
    /// Added in proportion to the members' items, in minor units.
    pub tip: i64,
    /// Taken off in proportion to the members' items, in minor units.
    pub discount: i64,
}

/// One line of a receipt, shared equally by its members.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item<M> {
    /// What it is called.
    pub name: String,
    /// Its price in minor units; may be negative, as for a returned deposit.
    pub minor: i64,
    /// Who had it.
    pub members: Vec<M>,
}

/// Why a total cannot be split so. Each sentence may be shown to the person who entered it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SplitRefusal {
    /// An expense of nothing.
    #[error("the total must not be zero")]
    ZeroTotal,
    /// No member at all.
    #[error("there is nobody to split with")]
    NobodyToSplitWith,
    /// A member is named twice in one list.
    #[error("a member is named twice")]
    Twice,
    /// The parts make more or less than the total.
    #[error("{}", adding_up(*.given, "assigned", *.total, *.left))]
    DoesNotAddUp {
        /// What the parts make.
        given: Amount,
        /// What they should make.
        total: Amount,
        /// The difference: of the total's sign when something is left, of the other when it is too much.
        left: Amount,
    },
    /// The percentages do not make 100.00.
    #[error("{}", assigned_percent(*.hundredths))]
    NotHundredPercent {
        /// What they make, in hundredths of a percent.
        hundredths: u64,
    },
    /// All weights are zero.
    #[error("at least one weight must be more than zero")]
    NoWeight,
    /// The adjustments alone are more than there is to split.
    #[error("the adjustments make {adjusted} {}, more than the total of {total}", .total.currency)]
    AdjustmentsExceedTotal {
        /// What the adjustments make together.
        adjusted: Amount,
        /// What there is to split.
        total: Amount,
    },
    /// Somebody would be paid for taking part (or would pay for a refund).
    #[error("a share must not have the other sign than the total")]
    WrongSign,
    /// An item without members.
    #[error("nobody is named for the item \"{name}\"")]
    ItemOfNobody {
        /// The item's name.
        name: String,
    },
    /// The items cancel each other, so nothing can be in proportion to them.
    #[error("the items add up to zero")]
    ItemsAddUpToZero,
    /// The numbers do not fit the arithmetic.
    #[error("the numbers are too large")]
    Overflow,
}

/// The shares of `total`, sorted by member. They add up to the total exactly, and each is less than one minor unit from what
/// it would be with unlimited decimals.
///
/// `seed` decides which members get the odd units (see the module), so the same input always gives the same shares, in
/// whatever order the members are listed. A share is zero or has the total's sign; a split that asks for another is refused.
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

/// Sorts rows by member; refuses nobody and anybody twice.
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

/// Divides `whole` in proportion to weights that are not negative, by largest remainder.
fn apportion<M: Ord + Clone>(whole: i128, weights: ByMember<M>, seed: u64) -> Result<ByMember<M>, SplitRefusal> {
    let all = sum(weights.values().copied())?;
    if all == 0 {
        return Err(SplitRefusal::NoWeight);
    }
    // Rounding magnitudes makes a refund the mirror of an expense.
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

/// The positions of the `odd_units` largest remainders; those who tie for the last of them are taken in turn by `seed`.
fn receivers(remainders: &[i128], odd_units: i128, seed: u64) -> Vec<usize> {
    // Remainders add up to `odd_units` wholes, and each is less than one: there are always more of them.
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

/// Where the deal of `needed` units among `tied` members begins: after `seed` such deals, so that no turn is skipped.
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

/// An equal share of what the adjustments leave, and the own adjustment on top.
fn adjusted<M: Ord + Clone>(total: Amount, adjustments: &[(M, i64)], seed: u64) -> Result<ByMember<M>, SplitRefusal> {
    let own = by_member(adjustments.iter().map(|(member, own)| (member, i128::from(*own))))?;
    let adjusted = sum(own.values().copied())?;
    let rest = i128::from(total.minor) - adjusted;
    if rest.signum() == -i128::from(total.minor.signum()) {
        let adjusted = amount(adjusted, total.currency)?;
        return Err(SplitRefusal::AdjustmentsExceedTotal { adjusted, total });
    }
    // The sign is judged before rounding: whether a split is refused must not depend on the seed.
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

/// What each member had, on a common denominator and with the total's sign taken off: weights for the total, since tax, tip
/// and discount are in proportion to it.
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
    // Smaller numbers for the same proportions: overflow comes later.
    let common = weights.values().copied().fold(0, greatest_common_divisor).max(1);
    for weight in weights.values_mut() {
        *weight /= common;
    }
    Ok(weights)
}

/// The least common multiple of how many share each item.
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
