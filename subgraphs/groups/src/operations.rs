//! What can be done with groups. Every operation reads *authorise, load, decide, store, return*.

use std::{collections::HashMap, sync::Arc, time::Duration};

use contracts::{Event, GroupId, InviteId, MemberId, Timestamp, profile::Profile, roster::Roster};
use kit::{
    Caller, Code, Outcome,
    graphql::{Page, PageRequest},
    journal::Change,
    mongo::Write,
};

use crate::{
    Groups,
    group::{Group, Member, NewGroup},
    invite::{Invite, NewInvite, Token},
    refusal::Refusal,
    store,
};

/// How often a change is decided anew because another replica was faster.
const TRIES: usize = 12;

/// The longest pause before it is.
const PAUSE_MS: u64 = 20;

impl Groups {
    /// A group, for those who are or were in it.
    pub async fn group(&self, caller: &Caller, id: GroupId) -> Outcome<Group> {
        let user = caller.user()?;
        let group = self.store.group(id).await?.filter(|group| group.member_of(user).is_some());
        Ok(group.ok_or(Refusal::GroupNotFound)?)
    }

    /// The groups that the caller is in, newest first.
    pub async fn groups(&self, caller: &Caller, archived: bool, page: &PageRequest) -> Outcome<Page<Group>> {
        self.store.groups_of(caller.user()?, archived, page).await
    }

    /// Those of these groups that the caller is or was in.
    pub async fn groups_by_id(&self, caller: &Caller, ids: &[GroupId]) -> Outcome<HashMap<GroupId, Group>> {
        let groups = self.store.groups_seen_by(caller.user()?, ids).await?;
        Ok(groups.into_iter().map(|group| (group.id, group)).collect())
    }

