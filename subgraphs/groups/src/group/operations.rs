//! The use cases of groups. Each reads *authorise, load, decide, store, return*.

use std::{collections::HashMap, sync::Arc, time::Duration};

use contracts::{
    ClaimRequestId, Event, GroupId, MemberId, UserId,
    event::{GroupFacts, MemberChange},
    nets::Nets,
    profile::{Profile, Profiles},
    roster::Roster,
};
use kit::{
    Caller, Clock, Code, Outcome,
    graphql::{Page, PageRequest},
    journal::{Change, Committed, IdempotencyKey, Journal},
    keyed_locks::KeyedLocks,
    mongo::Write,
};
use money::Currency;

use super::{Edit, Group, Member, NewGroup, Role, store::GroupStore};
use crate::refusal::Refusal;

/// How often a change is attempted if other replicas change the group concurrently.
const MAX_ATTEMPTS: usize = 12;

/// The maximum random delay between two attempts.
const MAX_DELAY_MS: u64 = 20;

/// How far ahead of the clock the last entry of a group may be dated, in milliseconds.
const AHEAD_MS: i64 = 60_000;

/// The subgraphs that groups asks, each as the owner of a fact.
pub struct Owners {
    /// Provides the names of people.
    pub profiles: Arc<dyn Profiles>,
    /// Provides the nets of expenses.
    pub expenses: Arc<dyn Nets>,
    /// Provides the nets of payments.
    pub payments: Arc<dyn Nets>,
}

/// The service for groups and their members.
pub(crate) struct Groups {
    pub(super) store: GroupStore,
    pub(super) journal: Arc<Journal>,
    clock: Clock,
    owners: Owners,
    limit_per_user: u64,
    locks: KeyedLocks,
}

impl Groups {
    /// Creates the service. Nobody can be in more groups than `limit_per_user`.
    pub(crate) fn new(
        store: GroupStore,
        journal: Arc<Journal>,
        clock: Clock,
        owners: Owners,
        limit_per_user: u64,
    ) -> Self {
        Self { store, journal, clock, owners, limit_per_user, locks: KeyedLocks::new() }
    }

    /// Returns a group; refused if the caller is not a member.
    pub(crate) async fn group(&self, caller: &Caller, id: GroupId) -> Outcome<Group> {
        let user = caller.user()?;
        let group = self.store.group(id).await?.ok_or(Refusal::GroupNotFound)?;
        group.active_member_of(user)?;
        Ok(group)
    }

    /// Returns a page of the groups of which the caller is a member, newest first.
    pub(crate) async fn page(&self, caller: &Caller, archived: bool, page: &PageRequest) -> Outcome<Page<Group>> {
        self.store.groups_of(caller.user()?, archived, page).await
    }

    /// Returns those of these groups of which the caller is a member.
    pub(crate) async fn by_ids(&self, caller: &Caller, ids: &[GroupId]) -> Outcome<HashMap<GroupId, Arc<Group>>> {
        let groups = self.store.groups_seen_by(caller.user()?, ids).await?;
        Ok(groups.into_iter().map(|group| (group.id, group)).collect())
    }

    /// Returns those of these members who share a group with the caller, each with the group.
    pub(crate) async fn members_by_ids(
        &self,
        caller: &Caller,
        ids: &[MemberId],
    ) -> Outcome<HashMap<MemberId, (Arc<Group>, Member)>> {
        let groups = self.store.groups_of_members(caller.user()?, ids).await?;
        let groups = groups.into_iter().map(Arc::new);
        let members = |group: Arc<Group>| {
            let members = group.members.clone();
            members.into_iter().map(move |member| (member.id, (Arc::clone(&group), member)))
        };
        Ok(groups.flat_map(members).collect())
    }

    /// Returns the caller's current and former memberships, including archived groups.
    pub(crate) async fn memberships(&self, caller: &Caller) -> Outcome<Vec<(Group, MemberId)>> {
        let user = caller.user()?;
        let groups = self.store.groups_ever_of(user).await?;
        let with_member = |group: Group| group.member_of(user).map(|member| member.id).map(|id| (group, id));
        Ok(groups.into_iter().filter_map(with_member).collect())
    }

