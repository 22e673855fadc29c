//! Recovery in the API: what somebody may do who reads the mail of an address.

use async_graphql::{Context, Object};
use kit::{Outcome, graphql::request};

use crate::services::Services;

/// The mutations of recovery.
#[derive(Default)]
pub struct RecoveryMutations;

#[Object]
impl RecoveryMutations {
    /// Has a link for a new password sent to this address. True whether or not there is an account with it; refused with
    /// `NOT_CONFIGURED` where Quits sends no mail.
    async fn request_password_reset(&self, ctx: &Context<'_>, email: String) -> Outcome<bool> {
        let (services, _) = request::<Services>(ctx)?;
        services.recovery.request_password_reset(&email).await?;
        Ok(true)
    }

    /// Changes the password of an account by the token of such a link, and ends all its sessions. A token counts once,
    /// for 30 minutes, and only until another one is asked for.
    async fn reset_password(&self, ctx: &Context<'_>, token: String, new: String) -> Outcome<bool> {
        let (services, caller) = request::<Services>(ctx)?;
        let account = services.recovery.reset_password(caller, &token, new).await?;
        services.friendships.deliver_waiting(caller, &account).await?;
        Ok(true)
    }

    /// Has a link sent to the caller's address that shows that mail to it arrives; true also where that is known.
    async fn request_email_verification(&self, ctx: &Context<'_>) -> Outcome<bool> {
        let (services, caller) = request::<Services>(ctx)?;
        services.recovery.request_email_verification(caller).await?;
        Ok(true)
    }

    /// Has a link sent to another address, which becomes the caller's when the link is followed. True whether or not
    /// another account has that address.
    async fn request_email_change(&self, ctx: &Context<'_>, password: String, email: String) -> Outcome<bool> {
        let (services, caller) = request::<Services>(ctx)?;
        services.recovery.request_email_change(caller, password, &email).await?;
        Ok(true)
    }

    /// Confirms an address, old or new, by the token of a link that was sent to it. A token counts once, for three days.
    /// A replaced address is told.
    async fn confirm_email(&self, ctx: &Context<'_>, token: String) -> Outcome<bool> {
        let (services, caller) = request::<Services>(ctx)?;
        let account = services.recovery.confirm_email(caller, &token).await?;
        services.friendships.deliver_waiting(caller, &account).await?;
        Ok(true)
    }
}
