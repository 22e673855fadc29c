//! The use cases of mail: to queue one, to send those that wait, to follow a link.

use std::{
    sync::{Arc, LazyLock},
    time::Duration,
};

use contracts::UserId;
use kit::{
    Clock, Outcome,
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

/// How often the queue is looked at without a reason: for mails that are due again, and those of other processes.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// How long a process may take to send one mail before another one takes over.
const CLAIM_MS: i64 = 2 * MINUTE_MS;

/// How often a mail is tried, with pauses that grow from a minute to an hour: most of a working day.
const TRIES: u32 = 12;

static MAILS: LazyLock<Counter> = LazyLock::new(|| {
    Counter::new("quits_mails_total", "Mails, by what they are about and what became of them.", &["topic", "outcome"])
});

/// The service of mail.
pub(crate) struct Mails {
    store: MailStore,
    accounts: Arc<Accounts>,
    transport: Transport,
    app_url: Url,
    clock: Clock,
    queued: Notify,
}

impl Mails {
    /// The service over its store; fails on settings that cannot be right.
    pub(crate) fn new(store: MailStore, accounts: Arc<Accounts>, config: &Config, clock: Clock) -> Outcome<Self> {
        let (transport, app_url) = (Transport::new(&config.mail)?, config.mail.app_url.clone());
        Ok(Self { store, accounts, transport, app_url, clock, queued: Notify::new() })
    }

    /// Refuses where mail is not set up.
    pub(crate) fn expect_configured(&self) -> Outcome<()> {
        if self.transport.is_set_up() { Ok(()) } else { Err(Refusal::NoMail.into()) }
    }

    /// Whether the owner of an account is known to read the mail of its address. Where no mail leaves this installation, that
    /// cannot be found out, and is taken for granted.
    pub(crate) fn reaches(&self, account: &Account) -> bool {
        account.email_verified_at.is_some() || !self.transport.leaves()
    }

    /// The mail about a change of an account, as a part of it; nothing where mail is not set up.
    pub(crate) fn about(&self, topic: Topic, to: &Email, user: Option<UserId>) -> Outcome<Option<Write>> {
        if !self.transport.is_set_up() {
            return Ok(None);
        }
        Ok(Some(self.store.queue(&Mail::new(topic, to, user, self.clock.now()))?))
    }

    /// Queues a mail to an address, which is an account's when no user is given. Takes the same time if it is nobody's.
    pub(crate) async fn queue(&self, topic: Topic, to: &Email, user: Option<UserId>) -> Outcome<()> {
        self.expect_configured()?;
        self.store.queue_now(&Mail::new(topic, to, user, self.clock.now())).await?;
        self.hurry();
        Ok(())
    }

    /// Has the queue looked at now.
    pub(crate) fn hurry(&self) {
        self.queued.notify_one();
    }

    /// The link with this secret and the account that it is for; refused when it does not count.
    pub(crate) async fn link(&self, secret: &str) -> Outcome<(Link, Account)> {
        let link = self.store.link(secret, self.clock.now()).await?.ok_or(Refusal::LinkExpired)?;
        let account = self.accounts.by_id(link.user_id).await?.filter(|account| account.deleted_at.is_none());
        Ok((link, account.ok_or(Refusal::LinkExpired)?))
    }

    /// Uses a link up, as a part of what it is used for.
    pub(crate) fn use_up(&self, link: &Link) -> Write {
        self.store.use_up(link)
    }

    /// Removes everything that waits for a deleted account.
    pub(crate) async fn forget(&self, user: UserId) -> Outcome<()> {
        self.store.forget(user).await
    }

    /// Sends what is queued until told to stop.
    pub(crate) async fn deliver(&self, stop: &CancellationToken) {
        while !stop.is_cancelled() {
            match self.deliver_next().await {
                Ok(true) => continue,
                Ok(false) => {}
                Err(failure) => tracing::warn!(reason = failure.log_text(), "mail waits"),
            }
            tokio::select! {
                () = self.queued.notified() => {}
                () = tokio::time::sleep(LOOK_EVERY) => {}
                () = stop.cancelled() => {}
            }
        }
    }

    /// Sends one mail; false when none is due.
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
            Err(NotTaken::Now(reason)) if mail.tries < TRIES => {
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

    /// What a mail says, with a fresh link; `None` when there is no account that it could be about.
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
        // What anybody may have chosen as a name is no text for the mailbox of a stranger.
        let is_known = account.email_verified_at.is_some() && mail.to == account.email;
        Ok(Some(letter(mail.topic, is_known.then_some(name.as_str()), locale, link.as_ref().map(Url::as_str))))
    }

    /// The secret stands in the fragment, which no server is sent.
    async fn new_link(&self, mail: &Mail, user: UserId, page: &str, length_ms: i64) -> Outcome<Url> {
        let secret = LinkSecret::new();
        self.store.put_link(&Link::new(mail, user, &secret, self.clock.now().plus_ms(length_ms))).await?;
        let mut url = self.app_url.clone();
        url.set_path(page);
        url.set_fragment(Some(&format!("token={}", secret.0)));
        Ok(url)
    }
}
