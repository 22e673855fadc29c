//! Use cases of mail: queue, send, follow a link.

use std::{
    sync::{Arc, LazyLock},
    time::Duration,
};

use contracts::{UserId, contacts::Contact};
use kit::{
    Caller, Clock, Failure, Outcome,
    mail::{Letter, NotTaken, Transport, pause_ms},
    mongo::Write,
    telemetry::metrics::Counter,
};
use reqwest::Url;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use super::{Link, LinkSecret, MINUTE_MS, Mail, Topic, letter::letter, store::MailStore};
use crate::{
    account::{Account, Email, Profile, operations::Accounts},
    config::Config,
    refusal::Refusal,
};

/// The interval between two looks at the queue, for retries and for the mails of processes that ended. What this process
/// queues is sent at once.
const POLL_INTERVAL: Duration = Duration::from_secs(10);

/// How long a process may take to send one mail, in milliseconds, before another one takes over.
const CLAIM_MS: i64 = 2 * MINUTE_MS;

/// The most people that another subgraph asks about at a time.
const PEOPLE: usize = 1_000;

/// The number of attempts. The pauses between them grow from a minute to an hour: most of a working day in total.
const MAX_ATTEMPTS: u32 = 12;

static MAILS: LazyLock<Counter> = LazyLock::new(|| {
    Counter::new("quits_mails_total", "Mails, by what they are about and what became of them.", &["topic", "outcome"])
});

/// The service for mail.
pub(crate) struct Mails {
    store: MailStore,
    accounts: Arc<Accounts>,
    transport: Transport,
    app_url: Url,
    clock: Clock,
    queued: Notify,
}

impl Mails {
    /// Creates the service; fails on inconsistent settings.
    pub(crate) fn new(store: MailStore, accounts: Arc<Accounts>, config: &Config, clock: Clock) -> Outcome<Self> {
        let (transport, app_url) = (Transport::new(&config.mail)?, config.mail.app_url.clone());
        Ok(Self { store, accounts, transport, app_url, clock, queued: Notify::new() })
    }

    /// Refuses if mail is not configured.
    pub(crate) fn expect_configured(&self) -> Outcome<()> {
        if self.transport.is_set_up() { Ok(()) } else { Err(Refusal::NoMail.into()) }
    }

    /// Whether the address of an account is verified. Without a real mail server addresses cannot be verified, so all
    /// of them count as verified.
    pub(crate) fn reaches(&self, account: &Account) -> bool {
        account.email_verified_at.is_some() || !self.transport.leaves()
    }

    /// How these people can be written to, for another subgraph, which knows what to write. People get nothing.
    pub(crate) async fn contacts(&self, caller: &Caller, users: &[UserId]) -> Outcome<Vec<Contact>> {
        if !caller.is_service {
            return Err(Failure::unauthenticated());
        }
        let accounts = self.accounts.all(&users[..users.len().min(PEOPLE)]).await?;
        let reached = accounts.into_iter().filter(|account| account.deleted_at.is_none() && self.reaches(account));
        Ok(reached.map(|account| account.contact()).collect())
    }

    /// Returns the write that queues a mail about a change of an account; `None` if mail is not configured.
    pub(crate) fn about(&self, topic: Topic, to: &Email, user: Option<UserId>) -> Outcome<Option<Write>> {
        if !self.transport.is_set_up() {
            return Ok(None);
        }
        Ok(Some(self.store.queue(&Mail::new(topic, to, user, self.clock.now()))?))
    }

    /// Queues a mail to an address. Without a user, its account is looked up on sending, so that the duration does not
    /// reveal whether there is one.
    pub(crate) async fn queue(&self, topic: Topic, to: &Email, user: Option<UserId>) -> Outcome<()> {
        self.expect_configured()?;
        self.store.queue_now(&Mail::new(topic, to, user, self.clock.now())).await?;
        self.hurry();
        Ok(())
    }

    /// Queues a notice to the owner of an account if the address is verified and mail is configured.
    pub(crate) async fn notify(&self, topic: Topic, owner: &Account) -> Outcome<()> {
        if owner.email_verified_at.is_some() && self.transport.is_set_up() {
            self.queue(topic, &owner.email, Some(owner.id)).await?;
        }
        Ok(())
    }