    /// The rosters of the groups that the caller and this user are both in, archived ones too.
    pub(crate) async fn shared_with(&self, caller: &Caller, other: UserId) -> Outcome<Vec<Roster>> {
        Ok(self.store.groups_shared(caller.user()?, other).await?.iter().map(Group::roster).collect())
    }

    /// Returns the rosters of those of these groups of which the caller is a member. Another subgraph gets all of them.
    pub(crate) async fn rosters(&self, caller: &Caller, ids: &[GroupId]) -> Outcome<Vec<Roster>> {
        let groups = if caller.is_service {
            self.store.groups(ids).await?
        } else {
            self.store.groups_seen_by(caller.user()?, ids).await?
        };
        Ok(groups.iter().map(|group| group.roster()).collect())
    }

    /// Creates a group, once for each key; the caller becomes its owner.
    pub(crate) async fn create(&self, caller: &Caller, new: &NewGroup, key: Option<&str>) -> Outcome<Group> {
        let founder = self.profile(caller).await?;
        self.check_one_more(founder.user_id).await?;
        let group = Group::new(new, &founder, (self.clock.now(), caller.time_zone()))?;
        let event = Event::GroupCreated(group.facts());
        let change = Change::new(group.id.0, event).by(caller).writing([self.store.insert(&group)?]);
        let change = match key {
            Some(key) => {
                let body = (&new.name, new.currency.code(), &new.guests);
                change.once(IdempotencyKey::new(caller.user()?, "createGroup", key, &body, group.id.0)?)
            }
            None => change,
        };
        match self.journal.commit(change).await? {
            Committed::Applied { .. } => Ok(group),
            Committed::AlreadyApplied(made) => self.group(caller, GroupId(made)).await,
        }
    }

    /// Changes the settings of a group.
    pub(crate) async fn update(&self, caller: &Caller, id: GroupId, edit: &Edit) -> Outcome<Group> {
        let user = caller.user()?;
        let _lock = self.locks.lock(id.0).await;
        let mut group = self.group(caller, id).await?;
        group.edit(user, edit)?;
        self.commit(caller, id, Event::GroupUpdated(group.facts()), vec![self.replace(&group)?]).await?;
        Ok(group)
    }

    /// Archives a group. Idempotent: an archived group is returned unchanged.
    pub(crate) async fn archive(&self, caller: &Caller, id: GroupId) -> Outcome<Group> {
        let user = caller.user()?;
        let archive = |group: &mut Group| group.archive(user, self.clock.now());
        self.set_archived(caller, id, archive, Event::GroupArchived).await
    }

    /// Restores a group. Idempotent: a group that is not archived is returned unchanged.
    pub(crate) async fn restore(&self, caller: &Caller, id: GroupId) -> Outcome<Group> {
        let user = caller.user()?;
        self.set_archived(caller, id, |group| group.restore(user), Event::GroupRestored).await
    }

    async fn set_archived(
        &self,
        caller: &Caller,
        id: GroupId,
        change: impl Fn(&mut Group) -> Result<bool, Refusal>,
        event: fn(GroupFacts) -> Event,
    ) -> Outcome<Group> {
        self.retrying(id, || async {
            let mut group = self.group(caller, id).await?;
            if change(&mut group)? {
                self.commit(caller, id, event(group.facts()), vec![self.replace(&group)?]).await?;
            }
            Ok(group)
        })
        .await
    }

    /// Adds a guest to a group.
    pub(crate) async fn add_guest(&self, caller: &Caller, id: GroupId, name: &str) -> Outcome<(Group, Member)> {
        let rule = |group: &mut Group, user| group.add_guest(user, name, self.clock.now());
        self.change_member(caller, id, rule, Event::MemberJoined).await
    }

