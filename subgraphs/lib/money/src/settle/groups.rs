//! Counts how many zero-sum groups people can form.
//!
//! The number is computed by dynamic programming over all subsets: a subset has as many groups as the best subset with
//! one person less, and one more if it adds up to zero itself. People with the same balance are interchangeable, so a
//! subset is identified by its number of people of each balance. Many people with few different balances therefore cost
//! little.

use std::collections::BTreeMap;

use super::{
    budget::Budget,
    moves::{Move, Open},
};

/// The number of kinds that vary within a block of subsets.
const KINDS_IN_BLOCK: usize = 3;

/// Whether there is only one debtor or only one creditor. Each group needs both, so there is only one group.
pub(super) fn must_be_one(open: &[Open]) -> bool {
    let creditors = open.iter().filter(|open| open.balance.is_positive()).count();
    creditors == 1 || creditors + 1 == open.len()
}

/// Returns the largest number of groups; `None` if more than `limit` subsets would have to be visited.
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

/// Splits people into all pairs of a debtor and a creditor with opposite balances, and the others.
///
/// Such a pair can always form a group without reducing the number of groups: if the two were in different groups, the
/// remaining people of both groups form one group.
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

/// People grouped by balance. A subset is encoded as a mixed-radix number with one digit per kind: the number of people
/// of that kind.
pub(super) struct Kinds {
    kinds: Vec<Kind>,
    subsets: usize,
}

struct Kind {
    balance: i128,
    count: usize,
    /// The place value of the kind's digit.
    stride: usize,
}

/// The largest number of groups if a certain person is in one of them, computed from the subsets of the others.
pub(super) struct MostGroups {
    pub(super) groups: u16,
    /// One bit per kind: whether, with this number of groups, a person of the kind can be in the group of that person.
    partners: u64,
}

impl Kinds {
    /// Groups people by balance; `None` if there are more than `limit` subsets.
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

    /// The number of subsets that are visited for the groups of one person.
    pub(super) fn subsets(&self) -> usize {
        self.subsets
    }

    /// The number of subsets that are visited if people are settled one by one, each time with one person of a kind
    /// less.
    pub(super) fn work(&self) -> usize {
        let most = self.kinds.iter().map(|kind| kind.count).max().unwrap_or(0);
        self.subsets.saturating_mul(most + 1)
    }

    /// Whether a person with this balance can be in the group of the person who is not among the kinds.
    pub(super) fn can_be_partner(&self, found: &MostGroups, balance: i128) -> bool {
        let kind = self.kinds.partition_point(|kind| kind.balance < balance);
        found.partners >> kind & 1 == 1
    }

    /// Visits all subsets in blocks that differ only in the first few kinds. For each other kind, the subset with one
    /// person less is at the same distance for the whole block, so that the compiler can vectorise the loop.
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
                // The empty subset counts too: then all people form one group.
                current[place] = most + u16::from(is_zero_sum);
                if is_zero_sum {
                    best.take(current[place], || self.left_over(begin + place));
                }
            }
            sum += increment(outer, &mut digits);
        }
        best
    }

    /// One bit for each kind of which the subset does not contain all people.
    fn left_over(&self, subset: usize) -> u64 {
        let has_all = |kind: &Kind| subset / kind.stride % (kind.count + 1) == kind.count;
        self.kinds.iter().enumerate().filter(|(_, kind)| !has_all(kind)).map(|(place, _)| 1 << place).sum()
    }
}

/// A subset of the kinds that vary within a block.
struct Inner {
    sum: i128,
    /// The distance to the subset with one person of the kind less; zero if the subset has none of the kind.
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

/// Advances to the next subset, and from the last to the first. Returns the change of the sum.
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
