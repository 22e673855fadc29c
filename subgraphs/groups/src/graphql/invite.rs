//! Invitations in the API.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, SimpleObject};
use kit::{
    Outcome,
    graphql::{DateTime, read_id, request},
};

use super::{group::GroupKind, member::Member};
use crate::{
    group,
    invite::{self, NewInvite, Token},
    refusal::Refusal,
    services::Services,
};

/// A week.
const HOURS: i32 = 168;

/// A link by which others can join. Only its maker is told, and only once.
#[derive(SimpleObject)]
pub(super) struct Invite {
    /// Which invitation; to take it back.
    id: ID,
    /// Its secret.
    token: String,
    /// The link.
    url: String,
    /// Until when it can be used.
    expires_at: DateTime,
    /// How often it can be used; null is without limit.
    max_uses: Option<i32>,
    /// How often it was used.
    uses: i32,
}

/// An invitation that can still be used, as the members of the group see it: without its secret.
#[derive(SimpleObject)]
pub(super) struct OpenInvite {
    /// Which invitation; to revoke it.
    id: ID,
    /// Who made it.
    created_by: Option<Member>,
    /// When it was made; null for an old one.
    created_at: Option<DateTime>,
    /// Until when it can be used.
    expires_at: DateTime,
    /// How often it can be used; null is without limit.
    max_uses: Option<i32>,
    /// How often it was used.
    uses: i32,
}

impl OpenInvite {
    /// An invitation to this group.
    pub(super) fn new(group: &Arc<group::Group>, invite: &invite::Invite) -> Self {
        let maker = group.member(invite.made_by).cloned();
        Self {
            id: invite.id.into(),
            created_by: maker.map(|maker| Member::from((Arc::clone(group), maker))),
            created_at: invite.created_at.map(DateTime::from),
            expires_at: invite.expires_at.into(),
            max_uses: invite.max_uses,
            uses: invite.uses,
        }
    }
}

/// What an invitation leads to, for somebody who has its link.
#[derive(SimpleObject)]
pub(super) struct InvitePreview {
    /// The group's name.
    group_name: String,
    /// What the group is for.
    kind: GroupKind,
    /// The names of everyone in the group, guests included.
    member_names: Vec<String>,
    /// The guests that can be claimed.
    guests: Vec<InviteGuest>,
}

/// A guest that can be claimed by joining.
#[derive(SimpleObject)]
pub(super) struct InviteGuest {
    /// What to give as `claimMemberId`.
    member_id: ID,
    /// The guest's name.
    name: String,
}

impl Invite {
    /// The invitation with its secret and the link that has it.
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
    /// What may be known of a group before joining it.
    pub(super) fn of(group: &group::Group) -> Self {
        let guests = group.active_members().filter(|member| member.is_guest());
        Self {
            group_name: group.name.clone(),
            kind: group.kind.into(),
            member_names: group.active_members().map(|member| member.name.clone()).collect(),
            guests: guests.map(|guest| InviteGuest { member_id: guest.id.into(), name: guest.name.clone() }).collect(),
        }
    }
}

/// The queries about invitations.
#[derive(Default)]
pub(super) struct InviteQueries;

#[Object]
impl InviteQueries {
    /// What an invitation leads to; null when it does not exist or can no longer be used.
    async fn invite(&self, ctx: &Context<'_>, token: String) -> Outcome<Option<InvitePreview>> {
        let (services, _) = request::<Services>(ctx)?;
        let group = services.invites.preview(&Token::brought(token)).await?;
        Ok(group.as_ref().map(InvitePreview::of))
    }
}

/// The mutations of invitations.
#[derive(Default)]
pub(super) struct InviteMutations;

#[Object]
impl InviteMutations {
    /// Makes a link by which others can join. Every member may.
    async fn create_invite(
        &self,
        ctx: &Context<'_>,
        group_id: ID,
        max_uses: Option<i32>,
        #[graphql(default_with = "Some(HOURS)")] expires_in_hours: Option<i32>,
    ) -> Outcome<Invite> {
        let (services, caller) = request::<Services>(ctx)?;
        let group = read_id(&group_id, Refusal::GroupNotFound)?;
        let new = NewInvite { expires_in_hours: expires_in_hours.unwrap_or(HOURS), max_uses };
        let (invite, token) = services.invites.create(caller, group, new).await?;
        Ok(Invite::new(&invite, &token, services.invites.link(&token)))
    }

    /// Takes a link back. Its maker, an owner and an admin may.
    async fn revoke_invite(&self, ctx: &Context<'_>, #[graphql(name = "id")] invite: ID) -> Outcome<bool> {
        let (services, caller) = request::<Services>(ctx)?;
        let invite = read_id(&invite, Refusal::InviteNotFound)?;
        services.invites.revoke(caller, invite).await?;
        Ok(true)
    }

    /// Joins by a link: as a new member, as the guest that is claimed, or as the member that the caller was before.
    async fn join_group(&self, ctx: &Context<'_>, token: String, claim_member_id: Option<ID>) -> Outcome<Member> {
        let (services, caller) = request::<Services>(ctx)?;
        let claim = claim_member_id.map(|member| read_id(&member, Refusal::NotAGuest)).transpose()?;
        Ok(services.invites.join(caller, &Token::brought(token), claim).await?.into())
    }
}
