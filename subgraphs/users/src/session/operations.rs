//! Use cases of sessions: sign in, refresh, sign out.

use std::sync::Arc;

use contracts::{Timestamp, UserId};
use jsonwebtoken::jwk::JwkSet;
use kit::{
    Caller, Clock, Outcome, digest,
    rate::{RateWindow, RateWindows},
    role::Resources,
};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

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
    second_factor::{Setup, operations::SecondFactors},
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
pub(crate) struct Sessions {
    store: SessionStore,
    failures: RateWindows,
    accounts: Arc<Accounts>,
    mails: Arc<Mails>,
    second_factors: Arc<SecondFactors>,
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
        second_factors: Arc<SecondFactors>,
        (signer, keys): (Signer, SigningKeys),
        resources: &Resources<Config>,
    ) -> Self {
        let (clock, config) = (resources.clock.clone(), resources.own.clone());
        Self { store, failures, accounts, mails, second_factors, signer, keys, clock, config }
    }

    /// Opens an account and signs its owner in.
    pub(crate) async fn register(&self, caller: &Caller, new: Registration, device: Device) -> Outcome<SignedIn> {
        let question = self.mails.about(Topic::EmailVerification, &Email::typed(&new.email), None)?;
        let account = self.accounts.open(caller, new, question.into_iter().collect()).await?;
        self.mails.hurry();
        self.store.record_device(account.id, &device, self.clock.now()).await?;
        self.begin(account, device).await
    }

    /// Signs in. Unknown addresses and wrong passwords get the same response after the same work.
    pub(crate) async fn login(
        &self,
        email: &str,
        password: String,
        code: Option<&str>,
        device: Device,
    ) -> Outcome<SignedIn> {
        let email = Email::typed(email);
        let by = self.attempt_from(&email, &device).await?;
        let account = self.checked(&email, password, by.clone()).await?;
        self.take_second_step(&account, code, by).await?;
        if self.store.record_device(account.id, &device, self.clock.now()).await? {
            self.mails.notify(Topic::NewDevice, &account).await?;
        }
        self.begin(account, device).await
    }

    /// Checks the code of an account with a second step; does nothing for others. The number of failures is limited.
    async fn take_second_step(&self, account: &Account, code: Option<&str>, by: Attempt) -> Outcome<()> {
        if !self.second_factors.is_enabled(account.id).await? {
            return Ok(());
        }
        let code = code.ok_or(Refusal::SecondFactorRequired)?;
        let key = match by {
            Attempt::Device(user, device) => format!("second step of {user}/{device}"),
            Attempt::Anybody | Attempt::User(_) => format!("second step of {}", account.id),
        };
        let window = RateWindow::new(&key, self.config.login_window_seconds, self.clock.now());
        self.expect_below(&window, self.config.login_failures).await?;
        self.second_factors.use_code(account, code).await?;
        self.failures.forget(&window).await
    }

    async fn attempt_from(&self, email: &Email, device: &Device) -> Outcome<Attempt> {
        if device.key_hash.is_none() {
            return Ok(Attempt::Anybody);
        }
        // Without an account it queries as well, so that the duration does not reveal whether there is one.
        let user = self.accounts.with_email(email).await?.map_or(UserId(Uuid::nil()), |account| account.id);
        let is_known = self.store.is_known(user, device).await?;
        Ok(if is_known { Attempt::Device(user, device.id()) } else { Attempt::Anybody })
    }

    /// Returns the account with this address if the password is correct. The number of failures is limited.
    pub(crate) async fn checked(&self, email: &Email, password: String, by: Attempt) -> Outcome<Account> {
        let windows = self.count_try(email, by).await?;
        let account = self.accounts.with_password(email, password).await?.ok_or(Refusal::BadCredentials)?;
        self.failures.forget(&windows.own).await?;
        if let Some(of_all) = windows.of_all {
            self.failures.take_back(&of_all).await?;
        }
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
        let account = self.checked(&account.email, current, Attempt::User(account.id)).await?;
        let notice = self.mails.about(Topic::PasswordChanged, &account.email, Some(account.id))?;
        self.accounts.set_password(caller, &account, "new", new, notice.into_iter().collect()).await?;
        self.mails.hurry();
        self.end_others(caller).await
    }

    /// Creates the secret of a second step for the caller.
    pub(crate) async fn begin_second_factor(&self, caller: &Caller, password: String) -> Outcome<Setup> {
        let account = self.accounts.me(caller).await?;
        let account = self.checked(&account.email, password, Attempt::User(account.id)).await?;
        self.second_factors.begin(&account).await
    }

    /// Enables the caller's second step; returns the recovery codes.
    pub(crate) async fn enable_second_factor(&self, caller: &Caller, code: &str) -> Outcome<Vec<String>> {
        let account = self.accounts.me(caller).await?;
        let recovery_codes = self.second_factors.enable(&account, code).await?;
        self.mails.notify(Topic::SecondFactorOn, &account).await?;
        Ok(recovery_codes)
    }

    /// Disables the caller's second step; idempotent.
    pub(crate) async fn disable_second_factor(&self, caller: &Caller, password: String) -> Outcome<()> {
        let account = self.accounts.me(caller).await?;
        let account = self.checked(&account.email, password, Attempt::User(account.id)).await?;
        if self.second_factors.is_enabled(account.id).await? {
            self.second_factors.disable(account.id).await?;
            self.mails.notify(Topic::SecondFactorOff, &account).await?;
        }
        Ok(())
    }

    /// Ends all sessions of an account, and resets its count of failed sign-ins.
    pub(crate) async fn end_all(&self, account: &Account) -> Outcome<()> {
        self.failures.forget(&self.window_of(&account.email, self.clock.now())).await?;
        self.store.delete_all_of(account.id, None).await
    }

    /// Returns the caller's account if this is its password.
    pub(crate) async fn confirmed(&self, caller: &Caller, password: String) -> Outcome<Account> {
        let account = self.accounts.me(caller).await?;
        self.checked(&account.email, password, Attempt::User(account.id)).await
    }

    /// Ends all sessions of a user, and forgets the devices and the second step.
    pub(crate) async fn forget(&self, user: UserId) -> Outcome<()> {
        self.store.forget_devices(user).await?;
        self.second_factors.disable(user).await?;
        self.store.delete_all_of(user, None).await
    }

    /// Counts an attempt to sign in as a failure until it succeeds; refuses attempts above the limit. It counts before
    /// checking the password, so that concurrent attempts cannot bypass the limit.
    async fn count_try(&self, email: &Email, by: Attempt) -> Outcome<Windows> {
        let now = self.clock.now();
        let window = |key: &str| RateWindow::new(key, self.config.login_window_seconds, now);
        let windows = match by {
            Attempt::Anybody => Windows { own: self.window_of(email, now), of_all: Some(window("all")) },
            Attempt::Device(user, device) => Windows { own: window(&format!("{user}/{device}")), of_all: None },
            Attempt::User(user) => Windows { own: window(&user.to_string()), of_all: None },
        };
        // In this order, attempts for an address above its limit do not use up the common limit.
        let of_all = windows.of_all.as_ref().map(|window| (window, self.config.login_failures_overall));
        for (window, limit) in [(&windows.own, self.config.login_failures)].into_iter().chain(of_all) {
            self.expect_below(window, limit).await?;
        }
        Ok(windows)
    }

    async fn expect_below(&self, window: &RateWindow, limit: i64) -> Outcome<()> {
        if self.failures.count(window).await? > limit {
            let retry_after_seconds = window.seconds_left(self.clock.now());
            return Err(Refusal::TooManyFailures { retry_after_seconds }.into());
        }
        Ok(())
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

/// Who tries to prove an account's password. Each has a count of failures of its own, so that strangers lock out neither the
/// devices of a user nor a user who is signed in.
#[derive(Clone)]
pub(crate) enum Attempt {
    Anybody,
    /// A device that has signed in to this account before.
    Device(UserId, String),
    /// The user, who is signed in.
    User(UserId),
}

/// The windows in which an attempt is counted.
struct Windows {
    own: RateWindow,
    of_all: Option<RateWindow>,
}
