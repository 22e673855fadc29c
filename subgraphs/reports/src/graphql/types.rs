//! The types of the schema. A field of a group or a user that fails is null with an error, and leaves
//! the rest of the answer as it is: hence `Option<Outcome<..>>`.

use std::collections::HashMap;

use async_graphql::{Context, ID, Object, SimpleObject};
use contracts::{GroupId, MemberId, UserId};
use kit::{
    Failure, Outcome,
    graphql::{Connection, Date, DateTime, Money, PageRequest},
};

use super::loaders::Loaders;
use crate::{Reports, activity, membership::Membership, operations::Feed, report};

/// A member of a group.
#[derive(SimpleObject)]
#[graphql(unresolvable = "id")]
pub(super) struct Member {
    id: ID,
}

impl From<MemberId> for Member {
    fn from(id: MemberId) -> Self {
        Self { id: id.to_string().into() }
    }
}

/// A group that the caller is or was in: it cannot be made without that.
pub(super) struct Group(pub(super) Membership);

/// A group that shares expenses.
#[Object]
impl Group {
    /// The group's id.
    async fn id(&self) -> ID {
        self.0.group().to_string().into()
    }

    /// What the group spent, from the first to the last of these days.
    async fn report(&self, ctx: &Context<'_>, from: Option<Date>, to: Option<Date>) -> Option<Outcome<GroupReport>> {
        let report = async {
            let range = range(from, to)?;
            ctx.data_unchecked::<Loaders>().group_report(self.0, range).await?.try_into()
        };
        Some(report.await)
    }

    /// What happened in the group, newest first.
    async fn activity(
        &self,
        ctx: &Context<'_>,
        #[graphql(default_with = "Some(50)")] first: Option<i32>,
        after: Option<String>,
    ) -> Option<Outcome<Connection<Activity>>> {
        Some(activities(ctx, &[self.0], first, after.as_deref()).await)
    }
}

/// A person with an account.
pub(super) struct User(pub(super) UserId);

/// A person with an account.
#[Object]
impl User {
    /// The user's id.
    async fn id(&self) -> ID {
        self.0.to_string().into()
    }

    /// What the user's own shares make, from the first to the last of these days; only for oneself.
    async fn report(&self, ctx: &Context<'_>, from: Option<Date>, to: Option<Date>) -> Option<Outcome<SpendingReport>> {
        let report = async {
            let range = range(from, to)?;
            let memberships = ctx.data_unchecked::<Loaders>().own_memberships(self.0).await?;
            let report = reports(ctx).own_report(&memberships, range).await?;
            SpendingReport::new(report, &memberships)
        };
        Some(report.await)
    }

    /// What happened in all groups of the user, newest first; only for oneself.
    async fn activity(
        &self,
        ctx: &Context<'_>,
        #[graphql(default_with = "Some(50)")] first: Option<i32>,
        after: Option<String>,
    ) -> Option<Outcome<Connection<Activity>>> {
        let activity = async {
            let memberships = ctx.data_unchecked::<Loaders>().own_memberships(self.0).await?;
            activities(ctx, &memberships, first, after.as_deref()).await
        };
        Some(activity.await)
    }
}

/// What was spent in one category and currency.
#[derive(SimpleObject)]
pub(super) struct CategoryTotal {
    /// The category, such as "groceries".
    category: String,
    /// How much was spent.
    total: Money,
    /// By how many expenses.
    count: i32,
}

/// What was spent in one month and currency.
#[derive(SimpleObject)]
pub(super) struct MonthTotal {
    /// The month, such as "2026-11".
    month: String,
    /// How much was spent; months without spending are there with zero.
    total: Money,
}

/// What one member paid and had a share in, in one currency.
#[derive(SimpleObject)]
pub(super) struct MemberTotal {
    /// The member.
    member: Member,
    /// What the member paid.
    paid: Money,
    /// What the member's shares make.
    share: Money,
}

/// What the user's own shares in one group make, in one currency.
#[derive(SimpleObject)]
pub(super) struct GroupTotal {
    /// The group.
    group: Group,
    /// How much.
    total: Money,
}

