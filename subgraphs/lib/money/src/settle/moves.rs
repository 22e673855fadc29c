//! The data of the search: open balances and the moves that settle them.

/// A person with a non-zero balance, in one currency.
#[derive(Clone, Copy, Debug)]
pub(super) struct Open {
    /// The index in the list of people, sorted by member.
    pub(super) person: usize,
    /// In minor units, positive if the person is owed. 128 bits, so that no sum of balances overflows.
    pub(super) balance: i128,
}

/// A transfer between two people, given by their indexes.
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

/// Books the largest transfer between two people and removes those whom it settles.
pub(super) fn book(open: &mut Vec<Open>, debtor: usize, creditor: usize) -> Move {
    let minor = open[creditor].balance.min(-open[debtor].balance);
    let done = Move { from: open[debtor].person, to: open[creditor].person, minor };
    open[debtor].balance += minor;
    open[creditor].balance -= minor;
    open.retain(|open| open.balance != 0);
    done
}
