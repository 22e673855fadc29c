//! The API of spending reports.

use async_graphql::SimpleObject;
use contracts::GroupId;
use kit::{
    Failure, Outcome,
    graphql::{Date, Money},
};

use super::reference::{Group, Member, by_group};
use crate::{
    directory::Membership,
    spending::{self, Range},
};

/// The spending in one category and currency.
#[derive(SimpleObject)]
pub(super) struct CategoryTotal {
    /// The category, such as "groceries".
    category: String,
    /// The total of its expenses.
    total: Money,
    /// The number of expenses.
    count: i32,
}

/// The spending in one month and currency.
#[derive(SimpleObject)]
pub(super) struct MonthTotal {
    /// The month, such as "2026-11".
    month: String,
    /// The total of its expenses; zero in a month without spending.
    total: Money,
}

/// What one member paid and owes, in one currency.
#[derive(SimpleObject)]
pub(super) struct MemberTotal {
    /// The member.
    member: Member,
    /// The total that the member paid.
    paid: Money,
    /// The sum of the member's shares.
    share: Money,
}

/// The sum of the user's own shares in one group and currency.
#[derive(SimpleObject)]
pub(super) struct GroupTotal {
    /// The group.
    group: Group,
    /// The sum of the shares.
    total: Money,
}

/// The spending of a group. Each currency has rows of its own.
#[derive(SimpleObject)]
pub(super) struct GroupReport {
    /// The spending by category, sorted by currency, then by total (largest first), then by name. The 100 largest of each
    /// currency; the rest is part of "other".
    by_category: Vec<CategoryTotal>,
    /// The spending by month, ascending and without gaps (up to ten years), from the month of `from` to the month of
    /// `to`. An end that is not given is the first or last month with spending.
    by_month: Vec<MonthTotal>,
    /// What each member paid and owes.
    by_member: Vec<MemberTotal>,
    /// The total of all expenses, one row per currency.
    total: Vec<Money>,
    /// The report includes all changes of the group's expenses up to this version and none after it.
    up_to_version: i32,
}

/// A user's own shares over all groups. Each currency has rows of its own.
#[derive(SimpleObject)]
pub(super) struct SpendingReport {
    /// The shares by category, sorted by currency, then by total (largest first), then by name. The 100 largest of each
    /// currency; the rest is part of "other".
    by_category: Vec<CategoryTotal>,
    /// The shares by month, ascending and without gaps (up to ten years), from the month of `from` to the month of
    /// `to`. An end that is not given is the first or last month with spending.
    by_month: Vec<MonthTotal>,
    /// The shares by group, sorted by currency, then by total (largest first).
    by_group: Vec<GroupTotal>,
    /// The total of all shares, one row per currency.
    total: Vec<Money>,
}

impl TryFrom<spending::CategoryTotal> for CategoryTotal {
    type Error = Failure;

    fn try_from(row: spending::CategoryTotal) -> Outcome<Self> {
        let count = i32::try_from(row.count).map_err(Failure::internal)?;
        Ok(Self { category: row.category, total: row.total.into(), count })
    }
}

impl From<spending::MonthTotal> for MonthTotal {
    fn from(row: spending::MonthTotal) -> Self {
        Self { month: row.month.to_string(), total: row.total.into() }
    }
}

impl From<spending::MemberTotal> for MemberTotal {
    fn from(row: spending::MemberTotal) -> Self {
        Self { member: row.member_id.into(), paid: row.paid.into(), share: row.share.into() }
    }
}

impl TryFrom<spending::GroupReport> for GroupReport {
    type Error = Failure;

    fn try_from(report: spending::GroupReport) -> Outcome<Self> {
        Ok(Self {
            by_category: report.by_category.into_iter().map(TryInto::try_into).collect::<Outcome<_>>()?,
            by_month: report.by_month.into_iter().map(Into::into).collect(),
            by_member: report.by_member.into_iter().map(Into::into).collect(),
            total: report.total.into_iter().map(Into::into).collect(),
            up_to_version: i32::try_from(report.up_to_version).map_err(Failure::internal)?,
        })
    }
}

impl SpendingReport {
    pub(super) fn new(report: spending::SpendingReport, memberships: &[Membership]) -> Outcome<Self> {
        let groups = by_group(memberships);
        let of_group = |(group, total): (GroupId, money::Amount)| {
            Some(GroupTotal { group: Group(*groups.get(&group)?), total: total.into() })
        };
        Ok(Self {
            by_category: report.by_category.into_iter().map(TryInto::try_into).collect::<Outcome<_>>()?,
            by_month: report.by_month.into_iter().map(Into::into).collect(),
            by_group: report.by_group.into_iter().filter_map(of_group).collect(),
            total: report.total.into_iter().map(Into::into).collect(),
        })
    }
}

/// Reads the range of days; refuses an invalid day or a reversed range.
pub(super) fn range(from: Option<Date>, to: Option<Date>) -> Outcome<Range> {
    let from = from.map(|date| date.day("from")).transpose()?;
    let to = to.map(|date| date.day("to")).transpose()?;
    Ok(Range::new(from, to)?)
}
