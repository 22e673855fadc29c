//! Queueing deliveries, and handing over those that are due.

use std::{sync::Arc, time::Duration};

use contracts::{Envelope, Timestamp, UserId};
use kit::{
    Clock, Outcome,
    mail::{NotTaken, pause_ms},
    mongo::Write,
    role::Resources,
};
use tokio_util::sync::CancellationToken;

use super::{Channel, Delivery, MINUTE_MS, State, Times, store::DeliveryStore};
use crate::{
    config::Config,
    directory::{Directory, Holder},
    notification::{Notification, Notifications, Recipient},
    preference::Preferences,
};

/// How often the queue is looked at.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// A process that has not handed its deliveries over for so long is dead.
const CLAIM_MS: i64 = 5 * MINUTE_MS;

/// How long events about a member may come later than a notification to it.
const UNKNOWN_MS: i64 = 24 * 60 * MINUTE_MS;

/// How often a delivery is tried, with pauses that grow from a minute to an hour.
const TRIES: u32 = 12;

/// The service for deliveries over one channel.
pub(crate) struct Deliveries<C> {
    pub(crate) channel: C,
    store: DeliveryStore,
    notifications: Arc<Notifications>,
    preferences: Arc<Preferences>,
    directory: Arc<Directory>,
    clock: Clock,
}

/// Whom a delivery goes to, as far as it is known.
enum Receiver {
    User(UserId),
    Nobody,
    Unknown,
}

impl<C: Channel> Deliveries<C> {
    pub(crate) fn new(
        channel: C,
        resources: &Resources<Config>,
        notifications: &Arc<Notifications>,
        preferences: &Arc<Preferences>,
        directory: &Arc<Directory>,
    ) -> Self {
        Self {
            channel,
            store: DeliveryStore::new(&resources.database, C::COLLECTION),
            notifications: Arc::clone(notifications),
            preferences: Arc::clone(preferences),
            directory: Arc::clone(directory),
            clock: resources.clock.clone(),
        }
    }

    /// Creates the indexes.
    pub(crate) async fn prepare(&self) -> Outcome<()> {
        self.store.prepare().await
    }

    /// Returns the writes that queue the deliveries about an event.
    pub(crate) fn collect(&self, envelope: &Envelope) -> Outcome<Vec<Write>> {
        self.about(&Notification::of(envelope)).iter().map(|delivery| self.store.queue(delivery)).collect()
    }

    /// Queues notifications. Idempotent: for a notification there is one delivery.
    pub(crate) async fn queue(&self, notifications: &[Notification]) -> Outcome<()> {
        for delivery in self.about(notifications) {
            self.store.queue_once(&delivery).await?;
        }
        Ok(())
    }

    /// Hands over what is due until told to stop.
    pub(crate) async fn deliver(&self, stop: &CancellationToken) {
        while self.channel.is_set_up() && !stop.is_cancelled() {
            match self.deliver_next().await {
                Ok(true) => continue,
                Ok(false) => {}
                Err(failure) => tracing::warn!(channel = C::COLLECTION, reason = failure.log_text(), "deliveries wait"),
            }
            tokio::select! {
                () = tokio::time::sleep(LOOK_EVERY) => {}
                () = stop.cancelled() => {}
            }
        }
    }

    fn about(&self, notifications: &[Notification]) -> Vec<Delivery> {
        let news = notifications.iter().filter(|_| self.channel.is_set_up());
        news.filter_map(|notification| Delivery::of(notification, self.clock.now(), C::BURST_MS)).collect()
    }

    /// Decides about the delivery that has been due for longest, and hands it over with all others of its receiver that
    /// may be handed over; false when none is due.
    async fn deliver_next(&self) -> Outcome<bool> {
        let now = self.clock.now();
        for _ in 0..self.store.give_up_claims(now.plus_ms(-CLAIM_MS), now).await? {
            tracing::error!(
                channel = C::COLLECTION,
                "a process died with a delivery; it is given up, since it may have been handed over"
            );
            self.count(State::GivenUp);
        }
        let Some(due) = self.store.due(now).await? else { return Ok(false) };
        match self.receiver(&due).await? {
            Receiver::User(user) => self.deliver_to(user, &due, now).await?,
            Receiver::Unknown if now.since_ms(due.queued_at) >= UNKNOWN_MS => {
                self.end(&[&due.id], State::Unwanted, now).await?;
            }
            Receiver::Unknown => self.store.postpone(&self.alike(&due).await?, now.plus_ms(MINUTE_MS)).await?,
            Receiver::Nobody => self.end(&self.alike(&due).await?, State::Unwanted, now).await?,
        }
        Ok(true)
    }

