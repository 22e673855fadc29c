//! The mutations.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result};
use contracts::GroupId;
use kit::Caller;

use super::{
    known,
    types::{CreateGroupInput, Group, Invite, Member},
};
use crate::{
    Groups,
    invite::{NewInvite, Token},
    refusal::Refusal,
};

/// A week.
const HOURS: i32 = 168;

/// What can be changed.
pub struct Mutation;

#[Object]
impl Mutation {
    /// Makes a group; the caller becomes its owner.
    async fn create_group(&self, ctx: &Context<'_>, input: CreateGroupInput) -> Result<Group> {
        let caller = ctx.data::<Caller>()?;
        caller.user()?;
        Ok(ctx.data::<Arc<Groups>>()?.create_group(caller, &input.try_into()?).await?.into())
    }

    /// Adds a guest: a name without an account, which somebody who joins later can claim.
    async fn add_guest(&self, ctx: &Context<'_>, group_id: ID, name: String) -> Result<Member> {
        let caller = ctx.data::<Caller>()?;
        let group = known(caller, &group_id, Refusal::GroupNotFound)?;
        Ok(ctx.data::<Arc<Groups>>()?.add_guest(caller, group, &name).await?.into())
    }

    /// Makes a link by which others can join. Every member may.
    async fn create_invite(
        &self,
        ctx: &Context<'_>,
        group_id: ID,
        max_uses: Option<i32>,
        #[graphql(default_with = "Some(HOURS)")] expires_in_hours: Option<i32>,
    ) -> Result<Invite> {
        let caller = ctx.data::<Caller>()?;
        let groups = ctx.data::<Arc<Groups>>()?;
        let group: GroupId = known(caller, &group_id, Refusal::GroupNotFound)?;
        let new = NewInvite { expires_in_hours: expires_in_hours.unwrap_or(HOURS), max_uses };
        let (invite, token) = groups.create_invite(caller, group, new).await?;
        Ok(Invite::new(&invite, &token, groups.link(&token)))
    }

    /// Takes a link back. Its maker, an owner and an admin may.
    async fn revoke_invite(&self, ctx: &Context<'_>, #[graphql(name = "id")] invite: ID) -> Result<bool> {
        let caller = ctx.data::<Caller>()?;
        let invite = known(caller, &invite, Refusal::InviteNotFound)?;
        ctx.data::<Arc<Groups>>()?.revoke_invite(caller, invite).await?;
        Ok(true)
    }

    /// Joins by a link: as a new member, as the guest that is claimed, or as the member that the caller was before.
    async fn join_group(&self, ctx: &Context<'_>, token: String, claim_member_id: Option<ID>) -> Result<Member> {
        let caller = ctx.data::<Caller>()?;
        let claim = claim_member_id.map(|member| known(caller, &member, Refusal::NotAGuest)).transpose()?;
        Ok(ctx.data::<Arc<Groups>>()?.join_group(caller, &Token::brought(token), claim).await?.into())
    }

    /// Leaves a group. The balance stays and can still be settled. A last owner hands over to the admin, else the
    /// member, who has been in the group longest.
    async fn leave_group(&self, ctx: &Context<'_>, group_id: ID) -> Result<bool> {
        let caller = ctx.data::<Caller>()?;
        let group = known(caller, &group_id, Refusal::GroupNotFound)?;
        ctx.data::<Arc<Groups>>()?.leave_group(caller, group).await?;
        Ok(true)
    }
}