    /// Adds a friend of the caller to a group.
    pub(crate) async fn add_friend(&self, caller: &Caller, id: GroupId, friend: UserId) -> Outcome<(Group, Member)> {
        self.group(caller, id).await?;
        let friend = self.friend(caller, friend).await?;
        self.check_one_more(friend.user_id).await?;
        let rule = |group: &mut Group, user| group.add_friend(user, &friend, self.clock.now());
        self.change_member(caller, id, rule, Event::MemberJoined).await
    }

    /// Returns the direct group of the caller and a friend. Creates it if there is none, and makes a caller who has
    /// left it active again.
    pub(crate) async fn direct(&self, caller: &Caller, friend: UserId, currency: Currency) -> Outcome<Group> {
        let user = caller.user()?;
        let friend = self.friend(caller, friend).await?;
        let own = self.profile(caller).await?;
        let id = Group::direct_id(user, friend.user_id);
        self.retrying(id, || async {
            let Some(mut group) = self.store.group(id).await? else {
                self.check_one_more(user).await?;
                self.check_one_more(friend.user_id).await?;
                let group = Group::direct(&own, &friend, currency, (self.clock.now(), caller.time_zone()));
                let write = self.store.insert(&group)?.or_refuse(Refusal::Stale.into());
                self.commit(caller, id, Event::GroupCreated(group.facts()), vec![write]).await?;
                return Ok(group);
            };
            if group.active_member_of(user).is_err() {
                let member = group.rejoin(&own, self.clock.now())?;
                let event = Event::MemberJoined(group.change_of(&member));
                self.commit(caller, id, event, vec![self.replace(&group)?]).await?;
            }
            Ok(group)
        })
        .await
    }

    /// Refuses a further group to somebody who is or was in as many as one may be: a person's balances are those of all of
    /// them. Who joins several at the same moment may get one too many.
    pub(crate) async fn check_one_more(&self, user: UserId) -> Outcome<()> {
        if self.store.count_ever_of(user, self.limit_per_user).await? < self.limit_per_user {
            Ok(())
        } else {
            Err(Refusal::TooManyGroups { most: self.limit_per_user }.into())
        }
    }

    async fn friend(&self, caller: &Caller, friend: UserId) -> Outcome<Profile> {
        let friend = self.owners.profiles.friend(&caller.asker()?, friend).await?;
        Ok(friend.ok_or(Refusal::NotAFriend)?)
    }

    /// Renames a guest.
    pub(crate) async fn rename_guest(&self, caller: &Caller, id: MemberId, name: &str) -> Outcome<(Group, Member)> {
        let group = self.group_of(caller, id).await?;
        let rule = |group: &mut Group, user| group.rename_guest(user, id, name);
        self.change_member(caller, group, rule, Event::MemberChanged).await
    }

    /// Changes the role of a member.
    pub(crate) async fn change_role(&self, caller: &Caller, id: MemberId, role: Role) -> Outcome<(Group, Member)> {
        let group = self.group_of(caller, id).await?;
        let rule = |group: &mut Group, user| group.change_role(user, id, role);
        self.change_member(caller, group, rule, Event::MemberChanged).await
    }

    /// Makes a member an owner instead of the caller, who becomes an admin.
    pub(crate) async fn hand_over(&self, caller: &Caller, id: MemberId) -> Outcome<(Group, Member)> {
        let group = self.group_of(caller, id).await?;
        let rule = |group: &mut Group, user| group.hand_over(user, id);
        self.change_member(caller, group, rule, Event::MemberChanged).await
    }

    /// Removes a member; the balance stays.
    pub(crate) async fn remove(&self, caller: &Caller, id: MemberId) -> Outcome<()> {
        let group = self.group_of(caller, id).await?;
        let rule = |group: &mut Group, user| group.remove(user, id, self.clock.now());
        self.change_member(caller, group, rule, Event::MemberLeft).await?;
        Ok(())
    }

    /// Lets the caller leave a group. Refused if the caller has an open balance, unless forced.
    pub(crate) async fn leave(&self, caller: &Caller, id: GroupId, force: bool) -> Outcome<()> {
        let own = self.group(caller, id).await?.active_member_of(caller.user()?)?.id;
        if !force && self.has_open_balance(caller, id, own).await? {
            return Err(Refusal::OpenBalance.into());
        }
        self.change_member(caller, id, Group::leave, Event::MemberLeft).await?;
        Ok(())
    }

