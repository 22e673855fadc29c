//! Use cases of sessions: sign in, refresh, sign out.

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

/// The most sessions of a person that are listed.
const MAX_LISTED: i64 = 100;

/// How often a refresh is attempted: after losing a race, the second attempt sees the winner's result.
const REFRESH_TRIES: usize = 2;

/// The result of a sign-in or refresh. Deliberately not `Debug`: it contains tokens.
pub(crate) struct SignedIn {
    pub(crate) account: Account,
    /// For the following requests.
    pub(crate) access_token: AccessToken,
    /// For the next refresh.
    pub(crate) refresh_token: RefreshToken,
}

/// The service for sessions.
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
        self.store.record_device(account.id, &device.0, self.clock.now()).await?;
        self.begin(account, device).await
    }

    /// Signs in. Unknown addresses and wrong passwords get the same response after the same work.
    pub(crate) async fn login(&self, email: &str, password: String, device: Device) -> Outcome<SignedIn> {
        let account = self.checked(&Email::typed(email), password).await?;
        if self.store.record_device(account.id, &device.0, self.clock.now()).await? {
            self.mails.notify(Topic::NewDevice, &account).await?;
        }
        self.begin(account, device).await
    }

    /// Returns the account with this address if the password is correct. The number of failures is limited.
    pub(crate) async fn checked(&self, email: &Email, password: String) -> Outcome<Account> {
        let windows = self.count_try(email).await?;
        let account = self.accounts.with_password(email, password).await?.ok_or(Refusal::BadCredentials)?;
        self.failures.forget(&windows.of_email).await?;
        self.failures.take_back(&windows.of_all).await?;
        Ok(account)
    }

    /// Returns the caller's sessions that have not expired, at most a hundred.
    pub(crate) async fn list(&self, caller: &Caller) -> Outcome<Vec<Session>> {
        self.store.of_user(caller.user()?, self.clock.now(), MAX_LISTED).await
    }

    /// Ends a session of the caller; idempotent.
    pub(crate) async fn end(&self, caller: &Caller, id: &str) -> Outcome<()> {
        self.store.delete_of(caller.user()?, id).await
    }

    /// Ends all sessions of the caller except the current one.
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

    /// Ends all sessions of an account, and resets its count of failed sign-ins.
    pub(crate) async fn end_all(&self, account: &Account) -> Outcome<()> {
        self.failures.forget(&self.window_of(&account.email, self.clock.now())).await?;
        self.store.delete_all_of(account.id, None).await
    }

    /// Deletes the caller's account and ends all its sessions.
    pub(crate) async fn delete_account(&self, caller: &Caller, password: String) -> Outcome<()> {
        let account = self.accounts.me(caller).await?;
        let account = self.checked(&account.email, password).await?;
        self.accounts.delete(caller, &account).await?;
        self.store.forget_devices(account.id).await?;
        self.store.delete_all_of(account.id, None).await
    }

    /// Counts an attempt to sign in as a failure until it succeeds; refuses attempts above the limit. It counts before
    /// checking the password, so that concurrent attempts cannot bypass the limit.
    async fn count_try(&self, email: &Email) -> Outcome<Windows> {
        let now = self.clock.now();
        let of_all = RateWindow::new("all", self.config.login_window_seconds, now);
        let windows = Windows { of_email: self.window_of(email, now), of_all };
        // In this order, attempts for an address above its limit do not use up the common limit.
        let limits =
            [(&windows.of_email, self.config.login_failures), (&windows.of_all, self.config.login_failures_overall)];
        for (window, limit) in limits {
            if self.failures.count(window).await? > limit {
                return Err(Refusal::TooManyFailures { retry_after_seconds: window.seconds_left(now) }.into());
            }
        }
        Ok(windows)
    }

    /// The key is hashed, because the address field may contain a password by mistake.
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

    /// Returns new tokens for a refresh token and replaces it. The reuse of a replaced token ends its session.
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
                    tracing::warn!(user = %session.user_id, "a replaced refresh token was reused: the session is ended");
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

    /// Ends the session of a refresh token, even if the token has been replaced; idempotent.
    pub(crate) async fn logout(&self, token: &str) -> Outcome<()> {
        match RefreshToken::read(token) {
            Some(token) => self.store.delete(&token.session_id()).await,
            None => Ok(()),
        }
    }

    /// Returns the public keys of access tokens.
    pub(crate) fn published_keys(&self) -> JwkSet {
        self.signer.published(self.clock.now())
    }

    /// Creates the next signing key; returns a message with the time from which it signs.
    pub(crate) async fn rotate_key(&self) -> Outcome<String> {
        let told = self.keys.rotate().await?;
        self.reload_keys().await?;
        Ok(told)
    }

    /// Reloads the stored keys.
    pub(crate) async fn reload_keys(&self) -> Outcome<()> {
        self.keys.reload(&self.signer).await
    }

    /// Reloads the stored keys at intervals, until cancelled.
    pub(crate) async fn follow_keys(&self, stop: &CancellationToken) {
        self.keys.follow(&self.signer, stop).await;
    }

    fn lifetime(&self) -> Lifetime {
        let Config { refresh_token_days, session_days, .. } = self.config;
        Lifetime { idle_ms: refresh_token_days * DAY_MS, absolute_ms: session_days * DAY_MS }
    }
}

/// The windows in which an attempt to sign in is counted.
struct Windows {
    of_email: RateWindow,
    of_all: RateWindow,
}
