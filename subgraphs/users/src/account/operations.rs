//! Use cases of accounts: open, read, edit, delete.

use std::{collections::HashMap, sync::Arc};

use contracts::{Event, UserId};
use kit::{
    Caller, Clock, Failure, Outcome,
    journal::{Change, Journal},
    mongo::Write,
};
use money::Currency;

use super::{
    Account, Email, Profile, ProfileEdit,
    password::{Password, Passwords},
    store::AccountStore,
};
use crate::refusal::Refusal;

/// The input for a new account. Deliberately not `Debug`: it contains a password.
pub(crate) struct Registration {
    /// The name shown to others.
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) password: String,
    /// The default currency of new groups.
    pub(crate) default_currency: Currency,
    /// A BCP 47 language tag; defaults to `en`.
    pub(crate) locale: Option<String>,
    /// An IANA time zone name; defaults to `UTC`.
    pub(crate) time_zone: Option<String>,
}

/// The service for accounts.
pub(crate) struct Accounts {
    store: AccountStore,
    journal: Arc<Journal>,
    clock: Clock,
    passwords: Passwords,
}

impl Accounts {
    pub(crate) fn new(store: AccountStore, journal: Arc<Journal>, clock: Clock, passwords: Passwords) -> Self {
        Self { store, journal, clock, passwords }
    }

    /// Opens an account and commits these writes with it.
    pub(crate) async fn open(&self, caller: &Caller, new: Registration, writes: Vec<Write>) -> Outcome<Account> {
        let profile = Profile::new(&new.name, new.default_currency, new.locale.as_deref(), new.time_zone.as_deref())?;
        let email = Email::new("input.email", &new.email)?;
        let password = Password::new("input.password", new.password)?;
        if self.store.with_email(&email).await?.is_some() {
            return Err(Refusal::EmailTaken { field: "input.email" }.into());
        }
        let account = Account::new(email, self.passwords.hash(password).await?, profile, self.clock.now());
        let change = Change::new(account.id.0, Event::UserRegistered(account.facts()))
            .caused_by(caller.trace)
            .by_user(account.id)
            .writing([self.store.insert(&account)?])
            .writing(writes);
        self.journal.commit(change).await?;
        Ok(account)
    }

    /// Returns the account with this address.
    pub(crate) async fn with_email(&self, email: &Email) -> Outcome<Option<Account>> {
        self.store.with_email(email).await
    }

    /// Returns the account with this address if the password is correct. Unknown addresses and wrong passwords take the
    /// same time.
    pub(crate) async fn with_password(&self, email: &Email, password: String) -> Outcome<Option<Account>> {
        let account = self.store.with_email(email).await?;
        let hash = account.as_ref().map(|account| account.password_hash.clone());
        let is_right = self.passwords.is_right(Password::typed(password), hash).await?;
        Ok(account.filter(|_| is_right))
    }

    /// Returns the caller's own account.
    pub(crate) async fn me(&self, caller: &Caller) -> Outcome<Account> {
        let account = self.by_id(caller.user()?).await?.filter(|account| account.deleted_at.is_none());
        account.ok_or_else(Failure::unauthenticated)
    }

    pub(crate) async fn update_profile(&self, caller: &Caller, edit: ProfileEdit) -> Outcome<Account> {
        let mut account = self.me(caller).await?;
        let edit = edit.checked()?;
        let write = self.store.edit_profile(account.id, &edit);
        if let Some(name) = edit.name {
            account.profile.name = name;
        }
        let change = Change::new(account.id.0, Event::UserUpdated(account.facts())).by(caller).writing([write]);
        self.journal.commit(change).await?;
        self.me(caller).await
    }

    /// Sets the password of an account, from this input field, and commits these writes with it.
    pub(crate) async fn set_password(
        &self,
        caller: &Caller,
        account: &Account,
        field: &'static str,
        password: String,
        writes: Vec<Write>,
    ) -> Outcome<()> {
        let hash = self.passwords.hash(Password::new(field, password)?).await?;
        let change = Change::new(account.id.0, Event::UserPasswordChanged(account.facts()))
            .caused_by(caller.trace)
            .by_user(account.id)
            .writing([self.store.set_password(account.id, &hash)?])
            .writing(writes);
        self.journal.commit(change).await?;
        Ok(())
    }

    /// Returns the write that marks this address as verified.
    pub(crate) fn email_confirmed(&self, account: &Account, email: &Email) -> Outcome<Write> {
        self.store.confirm_email(account.id, email, self.clock.now())
    }

    /// Makes this the verified address of an account, and commits these writes with it.
    pub(crate) async fn confirm_email(
        &self,
        caller: &Caller,
        account: &Account,
        email: &Email,
        writes: Vec<Write>,
    ) -> Outcome<()> {
        let change = Change::new(account.id.0, Event::UserEmailConfirmed(account.facts()))
            .caused_by(caller.trace)
            .by_user(account.id)
            .writing(writes)
            .writing([self.email_confirmed(account, email)?]);
        self.journal.commit(change).await?;
        Ok(())
    }

    /// Deletes an account: removes everything that identifies the person.
    pub(crate) async fn delete(&self, caller: &Caller, account: &Account) -> Outcome<()> {
        let rest = account.deleted(self.clock.now());
        let change =
            Change::new(rest.id.0, Event::UserDeleted(rest.facts())).by(caller).writing([self.store.delete(&rest)?]);
        self.journal.commit(change).await?;
        Ok(())
    }

    /// Returns those accounts that exist, for any signed-in caller. Access is checked per field.
    pub(crate) async fn by_ids(&self, caller: &Caller, ids: &[UserId]) -> Outcome<HashMap<UserId, Account>> {
        caller.user()?;
        let found = self.store.by_ids(ids).await?;
        Ok(found.into_iter().map(|account| (account.id, account)).collect())
    }

    /// The accounts with these ids, for the services of this subgraph.
    pub(crate) async fn all(&self, ids: &[UserId]) -> Outcome<Vec<Account>> {
        self.store.by_ids(ids).await
    }

    /// Returns the account with this id, without checking the caller.
    pub(crate) async fn by_id(&self, id: UserId) -> Outcome<Option<Account>> {
        Ok(self.store.by_ids(&[id]).await?.pop())
    }
}
