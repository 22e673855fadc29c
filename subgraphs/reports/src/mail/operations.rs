//! Mail as a channel for notifications, and its end by the link in each mail.

use std::sync::{Arc, LazyLock};

use async_trait::async_trait;
use chrono_tz::Tz;
use contracts::{
    Timestamp, Trace, UserId,
    ask::Asker,
    contacts::{Contact, Contacts},
};
use kit::{
    Outcome,
    mail::{NotTaken, Transport},
    role::Resources,
    settings::{ExposeSecret, SecretString},
    telemetry::metrics::Counter,
};
use reqwest::Url;

use super::{address, letter::letter};
use crate::{
    config::Config,
    delivery::{Channel, MINUTE_MS, Times},
    notification::{Notification, Notifications},
    preference::{Kind, Preference, Preferences},
};

static MAILS: LazyLock<Counter> = LazyLock::new(|| {
    Counter::new("quits_notification_mails_total", "Notifications to be mailed, by what became of them.", &["outcome"])
});

/// Mail as a channel for notifications.
pub(crate) struct MailChannel {
    preferences: Arc<Preferences>,
    notifications: Arc<Notifications>,
    contacts: Arc<dyn Contacts>,
    transport: Transport,
    app_url: Url,
    service_key: SecretString,
}

impl MailChannel {
    /// Creates the channel; fails on settings that cannot be right.
    pub(crate) fn new(
        resources: &Resources<Config>,
        preferences: &Arc<Preferences>,
        notifications: &Arc<Notifications>,
        contacts: Arc<dyn Contacts>,
    ) -> Outcome<Self> {
        Ok(Self {
            preferences: Arc::clone(preferences),
            notifications: Arc::clone(notifications),
            contacts,
            transport: Transport::new(&resources.own.mail)?,
            app_url: resources.own.mail.app_url.clone(),
            service_key: resources.settings.service_key.clone(),
        })
    }

    /// Whether a person's address for ending mail has this token.
    pub(super) fn is_address(&self, token: &str) -> Outcome<bool> {
        Ok(address::signed(&self.service_key, token)?.is_some())
    }

    /// Ends mail to the person whose address has this token; false if nobody's has.
    pub(super) async fn end_mail(&self, token: &str) -> Outcome<bool> {
        let Some(user) = address::signed(&self.service_key, token)? else { return Ok(false) };
        self.preferences.end_mail(user).await?;
        Ok(true)
    }
}

#[async_trait]
impl Channel for MailChannel {
    type Address = Contact;

    const COLLECTION: &'static str = "mails";
    const BURST_MS: i64 = MINUTE_MS;

    fn counter(&self) -> &Counter {
        &MAILS
    }

    fn is_set_up(&self) -> bool {
        self.transport.is_set_up()
    }

    async fn address(&self, user: UserId) -> Outcome<Option<(Contact, Tz)>> {
        let asker = Asker::Service { key: self.service_key.expose_secret().to_owned(), trace: Trace::start() };
        let contact = self.contacts.contacts(&asker, &[user]).await?.remove(&user);
        Ok(contact.map(|contact| {
            let zone = contact.time_zone.parse().unwrap_or(Tz::UTC);
            (contact, zone)
        }))
    }

    fn moment(&self, preference: &Preference, about: &Notification, times: Times) -> Option<Timestamp> {
        let Times { since, now, zone } = times;
        preference.moment((Kind::of(&about.kind), about.group_id), since, now, zone)
    }

    async fn hand_over(
        &self,
        user: UserId,
        contact: &Contact,
        news: &[&Notification],
    ) -> Outcome<Result<(), NotTaken>> {
        let names = self.notifications.names(news).await?;
        let unsubscribe = address::address(&self.app_url, &self.service_key, user)?;
        let letter = letter(contact, news, &names, &self.app_url, unsubscribe);
        Ok(self.transport.send(&contact.email, &letter).await)
    }
}
