//! The use cases of invitations.

use std::sync::Arc;

use contracts::{
    Event, GroupId, InviteId, MemberId,
    event::{ClaimRequestFacts, MemberChange},
    profile::Profile,
};
use kit::{Caller, Clock, Outcome};
use reqwest::Url;

use super::{Invite, NewInvite, Token, store::InviteStore};
use crate::{
    group::{Group, Member, operations::Groups},
    refusal::Refusal,
};

/// The maximum number of open invitations to one group.
const MAX_OPEN_INVITES: usize = 50;

/// The service for invitations.
pub(crate) struct Invites {
    store: InviteStore,
    groups: Arc<Groups>,
    clock: Clock,
    app_url: Url,
}

impl Invites {
    /// Creates the service. `app_url` is the base of the links.
    pub(crate) fn new(store: InviteStore, groups: Arc<Groups>, clock: Clock, app_url: Url) -> Self {
        Self { store, groups, clock, app_url }
    }

    /// Creates an invitation. Its secret token is returned only here.
    pub(crate) async fn create(&self, caller: &Caller, id: GroupId, new: NewInvite) -> Outcome<(Invite, Token)> {
        let user = caller.user()?;
        let group = self.groups.group(caller, id).await?;
        if self.open(&group).await?.len() >= MAX_OPEN_INVITES {
            return Err(Refusal::TooManyInvites { most: MAX_OPEN_INVITES }.into());
        }
        let (invite, token) = Invite::new(&group, user, new, self.clock.now())?;
        let event = Event::InviteCreated(invite.facts());
        self.groups.commit(caller, id, event, vec![self.store.insert(&invite)?]).await?;
        Ok((invite, token))
    }

    /// Returns the invitations to a group that can still be used. The caller must have been authorised.
    pub(crate) async fn open(&self, group: &Group) -> Outcome<Vec<Invite>> {
        let limit = i64::try_from(MAX_OPEN_INVITES).unwrap_or(i64::MAX);
        self.store.open_of(group, self.clock.now(), limit).await
    }

    /// Revokes an invitation.
    pub(crate) async fn revoke(&self, caller: &Caller, id: InviteId) -> Outcome<()> {
        let user = caller.user()?;
        let now = self.clock.now();
        let invite = self.store.invite(id).await?.filter(|invite| invite.is_open(now));
        let invite = invite.ok_or(Refusal::InviteNotFound)?;
        let group = self.groups.find(invite.group_id).await?.ok_or(Refusal::InviteNotFound)?;
        invite.check_revocable(&group, user)?;
        let event = Event::InviteRevoked(invite.facts());
        self.groups.commit(caller, group.id, event, vec![self.store.revoke(&invite, now)?]).await
    }

    /// Returns an invitation and its group, for a preview that needs neither membership nor sign-in. `None` if the
    /// invitation does not exist or can no longer be used.
    pub(crate) async fn preview(&self, token: &Token) -> Outcome<Option<(Invite, Group)>> {
        let now = self.clock.now();
        let Some(invite) = self.store.with_token(token).await? else { return Ok(None) };
        let group = self.groups.find(invite.group_id).await?;
        let group = group.filter(|group| invite.admits(group, now) && invite.fits(group));
        Ok(group.map(|group| (invite, group)))
    }

    /// Joins the group of an invitation, optionally claiming a guest. Idempotent: a user who is a member already gets
    /// that member, so that a client can retry after a lost response.
    pub(crate) async fn join(
        &self,
        caller: &Caller,
        token: &Token,
        claim: Option<MemberId>,
    ) -> Outcome<(Group, Member)> {
        caller.user()?;
        let invite = self.store.with_token(token).await?.ok_or(Refusal::InviteNotFound)?;
        let joiner = self.groups.profile(caller).await?;
        self.groups.retrying(invite.group_id, || self.try_join(caller, token, &joiner, claim)).await
    }

    async fn try_join(
        &self,
        caller: &Caller,
        token: &Token,
        joiner: &Profile,
        claim: Option<MemberId>,
    ) -> Outcome<(Group, Member)> {
        let now = self.clock.now();
        let invite = self.store.with_token(token).await?.ok_or(Refusal::InviteNotFound)?;
        let mut group = self.groups.find(invite.group_id).await?.ok_or(Refusal::InviteNotFound)?;
        let claim = invite.claim(claim, "claimMemberId")?;
        if let Some(member) = group.joined_already(joiner.user_id, claim).cloned() {
            return Ok((group, member));
        }
        if !invite.admits(&group, now) {
            return Err(Refusal::InviteNotFound.into());
        }
        if claim.is_some() && invite.needs_approval(&group) {
            return Err(Refusal::ClaimNeedsApproval.into());
        }
        if group.member_of(joiner.user_id).is_none() {
            self.groups.check_one_more(joiner.user_id).await?;
        }
        let member = group.join(joiner, claim, now)?;
        let claim = claim.and_then(|_| group.own_claim(&member));
        let event = Event::MemberJoined(MemberChange { claim, ..group.change_of(&member) });
        let writes = vec![self.groups.replace(&group)?, self.store.count_use(&invite)];
        self.groups.commit(caller, group.id, event, writes).await?;
        Ok((group, member))
    }

    /// Requests the approval of a claim. Repeating the request changes nothing.
    pub(crate) async fn request_claim(&self, caller: &Caller, token: &Token, guest: MemberId) -> Outcome<()> {
        caller.user()?;
        let invite = self.store.with_token(token).await?.ok_or(Refusal::InviteNotFound)?;
        let user = self.groups.profile(caller).await?;
        self.groups.retrying(invite.group_id, || self.try_request(caller, token, &user, guest)).await
    }

    async fn try_request(&self, caller: &Caller, token: &Token, user: &Profile, guest: MemberId) -> Outcome<()> {
        let now = self.clock.now();
        let invite = self.store.with_token(token).await?.ok_or(Refusal::InviteNotFound)?;
        let mut group = self.groups.find(invite.group_id).await?.ok_or(Refusal::InviteNotFound)?;
        invite.claim(Some(guest), "memberId")?;
        if group.waiting_claim(user.user_id, guest).is_some() {
            return Ok(());
        }
        if !invite.admits(&group, now) {
            return Err(Refusal::InviteNotFound.into());
        }
        self.groups.check_one_more(user.user_id).await?;
        let request = group.request_claim(user, guest, now)?;
        let event = Event::ClaimRequested(ClaimRequestFacts {
            request_id: request.id,
            group_id: group.id,
            member_id: guest,
            user_id: user.user_id,
            claim: group.facts_of_request(&request, None),
        });
        let writes = vec![self.groups.replace(&group)?, self.store.count_use(&invite)];
        self.groups.commit(caller, group.id, event, writes).await
    }

    /// Returns the link of an invitation. The token is in the URL fragment, which browsers do not send to servers, so
    /// it does not appear in access logs.
    pub(crate) fn link(&self, token: &Token) -> String {
        format!("{}/join#{}", self.app_url.as_str().trim_end_matches('/'), token.expose())
    }
}