/// What a group spent; each currency has rows of its own.
#[derive(SimpleObject)]
pub(super) struct GroupReport {
    /// By category: sorted by currency, the largest first, then by name.
    by_category: Vec<CategoryTotal>,
    /// By month: ascending and without gaps (up to a hundred years), from the month of `from` to the month of `to`; an end
    /// that is not given is the first or last month with spending.
    by_month: Vec<MonthTotal>,
    /// By member.
    by_member: Vec<MemberTotal>,
    /// Everything, one row per currency.
    total: Vec<Money>,
    /// Every change of the group's expenses up to this version is counted, and none after it.
    up_to_version: i32,
}

/// What a user's own shares make over all groups; each currency has rows of its own.
#[derive(SimpleObject)]
pub(super) struct SpendingReport {
    /// By category: sorted by currency, the largest first, then by name.
    by_category: Vec<CategoryTotal>,
    /// By month: ascending and without gaps (up to a hundred years), from the month of `from` to the month of `to`; an end
    /// that is not given is the first or last month with spending.
    by_month: Vec<MonthTotal>,
    /// By group: sorted by currency, the largest first.
    by_group: Vec<GroupTotal>,
    /// Everything, one row per currency.
    total: Vec<Money>,
}

/// Something that happened in a group.
#[derive(SimpleObject)]
pub(super) struct Activity {
    /// The activity's id.
    id: ID,
    /// When it happened.
    at: DateTime,
    /// What kind of thing happened, such as "expense.created".
    #[graphql(name = "type")]
    kind: String,
    /// In which group.
    group: Option<Group>,
    /// Who did it; null for what Quits did by itself.
    actor: Option<User>,
    /// What happened, in plain words.
    summary: String,
}

impl TryFrom<report::CategoryTotal> for CategoryTotal {
    type Error = Failure;

    fn try_from(row: report::CategoryTotal) -> Outcome<Self> {
        let count = i32::try_from(row.count).map_err(Failure::internal)?;
        Ok(Self { category: row.category, total: row.total.into(), count })
    }
}

impl From<report::MonthTotal> for MonthTotal {
    fn from(row: report::MonthTotal) -> Self {
        Self { month: row.month.to_string(), total: row.total.into() }
    }
}

impl From<report::MemberTotal> for MemberTotal {
    fn from(row: report::MemberTotal) -> Self {
        Self { member: row.member_id.into(), paid: row.paid.into(), share: row.share.into() }
    }
}

impl TryFrom<report::GroupReport> for GroupReport {
    type Error = Failure;

    fn try_from(report: report::GroupReport) -> Outcome<Self> {
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
    fn new(report: report::SpendingReport, memberships: &[Membership]) -> Outcome<Self> {
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

async fn activities(
    ctx: &Context<'_>,
    memberships: &[Membership],
    first: Option<i32>,
    after: Option<&str>,
) -> Outcome<Connection<Activity>> {
    let request = PageRequest::new(first, after)?;
    let Feed { page, names } = reports(ctx).feed(memberships, &request).await?;
    let groups = by_group(memberships);
    Ok(page.connection(|activity: activity::Activity| Activity {
        summary: activity.summary(&names),
        id: activity.id.into(),
        at: activity.at.into(),
        kind: activity.kind,
        group: groups.get(&activity.group_id).copied().map(Group),
        actor: activity.actor.map(User),
    }))
}

fn by_group(memberships: &[Membership]) -> HashMap<GroupId, Membership> {
    memberships.iter().map(|membership| (membership.group(), *membership)).collect()
}

fn range(from: Option<Date>, to: Option<Date>) -> Outcome<report::Range> {
    let from = from.map(|date| date.day("from")).transpose()?;
    let to = to.map(|date| date.day("to")).transpose()?;
    Ok(report::Range::new(from, to)?)
}

fn reports<'a>(ctx: &Context<'a>) -> &'a Reports {
    ctx.data_unchecked::<std::sync::Arc<Reports>>()
}
