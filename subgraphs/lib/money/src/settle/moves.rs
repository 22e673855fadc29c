//! What a search for a plan works on: who is open, and the moves that settle them.

/// Somebody with a balance that is not zero, in one currency.
#[derive(Clone, Copy, Debug)]
pub(super) struct Open {
    /// The position among those to be settled, sorted by member.
    pub(super) person: usize,
    /// Minor units, positive when owed; wide, so that no sum of balances overflows.
    pub(super) balance: i128,
}

/// A transfer between two people.
#[derive(Clone, Copy, Debug)]
pub(super) struct Move {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) minor: i128,
}

pub(super) struct Plan {
    pub(super) moves: Vec<Move>,
    pub(super) minimal: bool,
}

/// Books the largest transfer between two people and drops whoever is settled by it.
pub(super) fn book(open: &mut Vec<Open>, debtor: usize, creditor: usize) -> Move {
    let minor = open[creditor].balance.min(-open[debtor].balance);
    let done = Move { from: open[debtor].person, to: open[creditor].person, minor };
    open[debtor].balance += minor;
    open[creditor].balance -= minor;
    open.retain(|open| open.balance != 0);
    done
}
