//! The API of the devices that show notifications.

use async_graphql::{Context, InputObject, Object};
use kit::{Outcome, graphql::request};

use super::preference::{NotificationSettings, shown};
use crate::{push::NewDevice, services::Services};

/// A browser that is to show notifications: the fields of its `PushSubscription`.
#[derive(InputObject)]
pub(super) struct AddPushDeviceInput {
    /// Where messages for it are posted: an address of its push service.
    endpoint: String,
    /// Its public key, in URL-safe Base64.
    #[graphql(name = "p256dh")]
    p256dh: String,
    /// Its authentication secret, in URL-safe Base64.
    auth: String,
    /// The language of its notifications, such as "de".
    locale: String,
}

#[derive(Default)]
pub(super) struct PushMutation;

#[Object]
impl PushMutation {
    /// Has a browser show the caller's notifications; idempotent. A browser belongs to the person who added it last. Refused
    /// if this installation has no key for push.
    async fn add_push_device(&self, ctx: &Context<'_>, input: AddPushDeviceInput) -> Outcome<NotificationSettings> {
        let (services, caller) = request::<Services>(ctx)?;
        let user = caller.user()?;
        let AddPushDeviceInput { endpoint, p256dh, auth, locale } = input;
        services.pushes.channel.add(caller, NewDevice { endpoint, p256dh, auth, locale }).await?;
        shown(ctx, &services.preferences.of(user).await?).await
    }

    /// Ends the caller's notifications in a browser; idempotent.
    async fn remove_push_device(&self, ctx: &Context<'_>, endpoint: String) -> Outcome<NotificationSettings> {
        let (services, caller) = request::<Services>(ctx)?;
        let user = caller.user()?;
        services.pushes.channel.remove(caller, &endpoint).await?;
        shown(ctx, &services.preferences.of(user).await?).await
    }
}