    /// Whether the nets of expenses and payments together give the member a balance in any currency.
    async fn has_open_balance(&self, caller: &Caller, group: GroupId, member: MemberId) -> Outcome<bool> {
        let asker = caller.asker()?;
        // The times of a group's entries strictly increase, so the last one may be ahead of the clock.
        let at = self.clock.now().plus_ms(AHEAD_MS);
        let (expenses, payments) = tokio::try_join!(
            self.owners.expenses.nets_at(&asker, group, at),
            self.owners.payments.nets_at(&asker, group, at)
        )?;
        let mut balance: HashMap<Currency, i64> = HashMap::new();
        for row in expenses.iter().chain(&payments).filter(|row| row.member_id == member) {
            *balance.entry(row.currency).or_default() += row.amount_minor;
        }
        Ok(balance.values().any(|amount_minor| *amount_minor != 0))
    }

    /// Returns the group of a member; refused if the caller is not a member of it.
    pub(crate) async fn group_of(&self, caller: &Caller, member: MemberId) -> Outcome<GroupId> {
        let groups = self.store.groups_of_members(caller.user()?, &[member]).await?;
        Ok(groups.first().map(|group| group.id).ok_or(Refusal::MemberNotFound)?)
    }

    /// Applies a rule that changes one member, and commits the change with an event.
    async fn change_member(
        &self,
        caller: &Caller,
        id: GroupId,
        rule: impl Fn(&mut Group, UserId) -> Result<Member, Refusal>,
        event: fn(MemberChange) -> Event,
    ) -> Outcome<(Group, Member)> {
        let user = caller.user()?;
        self.retrying(id, || async {
            let mut group = self.group(caller, id).await?;
            let member = rule(&mut group, user)?;
            let event = event(group.change_of(&member));
            self.commit(caller, id, event, vec![self.replace(&group)?]).await?;
            Ok((group, member))
        })
        .await
    }

    /// Returns the group of a claim request; refused if the caller is not a member of it.
    pub(crate) async fn group_of_claim_request(&self, caller: &Caller, id: ClaimRequestId) -> Outcome<GroupId> {
        let group = self.store.group_of_claim_request(caller.user()?, id).await?;
        Ok(group.map(|group| group.id).ok_or(Refusal::ClaimRequestNotFound)?)
    }

    /// Returns a group without authorisation.
    pub(crate) async fn find(&self, id: GroupId) -> Outcome<Option<Group>> {
        self.store.group(id).await
    }

    /// The write that stores a changed group; refused if another request has changed it since it was read.
    pub(crate) fn replace(&self, group: &Group) -> Outcome<Write> {
        self.store.replace(group)
    }

    /// Requests the caller's current name from users.
    pub(crate) async fn profile(&self, caller: &Caller) -> Outcome<Profile> {
        Ok(self.owners.profiles.own(&caller.asker()?).await?)
    }

    /// Runs an attempt to change a group while no other request of this process changes it. Retries if another replica
    /// has changed the group concurrently.
    pub(crate) async fn retrying<T, F>(&self, id: GroupId, attempt: impl Fn() -> F) -> Outcome<T>
    where
        F: Future<Output = Outcome<T>>,
    {
        let _lock = self.locks.lock(id.0).await;
        for _ in 1..MAX_ATTEMPTS {
            match attempt().await {
                Err(failure) if failure.is(Code::StaleVersion) => {
                    tokio::time::sleep(Duration::from_millis(rand::random_range(1..=MAX_DELAY_MS))).await;
                }
                done => return done,
            }
        }
        attempt().await
    }

    /// Commits a change of a group or of its invitations in the group's stream.
    pub(crate) async fn commit(&self, caller: &Caller, id: GroupId, event: Event, writes: Vec<Write>) -> Outcome<()> {
        self.journal.commit(Change::new(id.0, event).by(caller).writing(writes)).await?;
        Ok(())
    }
}
