//! The fields that reports adds to a user.

use async_graphql::{Context, ID, Object};
use contracts::UserId;
use kit::{
    Caller, Outcome,
    graphql::{Connection, Date, DateTime, data, request},
};

use super::{
    activity::{Activity, ActivityFilter, activities},
    budget::Budget,
    loaders::Loaders,
    reference::User,
    spending::{SpendingReport, WeekTotal, range, week_range},
};
use crate::{refusal::Refusal, services::Services};

/// A person with an account.
#[Object]
impl User {
    /// The user's id.
    async fn id(&self) -> ID {
        self.0.to_string().into()
    }

    /// The user's own shares from the day `from` to the day `to`, both included. Only for the caller's own user.
    async fn report(&self, ctx: &Context<'_>, from: Option<Date>, to: Option<Date>) -> Option<Outcome<SpendingReport>> {
        let report = async {
            let range = range(from, to)?;
            let memberships = data::<Loaders>(ctx)?.own_memberships(self.0).await?;
            let report = request::<Services>(ctx)?.0.spending.own_report(&memberships, range).await?;
            SpendingReport::new(report, &memberships)
        };
        Some(report.await)
    }

    /// The user's own shares by week, ascending and without gaps, from the day `from` to the day `to`: at most two years. Only
    /// for the caller's own user.
    async fn weeks(&self, ctx: &Context<'_>, from: Date, to: Date) -> Option<Outcome<Vec<WeekTotal>>> {
        let weeks = async {
            let range = week_range(&from, &to)?;
            let memberships = data::<Loaders>(ctx)?.own_memberships(self.0).await?;
            let weeks = request::<Services>(ctx)?.0.spending.own_weeks(&memberships, range).await?;
            Ok(weeks.into_iter().map(Into::into).collect())
        };
        Some(weeks.await)
    }

    /// The activities in all groups of the user, newest first. Only for the caller's own user.
    async fn activity(
        &self,
        ctx: &Context<'_>,
        #[graphql(default_with = "Some(50)")] first: Option<i32>,
        after: Option<String>,
        filter: Option<ActivityFilter>,
    ) -> Option<Outcome<Connection<Activity>>> {
        let activity = async {
            let memberships = data::<Loaders>(ctx)?.own_memberships(self.0).await?;
            activities(ctx, &memberships, filter, (first, after.as_deref())).await
        };
        Some(activity.await)
    }

    /// Up to when the caller has seen the activities of all groups; null for who has never looked. Only for the caller's own
    /// user.
    async fn activity_seen_up_to(&self, ctx: &Context<'_>) -> Option<Outcome<Option<DateTime>>> {
        let seen = async {
            let (services, caller) = request::<Services>(ctx)?;
            if caller.user()? != self.0 {
                return Err(Refusal::OnlyOneself.into());
            }
            Ok(services.activities.seen_up_to(self.0, None).await?.map(Into::into))
        };
        Some(seen.await)
    }

    /// The user's own monthly budgets, at most 50, with what is spent of them this month; only for oneself.
    async fn budgets(&self, ctx: &Context<'_>) -> Option<Outcome<Vec<Budget>>> {
        let budgets = async {
            let memberships = data::<Loaders>(ctx)?.own_memberships(self.0).await?;
            let (services, caller) = request::<Services>(ctx)?;
            let budgets = services.budgets.of_user(caller, self.0, &memberships).await?;
            Ok(budgets.into_iter().map(Into::into).collect())
        };
        Some(budgets.await)
    }
}

#[derive(Default)]
pub(super) struct UserEntity;

#[Object]
impl UserEntity {
    #[graphql(entity)]
    async fn user_entity(&self, ctx: &Context<'_>, id: ID) -> Outcome<Option<User>> {
        let own = data::<Caller>(ctx)?.user()?;
        let user = kit::graphql::id(&id).filter(|user: &UserId| *user == own);
        Ok(user.map(User))
    }
}
