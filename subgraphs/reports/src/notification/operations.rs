//! Collecting, reading and watching notifications. Reading about a group takes a [`Membership`], the proof that groups
//! has authorised the caller.

use std::sync::Arc;

use contracts::{Envelope, Event, GroupId, Timestamp, UserId, event::UserFacts};
use futures::{FutureExt, Stream, StreamExt};
use kit::{
    Caller, Outcome,
    graphql::{Page, PageRequest},
    mongo::Write,
    role::Resources,
    run_to_end,
};
use tokio_util::sync::CancellationToken;

use super::{Change, Notification, Recipient, store::NotificationStore};
use crate::{
    config::Config,
    directory::{Directory, Membership, Names},
    live::Live,
};

/// The service for notifications.
pub(crate) struct Notifications {
    store: NotificationStore,
    pub(super) directory: Arc<Directory>,
    pub(super) live: Live<Change>,
}

/// A page of notifications with the data to show them.
pub(crate) struct Inbox {
    /// Newest first.
    pub(crate) page: Page<Notification>,
    pub(crate) names: Names,
    /// Notifications up to this time are marked as read.
    pub(crate) read_up_to: Timestamp,
}

impl Notifications {
    pub(crate) fn new(resources: &Resources<Config>, directory: Arc<Directory>) -> Self {
        Self { store: NotificationStore::new(&resources.database), directory, live: Live::new() }
    }

    /// Creates the indexes.
    pub(crate) async fn prepare(&self) -> Outcome<()> {
        self.store.prepare().await
    }

    /// Removes what was collected.
    pub(crate) async fn clear(&self) -> Outcome<()> {
        self.store.clear().await
    }

    /// Returns the writes that store an event's notifications.
    pub(crate) fn collect(&self, envelope: &Envelope) -> Outcome<Vec<Write>> {
        Notification::of(envelope).iter().map(|notification| self.store.insert(notification)).collect()
    }

    /// Does what follows from an event: a deleted account takes its notifications along. Idempotent.
    pub(crate) async fn follow(&self, event: &Event) -> Outcome<()> {
        let Event::UserDeleted(UserFacts { user_id, .. }) = event else { return Ok(()) };
        let members = self.directory.ever_members_of(*user_id).await?.into_iter().map(Recipient::Member);
        self.store.remove_of(*user_id, &members.chain([Recipient::User(*user_id)]).collect::<Vec<_>>()).await
    }

    /// Inserts notifications. Idempotent: a notification whose id exists already is skipped.
    pub(crate) async fn tell(&self, notifications: &[Notification]) -> Outcome<()> {
        for notification in notifications {
            self.store.add(notification).await?;
        }
        Ok(())
    }

    /// Returns the notifications with these ids, in no order.
    pub(crate) async fn by_ids(&self, ids: &[&str]) -> Outcome<Vec<Notification>> {
        self.store.by_ids(ids).await
    }

    /// Returns the names that notifications mention.
    pub(crate) async fn names(&self, shown: &[&Notification]) -> Outcome<Names> {
        let (groups, actors): (Vec<_>, Vec<_>) = shown.iter().map(|one| (one.group_id, one.activity.actor)).unzip();
        let groups: Vec<GroupId> = groups.into_iter().flatten().collect();
        let actors: Vec<UserId> = actors.into_iter().flatten().collect();
        self.directory.names(&groups, &actors).await
    }

    /// Returns a page of the caller's notifications, newest first.
    pub(crate) async fn page(&self, user: UserId, memberships: &[Membership], request: &PageRequest) -> Outcome<Inbox> {
        let page = self.store.page(&Recipient::of(user, memberships), request).await?;
        let shown: Vec<_> = page.entries.iter().map(|(_, notification)| notification).collect();
        let names = self.names(&shown).await?;
        Ok(Inbox { page, names, read_up_to: self.store.read_up_to(user).await? })
    }

    /// The number of the caller's unread notifications, at most 1000.
    pub(crate) async fn unread(&self, user: UserId, memberships: &[Membership]) -> Outcome<u64> {
        let read_up_to = self.store.read_up_to(user).await?;
        self.store.count_after(&Recipient::of(user, memberships), read_up_to).await
    }

    /// Marks the caller's notifications up to this time as read.
    pub(crate) async fn mark_read(&self, caller: &Caller, up_to: Timestamp) -> Outcome<()> {
        self.store.mark_read(caller.user()?, up_to).await
    }

    /// Publishes what changes to this process's watchers until `stop` is cancelled.
    pub(crate) async fn listen(&self, stop: &CancellationToken) {
        self.live.listen(|| self.store.changes().boxed(), stop).await;
    }

    /// Returns a stream of the caller's new notifications. For each one about a group, groups is asked whether the caller
    /// is a member; otherwise the notification is skipped.
    pub(crate) async fn watch(
        &self,
        caller: &Caller,
    ) -> Outcome<impl Stream<Item = (Notification, Option<Membership>, Names)> + Send + use<>> {
        let user = caller.user()?;
        let (directory, caller) = (Arc::clone(&self.directory), caller.clone());
        let changes = self.live.watch().await.filter_map(async |news| news.change());
        Ok(changes.filter_map(move |change: Arc<Change>| {
            let (directory, caller) = (Arc::clone(&directory), caller.clone());
            // A watcher may be gone before it is read.
            let read = run_to_end(async move {
                let Change::Added(notification) = &*change else { return None };
                let membership = match notification.group_id {
                    Some(group) => Some(directory.present_membership(&caller, group).await.ok()??),
                    None => None,
                };
                let own = Recipient::of(user, membership.as_slice());
                if !own.contains(&notification.to) {
                    return None;
                }
                let groups: Vec<GroupId> = notification.group_id.into_iter().collect();
                let actor: Vec<UserId> = notification.activity.actor.into_iter().collect();
                let names = directory.names(&groups, &actor).await.ok()?;
                Some((Notification::clone(notification), membership, names))
            });
            async move { read.await.ok().flatten() }
        }))
    }
}
