//! How many groups that add up to zero some people can form.
//!
//! The number comes from a walk over all subsets: a subset has as many groups as the best of those with one person less, and
//! one more if it adds up to zero itself. People with the same balance are interchangeable, so a subset is known by how many
//! people of each balance it has, and a large crowd with few different balances is as easy as a small one.

use std::collections::BTreeMap;

use super::{
    budget::Budget,
    moves::{Move, Open},
};

/// So many kinds make a block of subsets.
const KINDS_IN_BLOCK: usize = 3;

/// Whether only one person owes or is owed: every group needs both.
pub(super) fn must_be_one(open: &[Open]) -> bool {
    let creditors = open.iter().filter(|open| open.balance.is_positive()).count();
    creditors == 1 || creditors + 1 == open.len()
}

/// The largest number of groups, or nothing when more than `limit` subsets would have to be looked at.
pub(super) fn most(open: &[Open], limit: usize, budget: &mut Budget) -> Option<usize> {
    let (pairs, rest) = without_pairs(open);
    let groups = match rest.split_first() {
        None => 0,
        Some((_, others)) => {
            let kinds = Kinds::of(others, limit)?;
            budget.spend(kinds.subsets);
            usize::from(kinds.most_groups().groups)
        }
    };
    Some(pairs.len() + groups)
}

/// Pairs of a debtor and a creditor with opposite balances, as many as there are, and all the others.
///
/// Such a pair can always be a group without making the groups fewer: if each was in a group, these two less the pair are one.
pub(super) fn without_pairs(open: &[Open]) -> (Vec<Move>, Vec<Open>) {
    let mut waiting = BTreeMap::<i128, Vec<Open>>::new();
    let mut pairs = Vec::new();
    for one in open {
        match waiting.get_mut(&-one.balance).and_then(Vec::pop) {
            Some(other) => {
                let (from, to) = if one.balance.is_negative() { (one, &other) } else { (&other, one) };
                pairs.push(Move { from: from.person, to: to.person, minor: to.balance });
            }
            None => waiting.entry(one.balance).or_default().push(*one),
        }
    }
    let mut rest: Vec<Open> = waiting.into_values().flatten().collect();
    rest.sort_by_key(|open| open.person);
    (pairs, rest)
}

/// People by balance. A subset is a number in which each kind has a digit that says how many of the kind there are.
pub(super) struct Kinds {
    kinds: Vec<Kind>,
    subsets: usize,
}

struct Kind {
    balance: i128,
    count: usize,
    /// What the kind's digit is worth.
    stride: usize,
}

/// The most groups of which one has a certain person, found among the subsets of the others.
pub(super) struct MostGroups {
    pub(super) groups: u16,
    /// A bit per kind: whether with so many groups one of the kind can be in the group of that person.
    partners: u64,
}

impl Kinds {
    /// Nothing when there are more than `limit` subsets.
    pub(super) fn of(people: &[Open], limit: usize) -> Option<Self> {
        let mut counts = BTreeMap::new();
        for open in people {
            *counts.entry(open.balance).or_insert(0_usize) += 1;
        }
        let mut subsets = 1_usize;
        let mut kinds = Vec::with_capacity(counts.len());
        for (balance, count) in counts {
            kinds.push(Kind { balance, count, stride: subsets });
            subsets = subsets.checked_mul(count + 1).filter(|subsets| *subsets <= limit)?;
        }
        Some(Self { kinds, subsets })
    }

    /// How many subsets are looked at for the groups of one person.
    pub(super) fn subsets(&self) -> usize {
        self.subsets
    }

    /// How many subsets are looked at when one person after the other is settled: each time one of a kind is gone.
    pub(super) fn work(&self) -> usize {
        let most = self.kinds.iter().map(|kind| kind.count).max().unwrap_or(0);
        self.subsets.saturating_mul(most + 1)
    }

    /// Whether somebody with that balance can be in the group of the person who was left out.
    pub(super) fn can_be_partner(&self, found: &MostGroups, balance: i128) -> bool {
        let kind = self.kinds.partition_point(|kind| kind.balance < balance);
        found.partners >> kind & 1 == 1
    }

    /// Subsets are counted through in blocks that differ only in the first few kinds: what a block takes from the other
    /// kinds is the same step for all of it, which the compiler vectorises.
    pub(super) fn most_groups(&self) -> MostGroups {
        let (inner, outer) = self.kinds.split_at(self.kinds.len().min(KINDS_IN_BLOCK));
        let block = block(inner);
        let mut groups = vec![0_u16; self.subsets];
        let mut digits = vec![0; outer.len()];
        let mut sum = 0;
        let mut best = MostGroups { groups: 0, partners: 0 };
        for begin in (0..self.subsets).step_by(block.len()) {
            let (done, rest) = groups.split_at_mut(begin);
            let current = &mut rest[..block.len()];
            for (kind, _) in outer.iter().zip(&digits).filter(|(_, digit)| **digit > 0) {
                raise(current, &done[begin - kind.stride..][..block.len()]);
            }
            for (place, inner) in block.iter().enumerate() {
                let smaller = inner.steps_back.map(|back| current[place - back]);
                let most = smaller.into_iter().fold(current[place], u16::max);
                let is_zero_sum = inner.sum + sum == 0;
                // The empty subset counts too: it leaves one group with everybody.
                current[place] = most + u16::from(is_zero_sum);
                if is_zero_sum {
                    best.take(current[place], || self.left_over(begin + place));
                }
            }
            sum += increment(outer, &mut digits);
        }
        best
    }

    /// A bit per kind of which the subset has not all.
    fn left_over(&self, subset: usize) -> u64 {
        let has_all = |kind: &Kind| subset / kind.stride % (kind.count + 1) == kind.count;
        self.kinds.iter().enumerate().filter(|(_, kind)| !has_all(kind)).map(|(place, _)| 1 << place).sum()
    }
}

/// A subset of a block's kinds.
struct Inner {
    sum: i128,
    /// How far away the subsets are that have one of a kind less; zero for a kind of which there is none.
    steps_back: [usize; KINDS_IN_BLOCK],
}

fn block(kinds: &[Kind]) -> Vec<Inner> {
    let mut digits = vec![0; kinds.len()];
    let mut sum = 0;
    let subsets = kinds.iter().map(|kind| kind.count + 1).product();
    let mut block = Vec::with_capacity(subsets);
    for _ in 0..subsets {
        let mut steps_back = [0; KINDS_IN_BLOCK];
        for (back, (kind, digit)) in steps_back.iter_mut().zip(kinds.iter().zip(&digits)) {
            *back = if *digit > 0 { kind.stride } else { 0 };
        }
        block.push(Inner { sum, steps_back });
        sum += increment(kinds, &mut digits);
    }
    block
}

/// Counts on to the next subset, after the last to the first; returns by how much its sum is more.
fn increment(kinds: &[Kind], digits: &mut [usize]) -> i128 {
    let mut change = 0;
    for (kind, digit) in kinds.iter().zip(digits) {
        if *digit < kind.count {
            *digit += 1;
            return change + kind.balance;
        }
        change -= kind.balance * kind.count as i128;
        *digit = 0;
    }
    change
}

fn raise(values: &mut [u16], least: &[u16]) {
    for (value, least) in values.iter_mut().zip(least) {
        *value = (*value).max(*least);
    }
}

impl MostGroups {
    fn take(&mut self, groups: u16, partners: impl Fn() -> u64) {
        if groups > self.groups {
            *self = Self { groups, partners: partners() };
        } else if groups == self.groups {
            self.partners |= partners();
        }
    }
}
