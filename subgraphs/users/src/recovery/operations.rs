//! The use cases of recovery.

use std::sync::Arc;

use kit::{
    Caller, Clock, Outcome, digest,
    rate::{RateWindow, RateWindows},
};

use crate::{
    account::{Email, operations::Accounts},
    mail::{Topic, operations::Mails},
    refusal::Refusal,
    session::operations::Sessions,
};

/// How many mails may be asked for in an hour, for one address and by one person.
const MAILS_PER_HOUR: i64 = 5;

const HOUR_SECONDS: i64 = 3_600;

/// The service of recovery.
pub(crate) struct Recovery {
    accounts: Arc<Accounts>,
    sessions: Arc<Sessions>,
    mails: Arc<Mails>,
    asked: RateWindows,
    clock: Clock,
}

impl Recovery {
    /// The service; the mails that are asked for are counted there.
    pub(crate) fn new(
        accounts: Arc<Accounts>,
        sessions: Arc<Sessions>,
        mails: Arc<Mails>,
        asked: RateWindows,
        clock: Clock,
    ) -> Self {
        Self { accounts, sessions, mails, asked, clock }
    }

    /// Has a link for a new password sent to this address, if there is an account with it. The answer and its time are
    /// the same if there is none: whose address it is is looked up when the mail is sent.
    pub(crate) async fn request_password_reset(&self, email: &str) -> Outcome<()> {
        self.mails.expect_configured()?;
        let email = Email::new("email", email)?;
        self.count(email.as_str()).await?;
        self.mails.queue(Topic::PasswordReset, &email, None).await
    }

    /// Gives an account another password by a link of a mail, and ends all its sessions.
    pub(crate) async fn reset_password(&self, caller: &Caller, secret: &str, password: String) -> Outcome<()> {
        let (link, account) = self.mails.link(secret).await?;
        if link.topic != Topic::PasswordReset || link.email != account.email {
            return Err(Refusal::LinkExpired.into());
        }
        let notice = self.mails.about(Topic::PasswordChanged, &account.email, account.id)?;
        let writes = [self.mails.use_up(&link)].into_iter().chain(notice).collect();
        self.accounts.set_password(caller, &account, "new", password, writes).await?;
        self.mails.hurry();
        self.sessions.end_all(&account).await
    }

    /// Counts a mail that is asked for. Kept as a hash: what is typed into that field may be anything.
    async fn count(&self, key: &str) -> Outcome<()> {
        let now = self.clock.now();
        let window = RateWindow::new(&digest(key.as_bytes()), HOUR_SECONDS, now);
        if self.asked.count(&window).await? > MAILS_PER_HOUR {
            return Err(Refusal::TooManyRequests { retry_after_seconds: window.seconds_left(now) }.into());
        }
        Ok(())
    }
}
