//! What can be done with expenses, drafts and advice. Every operation reads: authorise, load, decide, store, return.

mod advice;
mod draft;
mod expense;
mod reading;

use contracts::ExpenseId;
use serde_json::Value;

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
