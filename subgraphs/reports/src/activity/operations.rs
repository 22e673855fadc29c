//! Collecting and reading the feed. Reading a group's feed takes a [`Membership`], the proof that groups has
//! authorised the caller.

use std::sync::Arc;

use contracts::{Envelope, GroupId, MemberId, Timestamp, UserId};
use futures::{FutureExt, Stream, StreamExt};
use kit::{
    Caller, Outcome,
    graphql::{Page, PageRequest},
    mongo::Write,
    role::Resources,
    run_to_end,
};
use tokio_util::sync::CancellationToken;

use super::{
    Activity, FeedFilter,
    filter::Concerned,
    store::{ActivityStore, Place},
};
use crate::{
    config::Config,
    directory::{Directory, Membership, Names, groups},
    live::{Live, News},
    refusal::Refusal,
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

/// An entry with the proof that the caller may see it, and the names for its summary.
pub(crate) type Shown = (Activity, Membership, Names);

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
    /// member; otherwise the entry is skipped. If groups does not respond, the entry counts as missed.
    pub(crate) async fn watch(&self, caller: &Caller) -> Outcome<impl Stream<Item = News<Shown>> + Send + use<>> {
        caller.user()?;
        let (directory, caller) = (Arc::clone(&self.directory), caller.clone());
        Ok(self.live.watch().await.filter_map(move |news| {
            let (directory, caller) = (Arc::clone(&directory), caller.clone());
            // A watcher may be gone before it is read.
            let read = run_to_end(async move {
                let News::Change(activity) = news else { return Some(News::Missed) };
                let shown = shown_to(&caller, &activity, &directory).await;
                shown.map_or(Some(News::Missed), |shown| shown.map(News::Change))
            });
            async move { read.await.unwrap_or(Some(News::Missed)) }
        }))
    }

    /// Returns a page of the feed of these groups, newest first.
    pub(crate) async fn feed(
        &self,
        memberships: &[Membership],
        filter: &FeedFilter,
        request: &PageRequest,
    ) -> Outcome<Feed> {
        let mut groups = groups(memberships);
        let concerned = match filter.member {
            Some(member) => {
                let concerned = self.concerned(member).await?;
                groups.retain(|group| concerned.is_some_and(|concerned| concerned.group == *group));
                concerned
            }
            None => None,
        };
        let page = self.store.page(&groups, &filter.topics, concerned, request).await?;
        let shown = page.entries.iter().map(|(_, activity)| activity);
        let (groups, actors): (Vec<_>, Vec<_>) = shown.map(|activity| (activity.group_id, activity.actor)).unzip();
        let groups: Vec<GroupId> = groups.into_iter().flatten().collect();
        let actors: Vec<UserId> = actors.into_iter().flatten().collect();
        let names = self.directory.names(&groups, &actors).await?;
        Ok(Feed { page, names })
    }

    /// Remembers up to when the caller has seen the feed of a group, or of all groups.
    pub(crate) async fn mark_seen(&self, caller: &Caller, group: Option<GroupId>, up_to: Timestamp) -> Outcome<()> {
        let user = caller.user()?;
        if let Some(group) = group {
            self.directory.present_membership(caller, group).await?.ok_or(Refusal::GroupNotFound)?;
        }
        self.store.mark_seen(Place { user, group }, up_to).await
    }

    /// Returns up to when a person has seen the feed of a group, there or among all groups, or of all groups; `None` for
    /// who has never looked.
    pub(crate) async fn seen_up_to(&self, user: UserId, group: Option<GroupId>) -> Outcome<Option<Timestamp>> {
        let everywhere = Place { user, group: None };
        self.store.seen_up_to(&[everywhere, Place { user, group }]).await
    }

    async fn concerned(&self, member: MemberId) -> Outcome<Option<Concerned>> {
        let known = self.directory.group_of(member).await?;
        Ok(known.map(|(group, facts)| Concerned { group, member, user: facts.user_id }))
    }
}

/// Returns what the caller is shown of an entry; `None` if the caller is not a member of its group.
async fn shown_to(caller: &Caller, activity: &Activity, directory: &Directory) -> Outcome<Option<Shown>> {
    let Some(group) = activity.group_id else { return Ok(None) };
    let Some(membership) = directory.present_membership(caller, group).await? else { return Ok(None) };
    let actor: Vec<UserId> = activity.actor.into_iter().collect();
    let names = directory.names(&[group], &actor).await?;
    Ok(Some((activity.clone(), membership, names)))
}
