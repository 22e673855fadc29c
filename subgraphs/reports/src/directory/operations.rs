//! The caller's memberships, and the names of groups and people.

use std::{collections::HashMap, sync::Arc};

use contracts::{Event, GroupId, MemberId, UserId, event::MemberFacts, roster::Rosters};
use kit::{Caller, Outcome, gather::Gather, mongo::Write, role::Resources};

use super::{Holder, KnownGroup, KnownUser, Membership, Names, store::DirectoryStore};
use crate::config::Config;

/// The service for memberships and names.
pub(crate) struct Directory {
    store: DirectoryStore,
    rosters: Arc<dyn Rosters>,
    /// All watchers look for the members of a group at the same moment.
    members: Gather<GroupId, Arc<Vec<MemberFacts>>>,
}

impl Directory {
    pub(crate) fn new(resources: &Resources<Config>, rosters: Arc<dyn Rosters>) -> Self {
        Self { store: DirectoryStore::new(&resources.database), rosters, members: Gather::default() }
    }

    /// Creates the indexes.
    pub(crate) async fn prepare(&self) -> Outcome<()> {
        self.store.prepare().await
    }

    /// Removes what was collected.
    pub(crate) async fn clear(&self) -> Outcome<()> {
        self.store.clear().await
    }

    /// Returns the writes for an event. An event contains the whole group or account, so it replaces the stored copy.
    pub(crate) fn collect(&self, event: &Event) -> Outcome<Vec<Write>> {
        let write = match event {
            Event::UserRegistered(user) | Event::UserUpdated(user) | Event::UserDeleted(user) => {
                self.store.put_user(&KnownUser::of(user))?
            }
            Event::GroupCreated(group)
            | Event::GroupUpdated(group)
            | Event::GroupArchived(group)
            | Event::GroupRestored(group) => self.store.put_group(&KnownGroup::of(group))?,
            Event::MemberJoined(change)
            | Event::MemberLeft(change)
            | Event::MemberChanged(change)
            | Event::ClaimUndone(change) => self.store.put_group(&KnownGroup::of(&change.group))?,
            _ => return Ok(Vec::new()),
        };
        Ok(vec![write])
    }

    /// Returns the caller's memberships of these groups. Groups is asked with the caller's own token.
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

    /// Returns the membership of a caller who is a current member of the group; `None` otherwise. Groups is asked only if,
    /// according to events, the caller is or was a member.
    pub(crate) async fn present_membership(&self, caller: &Caller, group: GroupId) -> Outcome<Option<Membership>> {
        let user = caller.user()?;
        let members = self.members.load(group, async || Ok(Arc::new(self.store.members_in(group).await?))).await?;
        if !members.iter().any(|member| member.user_id == Some(user)) {
            return Ok(None);
        }
        Ok(self.memberships(caller, &[group]).await?.remove(&group))
    }

    /// Returns the caller's memberships of all groups; `user` must be the caller. The collected
    /// events decide only which groups to ask about, not what the caller may read.
    pub(crate) async fn memberships_of(&self, caller: &Caller, user: UserId) -> Outcome<Vec<Membership>> {
        let groups = self.store.groups_of(user).await?;
        Ok(self.memberships(caller, &groups).await?.into_values().collect())
    }

    /// Returns the present and former members of a group, from collected events.
    pub(crate) async fn members_in(&self, group: GroupId) -> Outcome<Vec<MemberFacts>> {
        self.store.members_in(group).await
    }

    /// The same for several groups; leaves out those of which nothing is known.
    pub(crate) async fn members_in_each(&self, groups: &[GroupId]) -> Outcome<HashMap<GroupId, Vec<MemberFacts>>> {
        if groups.is_empty() { Ok(HashMap::new()) } else { self.store.members_in_each(groups).await }
    }

    /// Returns the members that a user is at present, with their groups, from collected events.
    pub(crate) async fn members_of(&self, user: UserId) -> Outcome<Vec<(GroupId, MemberId)>> {
        self.store.members_of(user).await
    }

    /// Returns every member that a user is or was.
    pub(crate) async fn ever_members_of(&self, user: UserId) -> Outcome<Vec<MemberId>> {
        self.store.ever_members_of(user).await
    }

    /// Returns who is behind a member; `None` while no event has told of the member.
    pub(crate) async fn holder(&self, member: MemberId) -> Outcome<Option<Holder>> {
        self.store.holder(member).await
    }

    /// Returns the group that a member is or was in, with what is known of the member, from collected events.
    pub(crate) async fn group_of(&self, member: MemberId) -> Outcome<Option<(GroupId, MemberFacts)>> {
        self.store.group_of(member).await
    }

    /// Returns the names of these groups, their members and these users.
    pub(crate) async fn names(&self, groups: &[GroupId], users: &[UserId]) -> Outcome<Names> {
        self.store.names(groups, users).await
    }
}
