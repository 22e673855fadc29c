//! The API of notifications.

use async_graphql::{Context, ID, Object, Result, SimpleObject, Subscription};
use contracts::Timestamp;
use futures::{StreamExt, TryStreamExt, stream::BoxStream};
use kit::{
    Outcome,
    graphql::{Connection, DateTime, PageRequest, data, request},
};

use super::{
    activity::Activity,
    loaders::Loaders,
    reference::{Group, by_group},
};
use crate::{
    directory::{Membership, Names},
    notification,
    services::Services,
};

/// An activity that concerns the caller.
#[derive(SimpleObject)]
pub(super) struct Notification {
    /// The notification's id.
    id: ID,
    /// When it happened.
    at: DateTime,
    /// The kind of event, such as "expense.created".
    #[graphql(name = "type")]
    kind: String,
    /// The group; null if it happened between two people, or if the caller may not read it.
    group: Option<Group>,
    /// What happened, as an English sentence.
    summary: String,
    /// Whether the caller has marked it as read.
    read: bool,
    /// What happened, as data.
    activity: Activity,
}

impl Notification {
    fn new(
        notification: notification::Notification,
        names: &Names,
        membership: Option<Membership>,
        read_up_to: Timestamp,
    ) -> Self {
        Self {
            id: notification.id.into(),
            at: notification.at.into(),
            kind: notification.kind,
            group: membership.map(Group),
            summary: notification.activity.summary(names),
            read: notification.at <= read_up_to,
            activity: Activity::new(notification.activity, names, membership),
        }
    }
}

#[derive(Default)]
pub(super) struct NotificationQuery;

#[Object]
impl NotificationQuery {
    /// The caller's notifications, newest first.
    async fn notifications(
        &self,
        ctx: &Context<'_>,
        #[graphql(default_with = "Some(50)")] first: Option<i32>,
        after: Option<String>,
    ) -> Outcome<Connection<Notification>> {
        let (services, caller) = request::<Services>(ctx)?;
        let user = caller.user()?;
        let page = PageRequest::of(ctx, first, after.as_deref())?;
        let memberships = data::<Loaders>(ctx)?.own_memberships(user).await?;
        let found = services.notifications.page(user, &memberships, &page).await?;
        let groups = by_group(&memberships);
        Ok(found.page.connection(|one: notification::Notification| {
            let membership = one.group_id.and_then(|group| groups.get(&group).copied());
            Notification::new(one, &found.names, membership, found.read_up_to)
        }))
    }

    /// The number of the caller's unread notifications, at most 1000.
    async fn unread_notifications(&self, ctx: &Context<'_>) -> Outcome<i32> {
        let (services, caller) = request::<Services>(ctx)?;
        let user = caller.user()?;
        let memberships = data::<Loaders>(ctx)?.own_memberships(user).await?;
        Ok(shown_number(services.notifications.unread(user, &memberships).await?))
    }
}

#[derive(Default)]
pub(super) struct NotificationMutation;

#[Object]
impl NotificationMutation {
    /// Marks the caller's notifications up to this time as read. Always returns true.
    async fn mark_notifications_read(&self, ctx: &Context<'_>, up_to: DateTime) -> Outcome<bool> {
        let (services, caller) = request::<Services>(ctx)?;
        services.notifications.mark_read(caller, up_to.moment("upTo")?).await?;
        Ok(true)
    }
}

#[derive(Default)]
pub(super) struct NotificationSubscription;

#[Subscription]
impl NotificationSubscription {
    /// New notifications of the caller.
    async fn notification_added(&self, ctx: &Context<'_>) -> Result<BoxStream<'static, Notification>> {
        let (services, caller) = request::<Services>(ctx)?;
        let added = services.notifications.watch(caller).await?;
        let shown = |(one, membership, names)| Notification::new(one, &names, membership, Timestamp::EPOCH);
        Ok(added.map(shown).boxed())
    }

    /// The number of the caller's unread notifications, at most 1000: at once, and again after every change of it.
    async fn unread_notifications_changed(&self, ctx: &Context<'_>) -> Result<BoxStream<'static, Outcome<i32>>> {
        let (services, caller) = request::<Services>(ctx)?;
        Ok(services.notifications.watch_unread(caller).await?.map_ok(shown_number).boxed())
    }
}

fn shown_number(unread: u64) -> i32 {
    i32::try_from(unread).unwrap_or(i32::MAX)
}
