//! Finds the least plan with the fewest transfers, if the search stays within its budget.
//!
//! The plan grows one transfer at a time. The next one is the least transfer of all plans with the fewest transfers:
//! its payer is the first debtor, its receiver is the first creditor who can be in one zero-sum group with that debtor
//! while the number of groups is maximal, and its amount is the largest that both balances allow. Within such a group,
//! any transfer that settles its debtor or its creditor can be part of the plan, because what remains is a zero-sum
//! group with one person less.
//!
//! Two exactly opposite balances can always form a group of their own. This is used to count the groups if there are
//! too many subsets. It must not be used to choose the plan, which would not be stable then: a partly paid balance may
//! become the opposite of another one.

use super::{
    budget::Budget,
    groups::{self, Kinds},
    moves::{Move, Open, book},
};

/// The maximum number of people for which transfers are tried one by one, which takes more than quadratic time.
const MAX_PEOPLE_FOR_TRIALS: usize = 64;

/// The first creditor whom a debtor can pay in a plan with the fewest transfers, and the number of groups in such a
/// plan.
struct Least {
    creditor: usize,
    groups: usize,
}

/// Returns the least plan; `None` if the search would exceed the budget.
pub(super) fn least_plan(open: &[Open], budget: &mut Budget) -> Option<Vec<Move>> {
    let mut open = open.to_vec();
    let mut moves = Vec::new();
    let mut is_one_group = false;
    while let Some(debtor) = open.iter().position(|open| open.balance.is_negative()) {
        let least = if is_one_group || groups::must_be_one(&open) {
            creditors(&open).next().map(|creditor| Least { creditor, groups: 1 })
        } else {
            least_partner(&open, debtor, budget)
        }?;
        // After a transfer inside a single group, the rest is still a single group.
        is_one_group = least.groups == 1;
        moves.push(book(&mut open, debtor, least.creditor));
    }
    Some(moves)
}

fn least_partner(open: &[Open], debtor: usize, budget: &mut Budget) -> Option<Least> {
    let others: Vec<Open> = open.iter().copied().filter(|other| other.person != open[debtor].person).collect();
    let limit = budget.limit();
    match Kinds::of(&others, limit).filter(|kinds| kinds.work() <= limit) {
        Some(kinds) => {
            budget.spend(kinds.subsets());
            let found = kinds.most_groups();
            let creditor = creditors(open).find(|creditor| kinds.can_be_partner(&found, open[*creditor].balance))?;
            Some(Least { creditor, groups: usize::from(found.groups) })
        }
        None if open.len() <= MAX_PEOPLE_FOR_TRIALS => least_partner_by_trial(open, debtor, budget),
        None => None,
    }
}

/// Like [`least_partner`], found by counting the groups after each possible transfer.
fn least_partner_by_trial(open: &[Open], debtor: usize, budget: &mut Budget) -> Option<Least> {
    let limit = budget.limit() / (open.len() * creditors(open).count());
    let most = groups::most(open, limit, budget)?;
    for creditor in creditors(open) {
        let is_pair = open[creditor].balance == -open[debtor].balance;
        let mut rest = open.to_vec();
        book(&mut rest, debtor, creditor);
        if is_pair || groups::most(&rest, limit, budget)? == most {
            return Some(Least { creditor, groups: most });
        }
    }
    None
}

fn creditors(open: &[Open]) -> impl Iterator<Item = usize> {
    (0..open.len()).filter(|person| open[*person].balance.is_positive())
}
