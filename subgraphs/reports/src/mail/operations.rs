//! Queueing mails about notifications, and sending those that are due.

use std::{
    sync::{Arc, LazyLock},
    time::Duration,
};

use chrono_tz::Tz;
use contracts::{
    Envelope, Timestamp, Trace, UserId,
    ask::Asker,
    contacts::{Contact, Contacts},
};
use kit::{
    Clock, Outcome,
    mail::{Letter, NotTaken, Transport, pause_ms},
    mongo::Write,
    role::Resources,
    settings::{ExposeSecret, SecretString},
    telemetry::metrics::Counter,
};
use reqwest::Url;
use tokio_util::sync::CancellationToken;

use super::{MINUTE_MS, Mail, State, address, letter::letter, store::MailStore};
use crate::{
    config::Config,
    directory::{Directory, Holder},
    notification::{Notification, Notifications, Recipient},
    preference::{Kind, Preferences},
};

/// How often the queue is looked at.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// A process that has not handed its mail over for so long is dead.
const CLAIM_MS: i64 = 5 * MINUTE_MS;

/// How long events about a member may come later than a notification to it.
const UNKNOWN_MS: i64 = 24 * 60 * MINUTE_MS;

/// How often a mail is tried, with pauses that grow from a minute to an hour.
const TRIES: u32 = 12;

static MAILS: LazyLock<Counter> = LazyLock::new(|| {
    Counter::new("quits_notification_mails_total", "Notifications to be mailed, by what became of them.", &["outcome"])
});

/// The service for mail about notifications.
pub(crate) struct Mails {
    store: MailStore,
    notifications: Arc<Notifications>,
    preferences: Arc<Preferences>,
    directory: Arc<Directory>,
    contacts: Arc<dyn Contacts>,
    transport: Transport,
    app_url: Url,
    service_key: SecretString,
    clock: Clock,
}

/// Whom a mail goes to, as far as it is known.
enum Receiver {
    User(UserId),
    Nobody,
    Unknown,
}

impl Mails {
    /// Creates the service; fails on settings that cannot be right.
    pub(crate) fn new(
        resources: &Resources<Config>,
        notifications: &Arc<Notifications>,
        preferences: &Arc<Preferences>,
        directory: &Arc<Directory>,
        contacts: Arc<dyn Contacts>,
    ) -> Outcome<Self> {
        Ok(Self {
            store: MailStore::new(&resources.database),
            notifications: Arc::clone(notifications),
            preferences: Arc::clone(preferences),
            directory: Arc::clone(directory),
            contacts,
            transport: Transport::new(&resources.own.mail)?,
            app_url: resources.own.mail.app_url.clone(),
            service_key: resources.settings.service_key.clone(),
            clock: resources.clock.clone(),
        })
    }

    /// Creates the indexes.
    pub(crate) async fn prepare(&self) -> Outcome<()> {
        self.store.prepare().await
    }

    /// Whether there is mail at all.
    pub(crate) fn is_set_up(&self) -> bool {
        self.transport.is_set_up()
    }

    /// Returns the writes that queue the mails about an event.
    pub(crate) fn collect(&self, envelope: &Envelope) -> Outcome<Vec<Write>> {
        self.about(&Notification::of(envelope)).iter().map(|mail| self.store.queue(mail)).collect()
    }

