//! What can be done with accounts and sessions.

use std::collections::HashMap;

use contracts::{Event, Timestamp, UserId, event::UserFacts};
use kit::{Caller, Failure, Outcome, journal::Change};
use money::Currency;

use crate::{
    Users,
    account::{Account, Email, Profile},
    failures::Window,
    password::Password,
    refusal::Refusal,
    session::{RefreshToken, Session, Verdict},
    signing::AccessToken,
    store::Store,
};

const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

/// Tries to refresh one session. The second sees who won the race for the first.
const REFRESH_TRIES: usize = 2;

/// What a new account is opened with. Deliberately not `Debug`.
pub struct Registration {
    /// The name shown to others.
    pub name: String,
    /// To sign in with.
    pub email: String,
    /// To sign in with.
    pub password: String,
    /// What new groups and expenses start with.
    pub default_currency: Currency,
    /// A language tag; `en` when not given.
    pub locale: Option<String>,
    /// A name of the IANA database; `UTC` when not given.
    pub time_zone: Option<String>,
}

/// Somebody who has just signed in, or has shown a refresh token. Deliberately not `Debug`.
pub struct SignedIn {
    /// Whose account.
    pub account: Account,
    /// For the requests to come.
    pub access_token: AccessToken,
    /// For the next access token.
    pub refresh_token: RefreshToken,
}

impl Users {
    /// Opens an account and signs its owner in.
    pub async fn register(&self, caller: &Caller, new: Registration) -> Outcome<SignedIn> {
        let profile = Profile::new(&new.name, new.default_currency, new.locale.as_deref(), new.time_zone.as_deref())?;
        let email = Email::new(&new.email)?;
        let password = Password::new(new.password)?;
        if self.store.account_of(&email).await?.is_some() {
            return Err(Refusal::EmailTaken.into());
        }
        let account = Account::new(email, self.passwords.hash(password).await?, profile);
        let facts = UserFacts { user_id: account.id, name: account.profile.name.clone() };
        let change = Change::new(account.id.0, Event::UserRegistered(facts))
            .caused_by(caller.trace)
            .by_user(account.id)
            .writing([Store::insert_account(&account)?]);
        self.journal.commit(change).await?;
        self.begin_session(account).await
    }

    /// Signs in. An unknown address and a wrong password get the same answer after the same work.
    pub async fn login(&self, email: &str, password: String) -> Outcome<SignedIn> {
        let email = Email::typed(email);
        let windows = self.count_try(&email).await?;
        let account = self.store.account_of(&email).await?;
        let hash = account.as_ref().map(|account| account.password_hash.clone());
        let is_right = self.passwords.is_right(Password::typed(password), hash).await?;
        let account = account.filter(|_| is_right).ok_or(Refusal::BadCredentials)?;
        self.store.forget_failures(&windows.of_email).await?;
        self.store.take_back_failure(&windows.of_all).await?;
        self.begin_session(account).await
    }

    /// Counts a try to sign in as a failure, until it turns out to be none; refuses one too many.
    async fn count_try(&self, email: &Email) -> Outcome<Windows> {
        let now = Timestamp::now();
        let seconds = self.config.login_window_seconds;
        let windows = Windows { of_email: Window::of(email, now, seconds), of_all: Window::of_all(now, seconds) };
        // In this order: who hits one address for ever does not use up the tries of all.
        let limits =
            [(&windows.of_email, self.config.login_failures), (&windows.of_all, self.config.login_failures_overall)];
        for (window, limit) in limits {
            if self.store.count_failure(window).await? > limit {
                let retry_after_seconds = window.seconds_left(now);
                return Err(Refusal::TooManyFailures { retry_after_seconds }.into());
            }
        }
        Ok(windows)
    }

    async fn begin_session(&self, account: Account) -> Outcome<SignedIn> {
        let (session, refresh_token) = Session::begin(account.id, Timestamp::now(), self.session_ms());
        self.store.insert_session(&session).await?;
        self.signed_in(account, refresh_token)
    }

    fn signed_in(&self, account: Account, refresh_token: RefreshToken) -> Outcome<SignedIn> {
        let access_token = self.signer.sign(account.id, Timestamp::now())?;
        Ok(SignedIn { account, access_token, refresh_token })
    }

    /// Gives new tokens for a refresh token, which is used up by that. One that was used up before ends its session.
    pub async fn refresh_session(&self, token: &str) -> Outcome<SignedIn> {
        let token = RefreshToken::read(token).ok_or(Refusal::SessionEnded)?;
        for _ in 0..REFRESH_TRIES {
            let session = self.store.session(&token.session_id()).await?.ok_or(Refusal::SessionEnded)?;
            let successor = match session.judge(&token, Timestamp::now(), self.session_ms())? {
                Verdict::Counts(next, successor) => {
                    if !self.store.replace_session(&session, &next).await? {
                        continue;
                    }
                    successor
                }
                Verdict::Repeats(successor) => successor,
                Verdict::Expired => break,
                Verdict::Reused => {
                    tracing::warn!(user = %session.user_id, "a refresh token was used twice: its session is ended");
                    self.store.delete_session(&session.id).await?;
                    break;
                }
            };
            let account = self.account(session.user_id).await?.ok_or(Refusal::SessionEnded)?;
            return self.signed_in(account, successor);
        }
        Err(Refusal::SessionEnded.into())
    }

    /// Ends the session of a refresh token, also when the token is used up. What is no session is ended already.
    pub async fn logout(&self, token: &str) -> Outcome<()> {
        match RefreshToken::read(token) {
            Some(token) => self.store.delete_session(&token.session_id()).await,
            None => Ok(()),
        }
    }

    /// The caller's own account.
    pub async fn me(&self, caller: &Caller) -> Outcome<Account> {
        self.account(caller.user()?).await?.ok_or_else(Failure::unauthenticated)
    }

    /// Those of the accounts that exist, for anybody who is signed in: what of them the caller may see, the caller's
    /// relation to each decides.
    pub async fn accounts(&self, caller: &Caller, ids: &[UserId]) -> Outcome<HashMap<UserId, Account>> {
        caller.user()?;
        let found = self.store.accounts(ids).await?;
        Ok(found.into_iter().map(|account| (account.id, account)).collect())
    }

    async fn account(&self, id: UserId) -> Outcome<Option<Account>> {
        Ok(self.store.accounts(&[id]).await?.pop())
    }

    fn session_ms(&self) -> i64 {
        self.config.refresh_token_days * DAY_MS
    }
}

/// Where a try to sign in is counted.
struct Windows {
    of_email: Window,
    of_all: Window,
}