    /// Those of these members that share a group with the caller, or shared one, each with its group.
    pub async fn members_by_id(
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

    /// Every group that the caller is or was in, archived ones too.
    pub async fn memberships(&self, caller: &Caller) -> Outcome<Vec<(Group, MemberId)>> {
        let user = caller.user()?;
        let groups = self.store.groups_ever_of(user).await?;
        let with_member = |group: Group| group.member_of(user).map(|member| member.id).map(|id| (group, id));
        Ok(groups.into_iter().filter_map(with_member).collect())
    }

    /// The rosters of those of these groups that the caller is or was in; of all of them for another subgraph.
    pub async fn rosters(&self, caller: &Caller, ids: &[GroupId]) -> Outcome<Vec<Roster>> {
        let groups = if caller.is_service {
            self.store.groups(ids).await?
        } else {
            self.store.groups_seen_by(caller.user()?, ids).await?
        };
        Ok(groups.iter().map(Group::roster).collect())
    }

    /// Makes a group; the caller becomes its owner.
    pub async fn create_group(&self, caller: &Caller, new: &NewGroup) -> Outcome<Group> {
        let founder = self.profile(caller).await?;
        let group = Group::new(new, &founder, Timestamp::now())?;
        self.commit(caller, group.id, Event::GroupCreated(group.facts()), vec![store::add_group(&group)?]).await?;
        Ok(group)
    }

    /// Adds a guest to a group.
    pub async fn add_guest(&self, caller: &Caller, id: GroupId, name: &str) -> Outcome<(Group, Member)> {
        let user = caller.user()?;
        self.in_turn(id, || async {
            let mut group = self.group(caller, id).await?;
            let guest = group.add_guest(user, name, Timestamp::now())?;
            let event = Event::MemberJoined(group.change_of(&guest));
            self.commit(caller, id, event, vec![store::replace_group(&group)?]).await?;
            Ok((group, guest))
        })
        .await
    }

    /// Takes the caller out of a group.
    pub async fn leave_group(&self, caller: &Caller, id: GroupId) -> Outcome<()> {
        let user = caller.user()?;
        self.in_turn(id, || async {
            let mut group = self.group(caller, id).await?;
            let member = group.leave(user)?;
            let event = Event::MemberLeft(group.change_of(&member));
            self.commit(caller, id, event, vec![store::replace_group(&group)?]).await
        })
        .await
    }

    /// Makes an invitation; its secret is told this once.
    pub async fn create_invite(&self, caller: &Caller, id: GroupId, new: NewInvite) -> Outcome<(Invite, Token)> {
        let user = caller.user()?;
        let group = self.group(caller, id).await?;
        let (invite, token) = Invite::new(&group, user, new, Timestamp::now())?;
        self.commit(caller, id, Event::InviteCreated(invite.facts()), vec![store::add_invite(&invite)?]).await?;
        Ok((invite, token))
    }

    /// Takes an invitation back.
    pub async fn revoke_invite(&self, caller: &Caller, id: InviteId) -> Outcome<()> {
        let user = caller.user()?;
        let now = Timestamp::now();
        let invite = self.store.invite(id).await?.filter(|invite| invite.is_open(now));
        let invite = invite.ok_or(Refusal::InviteNotFound)?;
        let group = self.store.group(invite.group_id).await?.ok_or(Refusal::InviteNotFound)?;
        invite.check_revocable(&group, user)?;
        let event = Event::InviteRevoked(invite.facts());
        self.commit(caller, group.id, event, vec![store::revoke_invite(&invite, now)?]).await
    }

    /// The group that an invitation leads to, before joining and even before signing in; `None` when it leads nowhere.
    pub async fn preview(&self, token: &Token) -> Outcome<Option<Group>> {
        let invite = self.store.invite_by_token(token).await?;
        match invite.filter(|invite| invite.is_open(Timestamp::now())) {
            Some(invite) => self.store.group(invite.group_id).await,
            None => Ok(None),
        }
    }

    /// Follows an invitation into its group, maybe claiming a guest. Who is in already gets the member again, so that
    /// an answer that was lost can be asked for once more.
    pub async fn join_group(
        &self,
        caller: &Caller,
        token: &Token,
        claim: Option<MemberId>,
    ) -> Outcome<(Group, Member)> {
        caller.user()?;
        let invite = self.store.invite_by_token(token).await?.ok_or(Refusal::InviteNotFound)?;
        let joiner = self.profile(caller).await?;
        self.in_turn(invite.group_id, || self.join(caller, token, &joiner, claim)).await
    }

    async fn join(
        &self,
        caller: &Caller,
        token: &Token,
        joiner: &Profile,
        claim: Option<MemberId>,
    ) -> Outcome<(Group, Member)> {
        let now = Timestamp::now();
        let invite = self.store.invite_by_token(token).await?.ok_or(Refusal::InviteNotFound)?;
        let mut group = self.store.group(invite.group_id).await?.ok_or(Refusal::InviteNotFound)?;
        if let Some(member) = group.joined_already(joiner.user_id, claim).cloned() {
            return Ok((group, member));
        }
        if !invite.is_open(now) {
            return Err(Refusal::InviteNotFound.into());
        }
        let member = group.join(joiner, claim, now)?;
        let event = Event::MemberJoined(group.change_of(&member));
        let writes = vec![store::replace_group(&group)?, store::use_invite(&invite)];
        self.commit(caller, group.id, event, writes).await?;
        Ok((group, member))
    }

    /// The caller's name, as users knows it now.
    async fn profile(&self, caller: &Caller) -> Outcome<Profile> {
        Ok(self.profiles.own(&caller.asker()?).await?)
    }

    /// Changes a group while no other request of this process does; from the start again when another replica did.
    async fn in_turn<T, F>(&self, id: GroupId, attempt: impl Fn() -> F) -> Outcome<T>
    where
        F: Future<Output = Outcome<T>>,
    {
        let _lock = self.locks.lock(id.0).await;
        for _ in 1..TRIES {
            match attempt().await {
                Err(failure) if failure.is(Code::StaleVersion) => {
                    tokio::time::sleep(Duration::from_millis(rand::random_range(1..=PAUSE_MS))).await;
                }
                done => return done,
            }
        }
        attempt().await
    }

    async fn commit(&self, caller: &Caller, id: GroupId, event: Event, writes: Vec<Write>) -> Outcome<()> {
        caller.user()?;
        self.journal.commit(Change::new(id.0, event).by(caller).writing(writes)).await?;
        Ok(())
    }
}
