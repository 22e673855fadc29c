//! The ledger entries of each event. Commits and `verify` share this function.

use contracts::{
    Event, MemberId,
    event::{ExpenseChange, ExpenseFacts},
};
use kit::{Failure, Outcome};
use money::ledger::Entry;

use super::entry;

/// Returns the ledger entries of an event, in order; empty if no money moves.
pub(crate) fn postings(event: &Event) -> Outcome<Vec<Entry<MemberId>>> {
    match event {
        Event::ExpenseCreated(expense) => Ok(vec![stated(expense)?]),
        Event::ExpenseUpdated(ExpenseChange { before, after, .. }) if moves_money(before, after) => {
            Ok(vec![reversed(before)?, stated(after)?])
        }
        Event::ExpenseDeleted(change) => Ok(vec![reversed(&change.before)?]),
        Event::ExpenseRestored(change) => Ok(vec![stated(&change.after)?]),
        _ => Ok(Vec::new()),
    }
}

fn moves_money(before: &ExpenseFacts, after: &ExpenseFacts) -> bool {
    (before.total, &before.payers, &before.shares) != (after.total, &after.payers, &after.shares)
}

fn stated(expense: &ExpenseFacts) -> Outcome<Entry<MemberId>> {
    entry(&expense.payers, &expense.shares, expense.total).map_err(Failure::internal)
}

fn reversed(expense: &ExpenseFacts) -> Outcome<Entry<MemberId>> {
    stated(expense)?.reversed().map_err(Failure::internal)
}
