//! The use cases of sessions: signing in, staying signed in, signing out.

use std::sync::Arc;

use contracts::Timestamp;
use jsonwebtoken::jwk::JwkSet;
use kit::{
    Caller, Clock, Outcome, digest,
    rate::{RateWindow, RateWindows},
};
use tokio_util::sync::CancellationToken;

use super::{
    Device, Lifetime, RefreshToken, Session, Verdict,
    rotation::SigningKeys,
    signing::{AccessToken, Holder, Signer},
    store::SessionStore,
};
use crate::{
    account::{
        Account, Email,
        operations::{Accounts, Registration},
    },
    config::Config,
    mail::{Topic, operations::Mails},
    refusal::Refusal,
};

const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

/// How many sessions of one person are shown.
const LISTED: i64 = 100;

/// Tries to refresh one session. The second sees who won the race for the first.
const REFRESH_TRIES: usize = 2;

/// Somebody who has just signed in, or has shown a refresh token. Deliberately not `Debug`: it has tokens.
pub(crate) struct SignedIn {
    /// Whose account.
    pub(crate) account: Account,
    /// For the requests to come.
    pub(crate) access_token: AccessToken,
    /// For the next access token.
    pub(crate) refresh_token: RefreshToken,
}

/// The service of sessions.
pub struct Sessions {
    store: SessionStore,
    failures: RateWindows,
    accounts: Arc<Accounts>,
    mails: Arc<Mails>,
    signer: Signer,
    keys: SigningKeys,
    clock: Clock,
    config: Config,
}

impl Sessions {
    /// The service over its store.
    pub(crate) fn new(
        store: SessionStore,
        failures: RateWindows,
        accounts: Arc<Accounts>,
        mails: Arc<Mails>,
        (signer, keys): (Signer, SigningKeys),
        clock: Clock,
        config: Config,
    ) -> Self {
        Self { store, failures, accounts, mails, signer, keys, clock, config }
    }

    /// Opens an account and signs its owner in.
    pub(crate) async fn register(&self, caller: &Caller, new: Registration, device: Device) -> Outcome<SignedIn> {
        let question = self.mails.about(Topic::EmailVerification, &Email::typed(&new.email), None)?;
        let account = self.accounts.open(caller, new, question.into_iter().collect()).await?;
        self.mails.hurry();
        self.begin(account, device).await
    }

    /// Signs in. An unknown address and a wrong password get the same answer after the same work.
    pub(crate) async fn login(&self, email: &str, password: String, device: Device) -> Outcome<SignedIn> {
        let account = self.checked(&Email::typed(email), password).await?;
        self.begin(account, device).await
    }

    /// The account with this address, if the password is right. How often it may be wrong is limited.
    pub(crate) async fn checked(&self, email: &Email, password: String) -> Outcome<Account> {
        let windows = self.count_try(email).await?;
        let account = self.accounts.with_password(email, password).await?.ok_or(Refusal::BadCredentials)?;
        self.failures.forget(&windows.of_email).await?;
        self.failures.take_back(&windows.of_all).await?;
        Ok(account)
    }

    /// The sessions of the caller that have not ended, at most a hundred.
    pub(crate) async fn list(&self, caller: &Caller) -> Outcome<Vec<Session>> {
        self.store.of_user(caller.user()?, self.clock.now(), LISTED).await
    }

    /// Ends a session of the caller. One that does not exist has ended already.
    pub(crate) async fn end(&self, caller: &Caller, id: &str) -> Outcome<()> {
        self.store.delete_of(caller.user()?, id).await
    }

    /// Ends all sessions of the caller but the one that asks.
    pub(crate) async fn end_others(&self, caller: &Caller) -> Outcome<()> {
        self.store.delete_all_of(caller.user()?, caller.session()).await
    }

    /// Changes the caller's password and ends all other sessions.
    pub(crate) async fn change_password(&self, caller: &Caller, current: String, new: String) -> Outcome<()> {
        let account = self.accounts.me(caller).await?;
        let account = self.checked(&account.email, current).await?;
        let notice = self.mails.about(Topic::PasswordChanged, &account.email, Some(account.id))?;
        self.accounts.set_password(caller, &account, "new", new, notice.into_iter().collect()).await?;
        self.mails.hurry();
        self.end_others(caller).await
    }

    /// Ends all sessions of an account, and forgets how often signing in has failed for it.
    pub(crate) async fn end_all(&self, account: &Account) -> Outcome<()> {
        self.failures.forget(&self.window_of(&account.email, self.clock.now())).await?;
        self.store.delete_all_of(account.id, None).await
    }

