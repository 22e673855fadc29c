//! The use cases of accounts.

use std::{collections::HashMap, sync::Arc};

use contracts::{Event, UserId, event::UserFacts};
use kit::{
    Caller, Failure, Outcome,
    journal::{Change, Journal},
};
use money::Currency;

use super::{
    Account, Email, Profile,
    password::{Password, Passwords},
    store::AccountStore,
};
use crate::refusal::Refusal;

/// What a new account is opened with. Deliberately not `Debug`: it has a password.
pub(crate) struct Registration {
    /// The name shown to others.
    pub(crate) name: String,
    /// The address to sign in with.
    pub(crate) email: String,
    /// The password to sign in with.
    pub(crate) password: String,
    /// The currency that new groups start with.
    pub(crate) default_currency: Currency,
    /// A language tag; `en` when not given.
    pub(crate) locale: Option<String>,
    /// A name of the IANA time zone database; `UTC` when not given.
    pub(crate) time_zone: Option<String>,
}

/// The service of accounts.
pub struct Accounts {
    store: AccountStore,
    journal: Arc<Journal>,
    passwords: Passwords,
}

impl Accounts {
    /// The service over its store.
    pub(crate) fn new(store: AccountStore, journal: Arc<Journal>, passwords: Passwords) -> Self {
        Self { store, journal, passwords }
    }

    /// Opens an account.
    pub(crate) async fn open(&self, caller: &Caller, new: Registration) -> Outcome<Account> {
        let profile = Profile::new(&new.name, new.default_currency, new.locale.as_deref(), new.time_zone.as_deref())?;
        let email = Email::new(&new.email)?;
        let password = Password::new(new.password)?;
        if self.store.with_email(&email).await?.is_some() {
            return Err(Refusal::EmailTaken.into());
        }
        let account = Account::new(email, self.passwords.hash(password).await?, profile);
        let facts = UserFacts { user_id: account.id, name: account.profile.name.clone() };
        let change = Change::new(account.id.0, Event::UserRegistered(facts))
            .caused_by(caller.trace)
            .by_user(account.id)
            .writing([self.store.insert(&account)?]);
        self.journal.commit(change).await?;
        Ok(account)
    }

    /// The account with this address, if the password is right. An unknown address and a wrong password take the same time.
    pub(crate) async fn with_password(&self, email: &Email, password: String) -> Outcome<Option<Account>> {
        let account = self.store.with_email(email).await?;
        let hash = account.as_ref().map(|account| account.password_hash.clone());
        let is_right = self.passwords.is_right(Password::typed(password), hash).await?;
        Ok(account.filter(|_| is_right))
    }

    /// The caller's own account.
    pub(crate) async fn me(&self, caller: &Caller) -> Outcome<Account> {
        self.by_id(caller.user()?).await?.ok_or_else(Failure::unauthenticated)
    }

    /// Those of the accounts that exist, for anybody who is signed in. What the caller may see of each is decided field
    /// by field.
    pub(crate) async fn by_ids(&self, caller: &Caller, ids: &[UserId]) -> Outcome<HashMap<UserId, Account>> {
        caller.user()?;
        let found = self.store.by_ids(ids).await?;
        Ok(found.into_iter().map(|account| (account.id, account)).collect())
    }

    /// The account with this id, whoever asks.
    pub(crate) async fn by_id(&self, id: UserId) -> Outcome<Option<Account>> {
        Ok(self.store.by_ids(&[id]).await?.pop())
    }
}
