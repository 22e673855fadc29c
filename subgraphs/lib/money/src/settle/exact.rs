//! The least plan with the fewest transfers, as long as it can be found in time.
//!
//! The plan grows one transfer at a time. The next one is the least transfer of any plan with the fewest: it is from the first
//! debtor, to the first creditor who can be in one zero-sum group with that debtor while there are as many groups as possible,
//! and as large as the two allow. Within such a group any transfer between a debtor and a creditor that settles one of them can
//! be part of the plan, since what remains is a zero-sum group with one person less.
//!
//! Exactly opposite balances can always form a group, which counts groups where there are too many subsets. But it must not
//! choose the plan, or no plan could be stable: a balance that is partly paid may come to be the opposite of another.

use super::{
    budget::Budget,
    groups::{self, Kinds},
    moves::{Move, Open, book},
};

/// Transfers are tried one by one among so many people at most: it takes more than the square of their number.
const MOST_FOR_TRIALS: usize = 64;

/// The first creditor whom a debtor can pay in a plan with the fewest transfers, and how many groups such a plan has.
struct Least {
    creditor: usize,
    groups: usize,
}

/// The least plan, or nothing when the search would take too long.
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
        // What is left of one group is one group.
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
        None if open.len() <= MOST_FOR_TRIALS => least_partner_by_trial(open, debtor, budget),
        None => None,
    }
}

/// The same answer, found by counting the groups after each possible transfer.
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