    /// Queues the mails about notifications. Idempotent: for a notification there is one mail.
    pub(crate) async fn queue(&self, notifications: &[Notification]) -> Outcome<()> {
        for mail in self.about(notifications) {
            self.store.queue_once(&mail).await?;
        }
        Ok(())
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

    /// Sends what is due until told to stop.
    pub(crate) async fn deliver(&self, stop: &CancellationToken) {
        while self.is_set_up() && !stop.is_cancelled() {
            match self.deliver_next().await {
                Ok(true) => continue,
                Ok(false) => {}
                Err(failure) => tracing::warn!(reason = failure.log_text(), "mail waits"),
            }
            tokio::select! {
                () = tokio::time::sleep(LOOK_EVERY) => {}
                () = stop.cancelled() => {}
            }
        }
    }

    fn about(&self, notifications: &[Notification]) -> Vec<Mail> {
        let news = notifications.iter().filter(|_| self.is_set_up());
        news.filter_map(|notification| Mail::about(notification, self.clock.now())).collect()
    }

    /// Decides about the mail that has been due for longest, and sends it with all others of its receiver that may be sent;
    /// false when none is due.
    async fn deliver_next(&self) -> Outcome<bool> {
        let now = self.clock.now();
        for _ in 0..self.store.give_up_claims(now.plus_ms(-CLAIM_MS), now).await? {
            tracing::error!("a process died with a mail; it is given up, since it may have been sent");
            MAILS.count(&[State::GivenUp.name()]);
        }
        let Some(mail) = self.store.due(now).await? else { return Ok(false) };
        match self.receiver(&mail).await? {
            Receiver::User(user) => self.deliver_to(user, &mail, now).await?,
            Receiver::Unknown if now.since_ms(mail.queued_at) < UNKNOWN_MS => {
                self.store.postpone(&[&mail.id], now.plus_ms(MINUTE_MS)).await?;
            }
            Receiver::Nobody | Receiver::Unknown => self.end(&[&mail.id], State::Unwanted, now).await?,
        }
        Ok(true)
    }

    async fn receiver(&self, mail: &Mail) -> Outcome<Receiver> {
        let member = match mail.to {
            Recipient::User(user) => return Ok(Receiver::User(user)),
            Recipient::Member(member) => member,
        };
        Ok(match self.directory.holder(member).await? {
            Some(Holder::User(user)) => Receiver::User(user),
            Some(Holder::Guest) => Receiver::Nobody,
            None => Receiver::Unknown,
        })
    }

    async fn deliver_to(&self, user: UserId, due: &Mail, now: Timestamp) -> Outcome<()> {
        let members = self.directory.members_of(user).await?;
        let own = members.iter().map(|(_, member)| Recipient::Member(*member)).chain([Recipient::User(user), due.to]);
        let waiting = self.store.waiting_for(&own.collect::<Vec<_>>()).await?;
        let ids: Vec<&str> = waiting.iter().map(|mail| mail.id.as_str()).collect();
        let asker = Asker::Service { key: self.service_key.expose_secret().to_owned(), trace: Trace::start() };
        let Some(contact) = self.contacts.contacts(&asker, &[user]).await?.remove(&user) else {
            return self.end(&ids, State::Unwanted, now).await;
        };
        let zone: Tz = contact.time_zone.parse().unwrap_or(Tz::UTC);
        let preference = self.preferences.of(user).await?;
        let news = self.notifications.by_ids(&ids).await?;
        let (mut sent, mut unwanted) = (Vec::new(), Vec::new());
        for mail in &waiting {
            let about = news.iter().find(|news| news.id == mail.id);
            let moment = about.and_then(|about| {
                preference.moment((Kind::of(&about.kind), about.group_id), mail.queued_at, now, zone)
            });
            match moment {
                None => unwanted.push(mail.id.as_str()),
                Some(moment) if moment > now => self.store.postpone(&[&mail.id], moment).await?,
                Some(_) if mail.tries == 0 || mail.due_at <= now => sent.push(mail.id.as_str()),
                // It was not taken, and its pause is not over.
                Some(_) => {}
            }
        }
        self.end(&unwanted, State::Unwanted, now).await?;
        let claimed = self.store.claim(&sent, now).await?;
        let news: Vec<&Notification> =
            claimed.iter().filter_map(|id| news.iter().find(|news| news.id == *id)).collect();
        if news.is_empty() {
            return Ok(());
        }
        let letter = self.letter(user, &contact, &news).await?;
        self.hand_over(&contact, &letter, &claimed, due.tries, now).await
    }

    async fn letter(&self, user: UserId, contact: &Contact, news: &[&Notification]) -> Outcome<Letter> {
        let groups: Vec<_> = news.iter().map(|news| news.group_id).collect();
        let actors: Vec<_> = news.iter().filter_map(|news| news.activity.actor).collect();
        let names = self.directory.names(&groups, &actors).await?;
        let unsubscribe = address::address(&self.app_url, &self.service_key, user)?;
        Ok(letter(contact, news, &names, &self.app_url, unsubscribe))
    }

    async fn hand_over(
        &self,
        contact: &Contact,
        letter: &Letter,
        claimed: &[String],
        tries: u32,
        now: Timestamp,
    ) -> Outcome<()> {
        let state = match self.transport.send(&contact.email, letter).await {
            Ok(()) => State::Sent,
            Err(NotTaken::Now(reason)) if tries < TRIES => {
                tracing::warn!(reason, "a mail was not taken; trying again");
                MAILS.count(&[State::Waiting.name()]);
                return self.store.try_again(claimed, now.plus_ms(pause_ms(tries + 1))).await;
            }
            Err(NotTaken::Now(reason) | NotTaken::Ever(reason)) => {
                tracing::error!(reason, "a mail is given up");
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
            MAILS.count(&[state.name()]);
        }
        Ok(())
    }
}
