//! The API of invitations.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, SimpleObject};
use kit::{
    Outcome,
    graphql::{DateTime, read_id, request},
};

use super::reference::{GroupKind, Member};
use crate::{
    group,
    invite::{self, NewInvite, Token},
    refusal::Refusal,
    services::Services,
};

/// The default validity of an invitation: a week.
const HOURS: i32 = 168;

/// A new invitation with its link. The link is returned only once, to its creator.
#[derive(SimpleObject)]
pub(super) struct Invite {
    /// The invitation's id, for example to revoke it.
    id: ID,
    /// The secret token in the link.
    token: String,
    /// The link.
    url: String,
    /// When the invitation expires.
    expires_at: DateTime,
    /// The maximum number of uses; null if it is unlimited.
    max_uses: Option<i32>,
    /// The number of uses so far.
    uses: i32,
}

/// An invitation that can still be used, without its secret token, for the members of the group.
#[derive(SimpleObject)]
pub(super) struct OpenInvite {
    /// The invitation's id, for example to revoke it.
    id: ID,
    /// The member who created it.
    created_by: Option<Member>,
    /// When it was created; null for old invitations, which did not record it.
    created_at: Option<DateTime>,
    /// When the invitation expires.
    expires_at: DateTime,
    /// The maximum number of uses; null if it is unlimited.
    max_uses: Option<i32>,
    /// The number of uses so far.
    uses: i32,
    /// The guest whose personal link it is; null for a general invitation.
    guest: Option<Member>,
}

impl OpenInvite {
    /// The open invitation with its creator, who is a member of this group.
    pub(super) fn new(group: &Arc<group::Group>, invite: &invite::Invite) -> Self {
        let maker = group.member(invite.made_by).cloned();
        let guest = invite.guest_id.and_then(|guest| group.member(guest)).cloned();
        Self {
            id: invite.id.into(),
            created_by: maker.map(|maker| Member::from((Arc::clone(group), maker))),
            created_at: invite.created_at.map(DateTime::from),
            expires_at: invite.expires_at.into(),
            max_uses: invite.max_uses,
            uses: invite.uses,
            guest: guest.map(|guest| Member::from((Arc::clone(group), guest))),
        }
    }
}

/// A preview of the group for a person who has the link of an invitation.
#[derive(SimpleObject)]
pub(super) struct InvitePreview {
    /// The group's name.
    group_name: String,
    /// The kind of group.
    kind: GroupKind,
    /// The names of all current members, including guests.
    member_names: Vec<String>,
    /// The guests that can be claimed. A personal link names only its own guest, whom joining claims.
    guests: Vec<InviteGuest>,
    /// Whether it is the personal link of a guest.
    personal: bool,
    /// Whether a claim needs approval: it is then made by `requestClaim`, not by `joinGroup`.
    claim_needs_approval: bool,
}

/// A guest that can be claimed by joining.
#[derive(SimpleObject)]
pub(super) struct InviteGuest {
    /// The guest's member id, to be passed as `claimMemberId`.
    member_id: ID,
    /// The guest's name.
    name: String,
}

impl Invite {
    /// The invitation with its secret token and link.
    pub(super) fn new(invite: &invite::Invite, token: &invite::Token, url: String) -> Self {
        Self {
            id: invite.id.into(),
            token: token.expose().to_owned(),
            url,
            expires_at: invite.expires_at.into(),
            max_uses: invite.max_uses,
            uses: invite.uses,
        }
    }
}

impl InvitePreview {
    /// The facts about a group that may be shown before joining.
    pub(super) fn of(invite: &invite::Invite, group: &group::Group) -> Self {
        let is_offered = |guest: &&group::Member| invite.guest_id.is_none_or(|own| own == guest.id);
        let guests = group.active_members().filter(|member| member.is_guest()).filter(is_offered);
        Self {
            group_name: group.name.clone(),
            kind: group.kind.into(),
            member_names: group.active_members().map(|member| member.name.clone()).collect(),
            guests: guests.map(|guest| InviteGuest { member_id: guest.id.into(), name: guest.name.clone() }).collect(),
            personal: invite.guest_id.is_some(),
            claim_needs_approval: invite.needs_approval(group),
        }
    }
}

/// The queries about invitations.
#[derive(Default)]
pub(super) struct InviteQueries;

#[Object]
impl InviteQueries {
    /// A preview of the group of an invitation; null if the invitation does not exist or can no longer be used.
    async fn invite(&self, ctx: &Context<'_>, token: String) -> Outcome<Option<InvitePreview>> {
        let (services, _) = request::<Services>(ctx)?;
        let preview = services.invites.preview(&Token::received(token)).await?;
        Ok(preview.map(|(invite, group)| InvitePreview::of(&invite, &group)))
    }
}

/// The mutations of invitations.
#[derive(Default)]
pub(super) struct InviteMutations;

#[Object]
impl InviteMutations {
    /// Creates an invitation: a link by which others can join, or the personal link of a guest, which claims that guest.
    /// Allowed for all members. A personal link can be used once unless `maxUses` is given. No link works once another
    /// member has removed its creator.
    async fn create_invite(
        &self,
        ctx: &Context<'_>,
        group_id: ID,
        guest_id: Option<ID>,
        max_uses: Option<i32>,
        #[graphql(default_with = "Some(HOURS)")] expires_in_hours: Option<i32>,
    ) -> Outcome<Invite> {
        let (services, caller) = request::<Services>(ctx)?;
        let group = read_id(&group_id, Refusal::GroupNotFound)?;
        let guest_id = guest_id.map(|guest| read_id(&guest, Refusal::NotAGuest { field: "guestId" })).transpose()?;
        let new = NewInvite { expires_in_hours: expires_in_hours.unwrap_or(HOURS), max_uses, guest_id };
        let (invite, token) = services.invites.create(caller, group, new).await?;
        Ok(Invite::new(&invite, &token, services.invites.link(&token)))
    }

    /// Revokes an invitation. Allowed for its creator, owners and admins.
    async fn revoke_invite(&self, ctx: &Context<'_>, #[graphql(name = "id")] invite: ID) -> Outcome<bool> {
        let (services, caller) = request::<Services>(ctx)?;
        let invite = read_id(&invite, Refusal::InviteNotFound)?;
        services.invites.revoke(caller, invite).await?;
        Ok(true)
    }

    /// Joins a group by an invitation: as a new member, as a claimed guest, or as the member that the caller was
    /// before. The personal link of a guest claims that guest.
    async fn join_group(&self, ctx: &Context<'_>, token: String, claim_member_id: Option<ID>) -> Outcome<Member> {
        let (services, caller) = request::<Services>(ctx)?;
        let claim = claim_member_id
            .map(|member| read_id(&member, Refusal::NotAGuest { field: "claimMemberId" }))
            .transpose()?;
        Ok(services.invites.join(caller, &Token::received(token), claim).await?.into())
    }
}
