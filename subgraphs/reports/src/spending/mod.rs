//! Spending of groups and people, by category, month, member and group.

mod expense;
mod month;
mod operations;
mod report;
mod store;
mod sums;

pub(crate) use month::Range;
pub(crate) use operations::Spending;
pub(crate) use report::{CategoryTotal, GroupReport, MemberTotal, MonthTotal, SpendingReport};
pub(crate) use store::migrations::MIGRATIONS;
