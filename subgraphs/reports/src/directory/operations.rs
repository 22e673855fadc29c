//! Who the caller is in which group, and the names of groups and people as events have told them.

use std::{collections::HashMap, sync::Arc};

use contracts::{Event, GroupId, UserId, roster::Rosters};
use kit::{Caller, Outcome, mongo::Write, role::Resources};

use super::{KnownGroup, KnownUser, Membership, Names, store::DirectoryStore};
use crate::config::Config;

/// The service of the directory.
pub(crate) struct Directory {
    store: DirectoryStore,
    rosters: Arc<dyn Rosters>,
}

impl Directory {
    pub(crate) fn new(resources: &Resources<Config>, rosters: Arc<dyn Rosters>) -> Self {
        Self { store: DirectoryStore::new(&resources.database), rosters }
    }

    /// Makes the indexes.
    pub(crate) async fn prepare(&self) -> Outcome<()> {
        self.store.prepare().await
    }

    /// What is kept of an event. An event carries the whole group or account, so each replaces the one before.
    pub(crate) fn collect(&self, event: &Event) -> Outcome<Vec<Write>> {
        let write = match event {
            Event::UserRegistered(user) | Event::UserUpdated(user) | Event::UserDeleted(user) => {
                self.store.put_user(&KnownUser::of(user))?
            }
            Event::GroupCreated(group)
            | Event::GroupUpdated(group)
            | Event::GroupArchived(group)
            | Event::GroupRestored(group) => self.store.put_group(&KnownGroup::of(group))?,
            Event::MemberJoined(change) | Event::MemberLeft(change) | Event::MemberChanged(change) => {
                self.store.put_group(&KnownGroup::of(&change.group))?
            }
            _ => return Ok(Vec::new()),
        };
        Ok(vec![write])
    }

    /// Those of the groups that the caller is or was in, as groups says with the caller's own token.
    pub(crate) async fn memberships(
        &self,
        caller: &Caller,
        groups: &[GroupId],
    ) -> Outcome<HashMap<GroupId, Membership>> {
        let user = caller.user()?;
        let rosters = self.rosters.rosters(&caller.asker()?, groups).await?;
        let memberships = rosters.values().filter_map(|roster| Membership::of(user, roster));
        Ok(memberships.map(|membership| (membership.group(), membership)).collect())
    }

    /// The membership of a caller who is in the group now; `None` for everybody else, and while groups does not answer. Only
    /// groups that events have told to be the caller's are asked about.
    pub(crate) async fn present_membership(&self, caller: &Caller, group: GroupId) -> Option<Membership> {
        let user = caller.user().ok()?;
        if !self.store.knows_member(group, user).await.ok()? {
            return None;
        }
        let rosters = self.rosters.rosters(&caller.asker().ok()?, &[group]).await.ok()?;
        let roster = rosters.get(&group)?;
        roster.active_member_of(user).and_then(|_| Membership::of(user, roster))
    }

    /// All groups that the caller, who is this user, is or was in. What was collected says only which groups to ask about.
    pub(crate) async fn memberships_of(&self, caller: &Caller, user: UserId) -> Outcome<Vec<Membership>> {
        let groups = self.store.groups_of(user).await?;
        Ok(self.memberships(caller, &groups).await?.into_values().collect())
    }

    /// The names in these groups, and of these users.
    pub(crate) async fn names(&self, groups: &[GroupId], users: &[UserId]) -> Outcome<Names> {
        self.store.names(groups, users).await
    }
}
