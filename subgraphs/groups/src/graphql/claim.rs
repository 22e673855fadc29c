//! Claims of guests in the API.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, SimpleObject};
use kit::{
    Outcome,
    graphql::{DateTime, read_id, request},
};

use super::{
    member::User,
    reference::{Group, Member},
};
use crate::{
    group::{self, ClaimRequest as Waiting},
    invite::Token,
    refusal::Refusal,
    services::Services,
};

/// Somebody's wish to take the place of a guest, which waits for an owner or admin.
#[derive(SimpleObject)]
pub(super) struct ClaimRequest {
    /// Which request.
    id: ID,
    /// The guest.
    guest: Option<Member>,
    /// Who asks.
    user: User,
    /// The name of who asks.
    name: String,
    /// When it was asked.
    requested_at: DateTime,
}

impl ClaimRequest {
    /// Those of a group.
    pub(super) fn all(group: &Arc<group::Group>, waiting: &[Waiting]) -> Vec<Self> {
        let request = |request: &Waiting| Self {
            id: request.id.into(),
            guest: group.member(request.member_id).cloned().map(|guest| Member::from((Arc::clone(group), guest))),
            user: User { id: request.user_id.into() },
            name: request.name.clone(),
            requested_at: request.at.into(),
        };
        waiting.iter().map(request).collect()
    }
}

/// The mutations of claims.
#[derive(Default)]
pub(super) struct ClaimMutations;

#[Object]
impl ClaimMutations {
    /// Asks to take the place of a guest by a link, where the group wants an owner or admin to approve that.
    async fn request_claim(&self, ctx: &Context<'_>, token: String, member_id: ID) -> Outcome<bool> {
        let (services, caller) = request::<Services>(ctx)?;
        caller.user()?;
        let guest = read_id(&member_id, Refusal::NotAGuest { field: "memberId" })?;
        services.invites.request_claim(caller, &Token::received(token), guest).await?;
        Ok(true)
    }

    /// Lets somebody take the place of a guest who has asked for it. Owners and admins may.
    async fn approve_claim(&self, ctx: &Context<'_>, #[graphql(name = "id")] claim: ID) -> Outcome<Member> {
        let (services, caller) = request::<Services>(ctx)?;
        Ok(services.claims.approve(caller, read_id(&claim, Refusal::ClaimRequestNotFound)?).await?.into())
    }

    /// Turns down that somebody takes the place of a guest. Owners and admins may.
    async fn decline_claim(&self, ctx: &Context<'_>, #[graphql(name = "id")] claim: ID) -> Outcome<Group> {
        let (services, caller) = request::<Services>(ctx)?;
        Ok(services.claims.decline(caller, read_id(&claim, Refusal::ClaimRequestNotFound)?).await?.into())
    }

    /// Undoes that a user took the place of a guest, up to seven days later: the member is that guest again, and the user
    /// no member. Who may remove the member may.
    async fn undo_claim(&self, ctx: &Context<'_>, member_id: ID) -> Outcome<Member> {
        let (services, caller) = request::<Services>(ctx)?;
        Ok(services.claims.undo(caller, read_id(&member_id, Refusal::MemberNotFound)?).await?.into())
    }
}
