//! Spending of groups and people, by category, month, member and group.

mod expense;
mod month;
mod operations;
mod report;
mod store;
mod sums;
mod table;
mod week;

pub(crate) use expense::Expense;
pub(crate) use month::{Month, Range};
pub(crate) use operations::Spending;
pub(crate) use report::{CategoryTotal, GroupReport, MemberTotal, MonthTotal, SpendingReport, Spent};
pub(crate) use store::migrations::MIGRATIONS;
pub(crate) use week::{WeekRange, WeekTotal};
