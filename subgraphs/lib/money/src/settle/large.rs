//! A heuristic plan if the least plan cannot be found within the budget. It never has more transfers than the greedy
//! plan.

use std::{cmp::Reverse, collections::BTreeSet};

use super::{
    budget::Budget,
    exact,
    groups::{self, Kinds},
    moves::{Move, Open, Plan, book},
};

/// The maximum number of subsets of one window of people in which zero-sum groups are searched; small enough to be
/// fast.
const WINDOW: usize = 1 << 16;

/// Returns the best of several plans, marked as minimal if a bound proves it. The plan is not stable: it may change
/// after part of it is booked.
pub(super) fn good_plan(open: &[Open], budget: &mut Budget) -> Plan {
    let (pairs, rest) = groups::without_pairs(open);
    if let Some(moves) = exact::least_plan(&rest, budget) {
        return Plan { moves: [pairs, moves].concat(), minimal: true };
    }
    let fewest = open.len() - pairs.len() - most_groups_without_pairs(&rest);
    let thorough = [pairs, by_windows(&rest, budget)].concat();
    let plain = greedy(open.to_vec());
    let moves = [thorough, plain].into_iter().min_by_key(Vec::len).unwrap_or_default();
    Plan { minimal: moves.len() == fewest, moves }
}

/// An upper bound on the number of groups: each has a debtor, a creditor and, because pairs are excluded, a third
/// person.
fn most_groups_without_pairs(open: &[Open]) -> usize {
    let creditors = open.iter().filter(|open| open.balance.is_positive()).count();
    creditors.min(open.len() - creditors).min(open.len() / 3)
}

/// Settles the zero-sum groups within each window of people, and then the rest greedily.
fn by_windows(open: &[Open], budget: &mut Budget) -> Vec<Move> {
    let mut open = mixed(open);
    let mut moves = Vec::new();
    let mut begin = 0;
    while begin < open.len() {
        let window = &open[begin..begin + window_at(&open[begin..])];
        let step = window.len().div_ceil(2);
        let found = groups_within(window, budget);
        let settled: BTreeSet<usize> = found.iter().flat_map(|one| [one.from, one.to]).collect();
        open.retain(|open| !settled.contains(&open.person));
        moves.extend(found);
        begin += step;
    }
    moves.extend(greedy(open));
    moves
}

/// Sorts people by the size of their balances and interleaves debtors and creditors in a constant proportion, because
/// each group needs both.
fn mixed(open: &[Open]) -> Vec<Open> {
    let (mut debtors, mut creditors): (Vec<Open>, Vec<Open>) = open.iter().partition(|open| open.balance.is_negative());
    for side in [&mut debtors, &mut creditors] {
        side.sort_by_key(|open| (open.balance.abs(), open.person));
    }
    let (rows, columns) = (debtors.len(), creditors.len());
    let debtors = debtors.into_iter().enumerate().map(|(rank, open)| (rank * columns, open));
    let creditors = creditors.into_iter().enumerate().map(|(rank, open)| (rank * rows, open));
    let mut placed: Vec<(usize, Open)> = debtors.chain(creditors).collect();
    placed.sort_by_key(|(rank, open)| (*rank, open.person));
    placed.into_iter().map(|(_, open)| open).collect()
}

/// The number of people from the first on that fit into one window.
fn window_at(open: &[Open]) -> usize {
    let is_quick = |people: &usize| Kinds::of(&open[..*people], WINDOW).is_some();
    (1..=open.len()).take_while(is_quick).last().unwrap_or(1)
}

/// Returns the transfers of as many zero-sum groups as possible inside a window.
fn groups_within(window: &[Open], budget: &mut Budget) -> Vec<Move> {
    // All people outside the window count as one person. The transfers of that person's group are dropped.
    let everybody_else = Open { person: usize::MAX, balance: -window.iter().map(|open| open.balance).sum::<i128>() };
    let people = window.iter().copied().chain([everybody_else]).filter(|open| open.balance != 0);
    let mut moves = exact::least_plan(&people.collect::<Vec<_>>(), budget).unwrap_or_default();
    let mut undecided = BTreeSet::from([everybody_else.person]);
    while let Some(position) = moves.iter().position(|one| undecided.contains(&one.from) || undecided.contains(&one.to))
    {
        let Move { from, to, .. } = moves.swap_remove(position);
        undecided.extend([from, to]);
    }
    moves
}

/// The greedy plan: the largest debtor pays the largest creditor.
fn greedy(mut open: Vec<Open>) -> Vec<Move> {
    let mut moves = Vec::new();
    while !open.is_empty() {
        let most = |sign: i128| (0..open.len()).max_by_key(|person| (sign * open[*person].balance, Reverse(*person)));
        let (Some(debtor), Some(creditor)) = (most(-1), most(1)) else { break };
        moves.push(book(&mut open, debtor, creditor));
    }
    moves
}
