//! Collecting and reading the feed. Reading a group's feed takes a [`Membership`], the proof that groups has
//! authorised the caller.

use std::sync::Arc;

use contracts::{Envelope, GroupId, UserId};
use futures::{FutureExt, Stream, StreamExt};
use kit::{
    Caller, Outcome,
    graphql::{Page, PageRequest},
    mongo::Write,
    role::Resources,
};

use tokio_util::sync::CancellationToken;

use super::{Activity, store::ActivityStore};
use crate::{
    config::Config,
    directory::{Directory, Membership, Names, groups},
    live::Live,
};

/// The service for the feed.
pub(crate) struct Activities {
    store: ActivityStore,
    directory: Arc<Directory>,
    live: Live<Activity>,
}

/// A page of activities with the names for their summaries.
pub(crate) struct Feed {
    /// Newest first.
    pub(crate) page: Page<Activity>,
    pub(crate) names: Names,
}

impl Activities {
    pub(crate) fn new(resources: &Resources<Config>, directory: Arc<Directory>) -> Self {
        Self { store: ActivityStore::new(&resources.database), directory, live: Live::new() }
    }

    /// Creates the indexes.
    pub(crate) async fn prepare(&self) -> Outcome<()> {
        self.store.prepare().await
    }

    /// Removes what was collected.
    pub(crate) async fn clear(&self) -> Outcome<()> {
        self.store.clear().await
    }

    /// Returns the writes that store an event's entry.
    pub(crate) fn collect(&self, envelope: &Envelope) -> Outcome<Vec<Write>> {
        let entry = Activity::of(envelope).filter(|activity| !activity.is_private());
        entry.iter().map(|activity| self.store.insert(activity)).collect()
    }

    /// Publishes new entries to this process's watchers until `stop` is cancelled.
    pub(crate) async fn listen(&self, stop: &CancellationToken) {
        self.live.listen(|| self.store.added().boxed(), stop).await;
    }

    /// Returns a stream of new entries in the caller's groups. For each entry, groups is asked whether the caller is a
    /// member; otherwise the entry is skipped.
    pub(crate) fn watch(
        &self,
        caller: &Caller,
    ) -> Outcome<impl Stream<Item = (Activity, Membership, Names)> + Send + use<>> {
        caller.user()?;
        let (directory, caller) = (Arc::clone(&self.directory), caller.clone());
        Ok(self.live.watch().filter_map(move |activity| {
            let (directory, caller) = (Arc::clone(&directory), caller.clone());
            async move {
                let membership = directory.present_membership(&caller, activity.group_id?).await?;
                let actor: Vec<UserId> = activity.actor.into_iter().collect();
                let names = directory.names(&[membership.group()], &actor).await.ok()?;
                Some((Activity::clone(&activity), membership, names))
            }
        }))
    }

    /// Returns a page of the feed of these groups, newest first.
    pub(crate) async fn feed(&self, memberships: &[Membership], request: &PageRequest) -> Outcome<Feed> {
        let page = self.store.page(&groups(memberships), request).await?;
        let shown = page.entries.iter().map(|(_, activity)| activity);
        let (groups, actors): (Vec<_>, Vec<_>) = shown.map(|activity| (activity.group_id, activity.actor)).unzip();
        let groups: Vec<GroupId> = groups.into_iter().flatten().collect();
        let actors: Vec<UserId> = actors.into_iter().flatten().collect();
        let names = self.directory.names(&groups, &actors).await?;
        Ok(Feed { page, names })
    }
}