    /// Wakes the sender.
    pub(crate) fn hurry(&self) {
        self.queued.notify_one();
    }

    /// Returns the link with this secret and its account; refused if the link is invalid or expired.
    pub(crate) async fn link(&self, secret: &str) -> Outcome<(Link, Account)> {
        let link = self.store.link(secret, self.clock.now()).await?.ok_or(Refusal::LinkExpired)?;
        let account = self.accounts.by_id(link.user_id).await?.filter(|account| account.deleted_at.is_none());
        Ok((link, account.ok_or(Refusal::LinkExpired)?))
    }

    /// Returns the write that invalidates a link.
    pub(crate) fn use_up(&self, link: &Link) -> Write {
        self.store.use_up(link)
    }

    /// Removes the queued mails and the links of a deleted account.
    pub(crate) async fn forget(&self, user: UserId) -> Outcome<()> {
        self.store.forget(user).await
    }

    /// Sends queued mails until cancelled.
    pub(crate) async fn deliver(&self, stop: &CancellationToken) {
        while !stop.is_cancelled() {
            match self.deliver_next().await {
                Ok(true) => continue,
                Ok(false) => {}
                Err(failure) => tracing::warn!(reason = failure.log_text(), "mail waits"),
            }
            tokio::select! {
                () = self.queued.notified() => {}
                () = tokio::time::sleep(POLL_INTERVAL) => {}
                () = stop.cancelled() => {}
            }
        }
    }

    /// Sends one mail; false if none is due.
    async fn deliver_next(&self) -> Outcome<bool> {
        let now = self.clock.now();
        let Some(mail) = self.store.claim(now, now.plus_ms(CLAIM_MS)).await? else { return Ok(false) };
        let topic = mail.topic.name();
        let sent = match self.letter(&mail).await? {
            Some(letter) => self.transport.send(mail.to.as_str(), &letter).await.map(|()| "sent"),
            None => Ok("nobody"),
        };
        match sent {
            Ok(outcome) => MAILS.count(&[topic, outcome]),
            Err(NotTaken::Now(reason)) if mail.tries < MAX_ATTEMPTS => {
                tracing::warn!(mail = mail.id, topic, reason, "a mail was not taken; trying again");
                MAILS.count(&[topic, "postponed"]);
                self.store.postpone(&mail, now.plus_ms(pause_ms(mail.tries))).await?;
                return Ok(true);
            }
            Err(NotTaken::Now(reason) | NotTaken::Ever(reason)) => {
                tracing::error!(mail = mail.id, topic, reason, "a mail is given up");
                MAILS.count(&[topic, "given_up"]);
            }
        }
        self.store.remove(&mail).await?;
        Ok(true)
    }

    /// Writes a mail with a new link; `None` if its account does not exist.
    async fn letter(&self, mail: &Mail) -> Outcome<Option<Letter>> {
        let account = match mail.user_id {
            Some(user) => self.accounts.by_id(user).await?.filter(|account| account.deleted_at.is_none()),
            None => self.accounts.with_email(&mail.to).await?,
        };
        let Some(account) = account else { return Ok(None) };
        let link = match mail.topic.link() {
            Some((page, length_ms)) => Some(self.new_link(mail, account.id, page, length_ms).await?),
            None => None,
        };
        let Profile { name, locale, .. } = &account.profile;
        // A name is chosen by the person who registers, so it is not sent to an address that may be somebody else's.
        let is_known = account.email_verified_at.is_some() && mail.to == account.email;
        Ok(Some(letter(mail.topic, is_known.then_some(name.as_str()), locale, link.as_ref().map(Url::as_str))))
    }

    /// The secret is in the fragment of the URL, which browsers do not send to servers.
    async fn new_link(&self, mail: &Mail, user: UserId, page: &str, length_ms: i64) -> Outcome<Url> {
        let secret = LinkSecret::new();
        self.store.put_link(&Link::new(mail, user, &secret, self.clock.now().plus_ms(length_ms))).await?;
        let mut url = self.app_url.clone();
        url.set_path(page);
        url.set_fragment(Some(&format!("token={}", secret.0)));
        Ok(url)
    }
}