    /// Deletes the caller's account and ends all its sessions.
    pub(crate) async fn delete_account(&self, caller: &Caller, password: String) -> Outcome<()> {
        let account = self.accounts.me(caller).await?;
        let account = self.checked(&account.email, password).await?;
        self.accounts.delete(caller, &account).await?;
        self.store.delete_all_of(account.id, None).await
    }

    /// Counts a try to sign in as a failure, until it turns out to be none; refuses one too many. Counted before the
    /// password is looked at, so that many tries at once are no way around the limit.
    async fn count_try(&self, email: &Email) -> Outcome<Windows> {
        let now = self.clock.now();
        let of_all = RateWindow::new("all", self.config.login_window_seconds, now);
        let windows = Windows { of_email: self.window_of(email, now), of_all };
        // In this order: tries for one address that is over its limit do not use up the tries of all.
        let limits =
            [(&windows.of_email, self.config.login_failures), (&windows.of_all, self.config.login_failures_overall)];
        for (window, limit) in limits {
            if self.failures.count(window).await? > limit {
                return Err(Refusal::TooManyFailures { retry_after_seconds: window.seconds_left(now) }.into());
            }
        }
        Ok(windows)
    }

    /// Kept as a hash: what is typed into that field may be a password.
    fn window_of(&self, email: &Email, now: Timestamp) -> RateWindow {
        RateWindow::new(&digest(email.as_str().as_bytes()), self.config.login_window_seconds, now)
    }

    async fn begin(&self, account: Account, device: Device) -> Outcome<SignedIn> {
        let (session, refresh_token) = Session::begin(account.id, device, self.clock.now(), self.lifetime());
        self.store.insert(&session).await?;
        self.signed_in(account, refresh_token)
    }

    fn signed_in(&self, account: Account, refresh_token: RefreshToken) -> Outcome<SignedIn> {
        let session = refresh_token.session_id();
        let holder = Holder { user: account.id, session: &session, time_zone: &account.profile.time_zone };
        let access_token = self.signer.sign(holder, self.clock.now())?;
        Ok(SignedIn { account, access_token, refresh_token })
    }

    /// Gives new tokens for a refresh token, which is used up by that. One that was used up before ends its session.
    pub(crate) async fn refresh(&self, token: &str) -> Outcome<SignedIn> {
        let token = RefreshToken::read(token).ok_or(Refusal::SessionEnded)?;
        for _ in 0..REFRESH_TRIES {
            let session = self.store.session(&token.session_id()).await?.ok_or(Refusal::SessionEnded)?;
            let successor = match session.judge(&token, self.clock.now(), self.lifetime())? {
                Verdict::Counts(next, successor) => {
                    if !self.store.replace(&session, &next).await? {
                        continue;
                    }
                    successor
                }
                Verdict::Repeats(successor) => successor,
                Verdict::Expired => break,
                Verdict::Reused => {
                    tracing::warn!(user = %session.user_id, "a refresh token was used twice: its session is ended");
                    self.store.delete(&session.id).await?;
                    break;
                }
            };
            let account = self.accounts.by_id(session.user_id).await?;
            let account = account.filter(|account| account.deleted_at.is_none()).ok_or(Refusal::SessionEnded)?;
            return self.signed_in(account, successor);
        }
        Err(Refusal::SessionEnded.into())
    }

    /// Ends the session of a refresh token, also when the token is used up. What is no session is ended already.
    pub(crate) async fn logout(&self, token: &str) -> Outcome<()> {
        match RefreshToken::read(token) {
            Some(token) => self.store.delete(&token.session_id()).await,
            None => Ok(()),
        }
    }

    /// The public halves of the keys that access tokens are signed with.
    pub(crate) fn published_keys(&self) -> JwkSet {
        self.signer.published(self.clock.now())
    }

    /// Has another key take over; says when.
    pub(crate) async fn rotate_key(&self) -> Outcome<String> {
        let told = self.keys.rotate().await?;
        self.reload_keys().await?;
        Ok(told)
    }

    /// Goes on with the keys that are stored now.
    pub(crate) async fn reload_keys(&self) -> Outcome<()> {
        self.keys.reload(&self.signer).await
    }

    /// Goes on with the keys that are stored, again and again until told to stop.
    pub(crate) async fn follow_keys(&self, stop: &CancellationToken) {
        self.keys.follow(&self.signer, stop).await;
    }

    fn lifetime(&self) -> Lifetime {
        let Config { refresh_token_days, session_days, .. } = self.config;
        Lifetime { idle_ms: refresh_token_days * DAY_MS, absolute_ms: session_days * DAY_MS }
    }
}

/// Where a try to sign in is counted.
struct Windows {
    of_email: RateWindow,
    of_all: RateWindow,
}
