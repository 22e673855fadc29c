//! Use cases of account recovery.

use std::sync::Arc;

use contracts::UserId;
use kit::{
    Caller, Clock, Outcome, digest,
    rate::{RateWindow, RateWindows},
};

use crate::{
    account::{Account, Email, operations::Accounts},
    mail::{Topic, operations::Mails},
    refusal::Refusal,
    session::operations::{Attempt, Sessions},
};

/// The most mails per hour that may be requested for one address, and by one person.
const MAILS_PER_HOUR: i64 = 5;

const HOUR_SECONDS: i64 = 3_600;

/// The service for account recovery.
pub(crate) struct Recovery {
    accounts: Arc<Accounts>,
    sessions: Arc<Sessions>,
    mails: Arc<Mails>,
    asked: RateWindows,
    clock: Clock,
}

impl Recovery {
    /// Creates the service; `asked` counts requested mails per hour.
    pub(crate) fn new(
        accounts: Arc<Accounts>,
        sessions: Arc<Sessions>,
        mails: Arc<Mails>,
        asked: RateWindows,
        clock: Clock,
    ) -> Self {
        Self { accounts, sessions, mails, asked, clock }
    }

    /// Sends a link for a new password to this address, if it has an account. The response and its duration do not
    /// depend on that: the account is looked up when the mail is sent.
    pub(crate) async fn request_password_reset(&self, email: &str) -> Outcome<()> {
        self.mails.expect_configured()?;
        let email = Email::new("email", email)?;
        self.count(email.as_str()).await?;
        self.mails.queue(Topic::PasswordReset, &email, None).await
    }

    /// Sets a new password by the secret of a link, and ends all sessions of the account.
    pub(crate) async fn reset_password(&self, caller: &Caller, secret: &str, password: String) -> Outcome<Account> {
        let (link, account) = self.mails.link(secret).await?;
        if link.topic != Topic::PasswordReset || link.email != account.email {
            return Err(Refusal::LinkExpired.into());
        }
        let notice = self.mails.about(Topic::PasswordChanged, &account.email, Some(account.id))?;
        let confirmed = self.accounts.email_confirmed(&account, &link.email)?;
        let writes = [self.mails.use_up(&link), confirmed].into_iter().chain(notice).collect();
        self.accounts.set_password(caller, &account, "new", password, writes).await?;
        self.mails.hurry();
        self.sessions.end_all(&account).await?;
        self.confirmed(account.id).await
    }

    /// Sends the verification link to the caller's address again; does nothing if the address is verified.
    pub(crate) async fn request_email_verification(&self, caller: &Caller) -> Outcome<()> {
        self.mails.expect_configured()?;
        let account = self.accounts.me(caller).await?;
        if account.email_verified_at.is_some() {
            return Ok(());
        }
        self.count(&account.id.to_string()).await?;
        self.mails.queue(Topic::EmailVerification, &account.email, Some(account.id)).await
    }

    /// Sends a link to another address, which becomes the caller's when the link is followed. Only then, and only to
    /// the reader of the mail, it is revealed whether another account has that address.
    pub(crate) async fn request_email_change(&self, caller: &Caller, password: String, email: &str) -> Outcome<()> {
        self.mails.expect_configured()?;
        let account = self.accounts.me(caller).await?;
        let email = Email::new("email", email)?;
        if email == account.email {
            return Err(Refusal::SameEmail.into());
        }
        let account = self.sessions.checked(&account.email, password, Attempt::User(account.id)).await?;
        self.count(&account.id.to_string()).await?;
        self.mails.queue(Topic::EmailChange, &email, Some(account.id)).await
    }

    /// Makes the address that a link was sent to the verified address of its account. A replaced address gets a notice.
    pub(crate) async fn confirm_email(&self, caller: &Caller, secret: &str) -> Outcome<Account> {
        let (link, account) = self.mails.link(secret).await?;
        let counts = match link.topic {
            Topic::EmailChange => true,
            Topic::EmailVerification => link.email == account.email,
            _ => false,
        };
        if !counts {
            return Err(Refusal::LinkExpired.into());
        }
        let replaced = link.email != account.email;
        let notice =
            if replaced { self.mails.about(Topic::EmailChanged, &account.email, Some(account.id))? } else { None };
        let writes = [self.mails.use_up(&link)].into_iter().chain(notice).collect();
        self.accounts.confirm_email(caller, &account, &link.email, writes).await?;
        self.mails.hurry();
        self.confirmed(account.id).await
    }

    async fn confirmed(&self, user: UserId) -> Outcome<Account> {
        let account = self.accounts.by_id(user).await?.filter(|account| account.deleted_at.is_none());
        Ok(account.ok_or(Refusal::LinkExpired)?)
    }

    /// Counts a requested mail. The key is hashed, because the address field may contain anything.
    async fn count(&self, key: &str) -> Outcome<()> {
        let now = self.clock.now();
        let window = RateWindow::new(&digest(key.as_bytes()), HOUR_SECONDS, now);
        if self.asked.count(&window).await? > MAILS_PER_HOUR {
            return Err(Refusal::TooManyRequests { retry_after_seconds: window.seconds_left(now) }.into());
        }
        Ok(())
    }
}
