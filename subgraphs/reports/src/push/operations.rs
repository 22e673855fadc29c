//! Web Push as a channel for notifications, and the devices of people.

use std::sync::{Arc, LazyLock};

use async_trait::async_trait;
use chrono_tz::Tz;
use contracts::{Event, Timestamp, UserId};
use kit::{
    Caller, Clock, Failure, Outcome,
    mail::{Language, NotTaken},
    role::Resources,
    settings::ExposeSecret,
    telemetry::metrics::Counter,
};

use super::{
    device::{Device, NewDevice},
    sender::{Message, Pushed, Sender},
    store::DeviceStore,
};
use crate::{
    config::{Config, PushService},
    delivery::{Channel, Digest, Times},
    notification::{Notification, Notifications},
    preference::{Kind, Preference},
};

static PUSHES: LazyLock<Counter> = LazyLock::new(|| {
    let about = "Notifications to be shown on devices, by what became of them.";
    Counter::new("quits_notification_pushes_total", about, &["outcome"])
});

/// Web Push as a channel for notifications.
pub(crate) struct PushChannel {
    store: DeviceStore,
    notifications: Arc<Notifications>,
    /// `None` if the operator has set no key.
    sender: Option<Sender>,
    services: Vec<PushService>,
    clock: Clock,
}

impl PushChannel {
    /// Creates the channel; fails on a key that is none.
    pub(crate) fn new(resources: &Resources<Config>, notifications: &Arc<Notifications>) -> Outcome<Self> {
        let own = &resources.own;
        let key = own.vapid_private_key.as_ref().filter(|key| !key.expose_secret().trim().is_empty());
        Ok(Self {
            store: DeviceStore::new(&resources.database),
            notifications: Arc::clone(notifications),
            sender: key.map(|key| Sender::new(key, &own.mail.app_url)).transpose()?,
            services: own.push_services.clone(),
            clock: resources.clock.clone(),
        })
    }

    /// Creates the indexes.
    pub(crate) async fn prepare(&self) -> Outcome<()> {
        self.store.prepare().await
    }

    /// Does what follows from an event: a deleted account takes its devices along. Idempotent.
    pub(crate) async fn follow(&self, event: &Event) -> Outcome<()> {
        match event {
            Event::UserDeleted(user) => self.store.remove_of(user.user_id).await,
            _ => Ok(()),
        }
    }

    /// The key that browsers register with; `None` if push is not set up.
    pub(crate) fn public_key(&self) -> Option<&str> {
        self.sender.as_ref().map(|sender| sender.public_key.as_str())
    }

    /// Registers a device of the caller.
    pub(crate) async fn add(&self, caller: &Caller, new: NewDevice) -> Outcome<()> {
        let user = caller.user()?;
        if !self.is_set_up() {
            return Err(kit::Refusal::new(kit::Code::NotConfigured, "Notifications on devices are not set up.").into());
        }
        let zone = caller.time_zone();
        let device = Device::new(new, &self.services, user, zone.name(), self.clock.now())?;
        self.store.put(&device).await
    }

    /// Forgets a device of the caller, if it is one.
    pub(crate) async fn remove(&self, caller: &Caller, endpoint: &str) -> Outcome<()> {
        self.store.remove(caller.user()?, &Device::id(endpoint)).await
    }

    /// How many devices a person has registered.
    pub(crate) async fn count(&self, user: UserId) -> Outcome<usize> {
        Ok(self.store.of(user).await?.len())
    }
}

#[async_trait]
impl Channel for PushChannel {
    /// The devices, of which there is at least one.
    type Address = Vec<Device>;

    const COLLECTION: &'static str = "pushes";
    const BURST_MS: i64 = 0;

    fn counter(&self) -> &Counter {
        &PUSHES
    }

    fn is_set_up(&self) -> bool {
        self.sender.is_some()
    }

    async fn address(&self, user: UserId) -> Outcome<Option<(Vec<Device>, Tz)>> {
        let devices = self.store.of(user).await?;
        let zone = devices.first().map(|device| device.time_zone.parse().unwrap_or(Tz::UTC));
        Ok(zone.map(|zone| (devices, zone)))
    }

    fn moment(&self, preference: &Preference, about: &Notification, times: Times) -> Option<Timestamp> {
        preference.moment_on_devices((Kind::of(&about.kind), about.group_id), times.now, times.zone)
    }

    /// A message counts as taken if one of the devices has taken it, so that none shows it twice.
    async fn hand_over(
        &self,
        user: UserId,
        devices: &Vec<Device>,
        news: &[&Notification],
    ) -> Outcome<Result<(), NotTaken>> {
        let Some(sender) = &self.sender else { return Ok(Err(NotTaken::Ever("push is not set up".to_owned()))) };
        let newest = news.last().ok_or_else(|| Failure::internal("there is nothing to tell"))?;
        let names = self.notifications.names(news).await?;
        let (mut is_taken, mut problem) = (false, NotTaken::Ever("no device is left".to_owned()));
        for device in devices {
            let digest = Digest { news, names: &names, language: Language::of(&device.locale) };
            let (title, body, page) = (digest.heading(), &digest.summary(), &digest.page());
            let message = Message { title, body, page, tag: &newest.id };
            match sender.push(device, &message, self.clock.now()).await? {
                Pushed::Taken => is_taken = true,
                Pushed::DeviceGone => self.store.remove(user, &device.id).await?,
                Pushed::Not(reason) => problem = reason,
            }
        }
        Ok(if is_taken { Ok(()) } else { Err(problem) })
    }
}
