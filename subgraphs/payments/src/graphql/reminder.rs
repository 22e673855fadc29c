//! Reminders.

use async_graphql::{Context, ID, Object};
use contracts::roster::group_not_found;
use kit::{
    Outcome,
    graphql::{read_id, request},
};

use crate::{Services, refusal::Refusal};

#[derive(Default)]
pub(super) struct ReminderMutation;

#[Object]
impl ReminderMutation {
    /// Reminds a member of a group who is to pay the caller, by a notification; once a day. The answer does not tell whether
    /// the member has muted it.
    async fn remind(&self, ctx: &Context<'_>, group_id: ID, member_id: ID) -> Outcome<bool> {
        let (services, caller) = request::<Services>(ctx)?;
        caller.user()?;
        let group = read_id(&group_id, group_not_found())?;
        let debtor = read_id(&member_id, Refusal::NotAMember { field: "memberId" })?;
        services.reminders.remind(caller, group, debtor).await?;
        Ok(true)
    }

    /// Says whether the caller wants no reminders of a member in a group.
    async fn mute_reminders(&self, ctx: &Context<'_>, group_id: ID, member_id: ID, muted: bool) -> Outcome<bool> {
        let (services, caller) = request::<Services>(ctx)?;
        caller.user()?;
        let group = read_id(&group_id, group_not_found())?;
        let creditor = read_id(&member_id, Refusal::NotAMember { field: "memberId" })?;
        services.reminders.mute(caller, group, creditor, muted).await?;
        Ok(muted)
    }
}
