//! The API of spending reports.

use async_graphql::{Context, ID, Object, SimpleObject};
use contracts::GroupId;
use kit::{
    Failure, Outcome,
    graphql::{Date, Money, data, read_id, request},
};

use super::{
    loaders::Loaders,
    reference::{Group, Member, by_group},
};
use crate::{
    directory::Membership,
    refusal::Refusal,
    services::Services,
    spending::{self, Range, WeekRange},
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
    /// The month's spending in this currency by category, the largest first, then by name. The 100 largest; the rest is
    /// part of "other".
    by_category: Vec<CategoryTotal>,
}

/// The spending in one week and currency.
#[derive(SimpleObject)]
pub(super) struct WeekTotal {
    /// The Monday with which the week begins.
    week: Date,
    /// The total of its expenses; zero in a week without spending.
    total: Money,
}

/// A file with a report.
#[derive(SimpleObject)]
pub(super) struct ReportFile {
    /// What to call it, such as "quits-report-2026-11.csv".
    filename: String,
    /// Its media type.
    media_type: String,
    /// Its text.
    content: String,
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

impl TryFrom<spending::MonthTotal> for MonthTotal {
    type Error = Failure;

    fn try_from(row: spending::MonthTotal) -> Outcome<Self> {
        let by_category = row.by_category.into_iter().map(CategoryTotal::try_from).collect::<Outcome<_>>()?;
        Ok(Self { month: row.month.to_string(), total: row.total.into(), by_category })
    }
}

impl From<spending::WeekTotal> for WeekTotal {
    fn from(row: spending::WeekTotal) -> Self {
        Self { week: row.monday.into(), total: row.total.into() }
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
            by_month: report.by_month.into_iter().map(TryInto::try_into).collect::<Outcome<_>>()?,
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
            by_month: report.by_month.into_iter().map(TryInto::try_into).collect::<Outcome<_>>()?,
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

/// Reads the range of weeks; refuses an invalid day, a reversed range and a long one.
pub(super) fn week_range(from: &Date, to: &Date) -> Outcome<WeekRange> {
    Ok(WeekRange::new(from.day("from")?, to.day("to")?)?)
}

#[derive(Default)]
pub(super) struct SpendingQuery;

#[Object]
impl SpendingQuery {
    /// The report of a group, or without one of the caller's own shares, as CSV: from the day `from` to the day `to`, both
    /// included.
    async fn report_file(
        &self,
        ctx: &Context<'_>,
        group_id: Option<ID>,
        from: Option<Date>,
        to: Option<Date>,
    ) -> Outcome<ReportFile> {
        let (services, caller) = request::<Services>(ctx)?;
        let (user, range, loaders) = (caller.user()?, range(from, to)?, data::<Loaders>(ctx)?);
        let content = match group_id {
            Some(group) => {
                let group = read_id(&group, Refusal::GroupNotFound)?;
                let membership = loaders.membership(group).await?.ok_or(Refusal::GroupNotFound)?;
                services.spending.group_table(membership, range).await?
            }
            None => services.spending.own_table(&loaders.own_memberships(user).await?, range).await?,
        };
        Ok(ReportFile { filename: filename(range), media_type: "text/csv".to_owned(), content })
    }
}

fn filename(range: Range) -> String {
    let days = [range.from(), range.to()].into_iter().flatten().map(|day| format!("-{day}"));
    format!("quits-report{}.csv", days.collect::<String>())
}
