//! The fields that reports adds to a group. They are `Option<Outcome<..>>`, so that a field that fails becomes null
//! with an error and the rest of the response stays.

use async_graphql::{Context, ID, Object};
use kit::{
    Caller, Outcome,
    graphql::{Connection, Date, DateTime, data, request},
};

use super::{
    activity::{Activity, ActivityFilter, activities},
    budget::Budget,
    loaders::Loaders,
    reference::Group,
    spending::{GroupReport, WeekTotal, range, week_range},
};
use crate::services::Services;

/// A group that shares expenses.
#[Object]
impl Group {
    /// The group's id.
    async fn id(&self) -> ID {
        self.0.group().to_string().into()
    }

    /// The spending of the group from the day `from` to the day `to`, both included.
    async fn report(&self, ctx: &Context<'_>, from: Option<Date>, to: Option<Date>) -> Option<Outcome<GroupReport>> {
        let report = async {
            let range = range(from, to)?;
            data::<Loaders>(ctx)?.group_report(self.0, range).await?.try_into()
        };
        Some(report.await)
    }

    /// The spending of the group by week, ascending and without gaps, from the day `from` to the day `to`: at most two years.
    async fn weeks(&self, ctx: &Context<'_>, from: Date, to: Date) -> Option<Outcome<Vec<WeekTotal>>> {
        let weeks = async {
            let range = week_range(&from, &to)?;
            let weeks = request::<Services>(ctx)?.0.spending.group_weeks(self.0, range).await?;
            Ok(weeks.into_iter().map(Into::into).collect())
        };
        Some(weeks.await)
    }

    /// The activities in the group, newest first.
    async fn activity(
        &self,
        ctx: &Context<'_>,
        #[graphql(default_with = "Some(50)")] first: Option<i32>,
        after: Option<String>,
        filter: Option<ActivityFilter>,
    ) -> Option<Outcome<Connection<Activity>>> {
        Some(activities(ctx, &[self.0], filter, (first, after.as_deref())).await)
    }

    /// Up to when the caller has seen the group's activities, here or among those of all groups; null for who has never
    /// looked.
    async fn activity_seen_up_to(&self, ctx: &Context<'_>) -> Option<Outcome<Option<DateTime>>> {
        let seen = async {
            let (services, caller) = request::<Services>(ctx)?;
            let seen = services.activities.seen_up_to(caller.user()?, Some(self.0.group())).await?;
            Ok(seen.map(Into::into))
        };
        Some(seen.await)
    }

    /// The group's monthly budgets, at most 50, with what is spent of them this month.
    async fn budgets(&self, ctx: &Context<'_>) -> Option<Outcome<Vec<Budget>>> {
        let budgets = async {
            let (services, caller) = request::<Services>(ctx)?;
            let budgets = services.budgets.of_group(caller, self.0).await?;
            Ok(budgets.into_iter().map(Into::into).collect())
        };
        Some(budgets.await)
    }
}

#[derive(Default)]
pub(super) struct GroupEntity;

#[Object]
impl GroupEntity {
    #[graphql(entity)]
    async fn group_entity(&self, ctx: &Context<'_>, id: ID) -> Outcome<Option<Group>> {
        data::<Caller>(ctx)?.user()?;
        let Some(group) = kit::graphql::id(&id) else { return Ok(None) };
        let membership = data::<Loaders>(ctx)?.membership(group).await?;
        Ok(membership.map(Group))
    }
}
