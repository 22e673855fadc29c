//! GraphQL mutations of account recovery.

use async_graphql::{Context, Object};
use kit::{Outcome, graphql::request};

use crate::services::Services;

/// Mutations of account recovery.
#[derive(Default)]
pub(super) struct RecoveryMutations;

#[Object]
impl RecoveryMutations {
    /// Sends a link for a new password to this address. True whether or not it has an account; refused with
    /// `NOT_CONFIGURED` if Quits sends no mail.
    async fn request_password_reset(&self, ctx: &Context<'_>, email: String) -> Outcome<bool> {
        let (services, _) = request::<Services>(ctx)?;
        services.recovery.request_password_reset(&email).await?;
        Ok(true)
    }

    /// Sets a new password by the token of such a link, and ends all sessions of the account. A token can be used once,
    /// within 30 minutes, and only until another one is requested.
    async fn reset_password(&self, ctx: &Context<'_>, token: String, new: String) -> Outcome<bool> {
        let (services, caller) = request::<Services>(ctx)?;
        let account = services.recovery.reset_password(caller, &token, new).await?;
        services.friendships.deliver_waiting(caller, &account).await?;
        Ok(true)
    }

    /// Sends a verification link to the caller's address; true even if it is verified already.
    async fn request_email_verification(&self, ctx: &Context<'_>) -> Outcome<bool> {
        let (services, caller) = request::<Services>(ctx)?;
        services.recovery.request_email_verification(caller).await?;
        Ok(true)
    }

    /// Sends a link to another address, which becomes the caller's when the link is followed. True whether or not
    /// another account has that address.
    async fn request_email_change(&self, ctx: &Context<'_>, password: String, email: String) -> Outcome<bool> {
        let (services, caller) = request::<Services>(ctx)?;
        services.recovery.request_email_change(caller, password, &email).await?;
        Ok(true)
    }

    /// Verifies an address, old or new, by the token of a link that was sent to it. A token can be used once, within
    /// three days. A replaced address gets a notice.
    async fn confirm_email(&self, ctx: &Context<'_>, token: String) -> Outcome<bool> {
        let (services, caller) = request::<Services>(ctx)?;
        let account = services.recovery.confirm_email(caller, &token).await?;
        services.friendships.deliver_waiting(caller, &account).await?;
        Ok(true)
    }
}
