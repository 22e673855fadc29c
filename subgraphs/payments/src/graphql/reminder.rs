//! GraphQL mutations of reminders.

use async_graphql::{Context, ID, Object};
use contracts::roster::group_not_found;
use kit::{
    Outcome,
    graphql::{read_id, request},
};

use crate::{refusal::Refusal, services::Services};

#[derive(Default)]
pub(super) struct ReminderMutation;

#[Object]
impl ReminderMutation {
    /// Sends a notification to a member who is to pay the caller; once a day over all groups. The response does not
    /// reveal whether the member has muted the caller.
    async fn remind(&self, ctx: &Context<'_>, group_id: ID, member_id: ID) -> Outcome<bool> {
        let (services, caller) = request::<Services>(ctx)?;
        caller.user()?;
        let group = read_id(&group_id, group_not_found())?;
        let debtor = read_id(&member_id, Refusal::NotAMember { field: "memberId" })?;
        services.reminders.remind(caller, group, debtor).await?;
        Ok(true)
    }

    /// Sets whether the caller mutes reminders by a member in a group.
    async fn mute_reminders(&self, ctx: &Context<'_>, group_id: ID, member_id: ID, muted: bool) -> Outcome<bool> {
        let (services, caller) = request::<Services>(ctx)?;
        caller.user()?;
        let group = read_id(&group_id, group_not_found())?;
        let creditor = read_id(&member_id, Refusal::NotAMember { field: "memberId" })?;
        services.reminders.mute(caller, group, creditor, muted).await?;
        Ok(muted)
    }
}