    /// The ids of the deliveries that wait for the same member: after an import there are many.
    async fn alike(&self, due: &Delivery) -> Outcome<Vec<String>> {
        Ok(self.store.waiting_for(&[due.to]).await?.into_iter().map(|delivery| delivery.id).collect())
    }

    async fn receiver(&self, delivery: &Delivery) -> Outcome<Receiver> {
        let member = match delivery.to {
            Recipient::User(user) => return Ok(Receiver::User(user)),
            Recipient::Member(member) => member,
        };
        Ok(match self.directory.holder(member).await? {
            Some(Holder::User(user)) => Receiver::User(user),
            Some(Holder::Nobody) => Receiver::Nobody,
            None => Receiver::Unknown,
        })
    }

    async fn deliver_to(&self, user: UserId, due: &Delivery, now: Timestamp) -> Outcome<()> {
        let members = self.directory.members_of(user).await?;
        let own = members.iter().map(|(_, member)| Recipient::Member(*member)).chain([Recipient::User(user), due.to]);
        let waiting = self.store.waiting_for(&own.collect::<Vec<_>>()).await?;
        let ids: Vec<&str> = waiting.iter().map(|delivery| delivery.id.as_str()).collect();
        let Some((address, zone)) = self.channel.address(user).await? else {
            return self.end(&ids, State::Unwanted, now).await;
        };
        let preference = self.preferences.of(user).await?;
        let news = self.notifications.by_ids(&ids).await?;
        let (mut wanted, mut unwanted) = (Vec::new(), Vec::new());
        for delivery in &waiting {
            let about = news.iter().find(|news| news.id == delivery.id);
            let times = Times { since: delivery.queued_at, now, zone };
            match about.and_then(|about| self.channel.moment(&preference, about, times)) {
                None => unwanted.push(delivery.id.as_str()),
                Some(moment) if moment > now => self.store.postpone(&[&delivery.id], moment).await?,
                Some(_) if delivery.tries == 0 || delivery.due_at <= now => wanted.push(delivery.id.as_str()),
                // It was not taken, and its pause is not over.
                Some(_) => {}
            }
        }
        self.end(&unwanted, State::Unwanted, now).await?;
        let claimed = self.store.claim(&wanted, now).await?;
        let news: Vec<&Notification> =
            claimed.iter().filter_map(|id| news.iter().find(|news| news.id == *id)).collect();
        if news.is_empty() {
            return Ok(());
        }
        let taken = self.channel.hand_over(user, &address, &news).await?;
        self.handed_over(taken, &claimed, due.tries, now).await
    }

    async fn handed_over(
        &self,
        taken: Result<(), NotTaken>,
        claimed: &[String],
        tries: u32,
        now: Timestamp,
    ) -> Outcome<()> {
        let state = match taken {
            Ok(()) => State::Sent,
            Err(NotTaken::Now(reason)) if tries < TRIES => {
                tracing::warn!(channel = C::COLLECTION, reason, "a delivery was not taken; trying again");
                self.count(State::Waiting);
                return self.store.try_again(claimed, now.plus_ms(pause_ms(tries + 1))).await;
            }
            Err(NotTaken::Now(reason) | NotTaken::Ever(reason)) => {
                tracing::error!(channel = C::COLLECTION, reason, "a delivery is given up");
                State::GivenUp
            }
        };
        self.end(claimed, state, now).await
    }

    async fn end(&self, ids: &[impl AsRef<str> + Sync], state: State, now: Timestamp) -> Outcome<()> {
        if !ids.is_empty() {
            self.store.end(ids, state, now).await?;
        }
        for _ in ids {
            self.count(state);
        }
        Ok(())
    }

    fn count(&self, state: State) {
        self.channel.counter().count(&[state.name()]);
    }
}
