//! What can be done with expenses, drafts and advice. Every operation reads: authorise, load, decide, store, return.

mod advice;
mod draft;
mod expense;
mod reading;

use contracts::{
    ExpenseId, GroupId,
    roster::{Membership, membership},
};
use kit::{Caller, Outcome};
use serde_json::Value;

use crate::Expenses;

pub(crate) use reading::Cause;

/// The person's request, so that a second one can be told from a repetition.
pub(crate) struct Request {
    pub(crate) idempotency_key: String,
    pub(crate) body: Value,
}

/// The version of an expense that a change is based on.
#[derive(Clone, Copy)]
pub(crate) struct ExpectedVersion {
    pub(crate) id: ExpenseId,
    pub(crate) version: i64,
}

impl Expenses {
    /// The group in which the caller is about to change something, asked afresh.
    async fn membership(&self, caller: &Caller, group: GroupId) -> Outcome<Membership> {
        Ok(membership(&*self.rosters, &caller.asker()?, caller.user()?, group).await?)
    }
}
