//! Collecting, reading and watching notifications. What is shown of a group is shown with a [`Membership`]: the proof that
//! groups was asked.

use std::sync::Arc;

use contracts::{Envelope, Timestamp, UserId};
use futures::{FutureExt, Stream, StreamExt};
use kit::{
    Caller, Outcome,
    graphql::{Page, PageRequest},
    mongo::Write,
    role::Resources,
};
use tokio_util::sync::CancellationToken;

use super::{Notification, Recipient, store::NotificationStore};
use crate::{
    config::Config,
    directory::{Directory, Membership, Names},
    live::Live,
};

/// The service of notifications.
pub(crate) struct Notifications {
    store: NotificationStore,
    directory: Arc<Directory>,
    live: Live<Notification>,
}

/// A page of notifications, with what is needed to show them.
pub(crate) struct Inbox {
    /// The page, newest first.
    pub(crate) page: Page<Notification>,
    /// The names.
    pub(crate) names: Names,
    /// Up to when they were read.
    pub(crate) read_up_to: Timestamp,
}

impl Notifications {
    pub(crate) fn new(resources: &Resources<Config>, directory: Arc<Directory>) -> Self {
        Self { store: NotificationStore::new(&resources.database), directory, live: Live::new() }
    }

    /// Makes the indexes.
    pub(crate) async fn prepare(&self) -> Outcome<()> {
        self.store.prepare().await
    }

    /// What is kept of an event.
    pub(crate) fn collect(&self, envelope: &Envelope) -> Outcome<Vec<Write>> {
        Notification::of(envelope).iter().map(|notification| self.store.insert(notification)).collect()
    }

    /// The caller's notifications, newest first.
    pub(crate) async fn page(&self, user: UserId, memberships: &[Membership], request: &PageRequest) -> Outcome<Inbox> {
        let page = self.store.page(&Recipient::of(user, memberships), request).await?;
        let shown = page.entries.iter().map(|(_, notification)| notification);
        let (groups, actors): (Vec<_>, Vec<_>) = shown.map(|one| (one.group_id, one.activity.actor)).unzip();
        let actors: Vec<UserId> = actors.into_iter().flatten().collect();
        let names = self.directory.names(&groups, &actors).await?;
        Ok(Inbox { page, names, read_up_to: self.store.read_up_to(user).await? })
    }

    /// How many notifications the caller has not read, up to a thousand.
    pub(crate) async fn unread(&self, user: UserId, memberships: &[Membership]) -> Outcome<u64> {
        let read_up_to = self.store.read_up_to(user).await?;
        self.store.count_after(&Recipient::of(user, memberships), read_up_to).await
    }

    /// Marks everything up to a moment as read.
    pub(crate) async fn mark_read(&self, caller: &Caller, up_to: Timestamp) -> Outcome<()> {
        self.store.mark_read(caller.user()?, up_to).await
    }

    /// Hears of new notifications until told to stop.
    pub(crate) async fn listen(&self, stop: &CancellationToken) {
        self.live.listen(|| self.store.added().boxed(), stop).await;
    }

    /// The caller's notifications from now on. Each is shown only after groups has said that the caller is in its group.
    pub(crate) fn watch(
        &self,
        caller: &Caller,
    ) -> Outcome<impl Stream<Item = (Notification, Membership, Names)> + Send + use<>> {
        let user = caller.user()?;
        let (directory, caller) = (Arc::clone(&self.directory), caller.clone());
        let watch = self.live.watch();
        Ok(watch.filter_map(move |notification: Arc<Notification>| {
            let (directory, caller) = (Arc::clone(&directory), caller.clone());
            async move {
                let membership = directory.present_membership(&caller, notification.group_id).await?;
                let own = Recipient::of(user, &[membership]);
                if !own.contains(&notification.to) {
                    return None;
                }
                let actor: Vec<UserId> = notification.activity.actor.into_iter().collect();
                let names = directory.names(&[notification.group_id], &actor).await.ok()?;
                Some((Notification::clone(&notification), membership, names))
            }
        }))
    }
}
