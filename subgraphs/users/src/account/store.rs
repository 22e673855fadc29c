//! Accounts in MongoDB.

use contracts::{Timestamp, UserId};
use futures::TryStreamExt;
use kit::{
    Outcome,
    mongo::{Write, stored, unique},
};
use mongodb::{
    Collection, Database,
    bson::{Bson, Document, doc},
};

use super::{Account, Email, ProfileEdit, password::PasswordHash};
use crate::refusal::Refusal;

const ACCOUNTS: &str = "accounts";

pub(crate) struct AccountStore {
    accounts: Collection<Account>,
}

impl AccountStore {
    pub(crate) fn new(database: &Database) -> Self {
        Self { accounts: database.collection(ACCOUNTS) }
    }

    /// Creates the indexes.
    pub(crate) async fn prepare(&self) -> Outcome<()> {
        self.accounts.create_index(unique(doc! { "email": 1 })).await?;
        Ok(())
    }

    /// Inserts an account; refused if its address is taken.
    pub(crate) fn insert(&self, account: &Account) -> Outcome<Write> {
        Ok(Write::insert(ACCOUNTS, account)?.or_refuse(Refusal::EmailTaken { field: "input.email" }.into()))
    }

    /// Updates the given fields of a profile.
    pub(crate) fn edit_profile(&self, id: UserId, edit: &ProfileEdit) -> Write {
        let ProfileEdit { name, avatar_url, default_currency, locale, time_zone } = edit;
        let mut set = Document::new();
        let mut put = |field: &str, value: Option<Bson>| {
            if let Some(value) = value {
                set.insert(format!("profile.{field}"), value);
            }
        };
        put("name", name.as_ref().map(Into::into));
        put("avatar_url", avatar_url.as_ref().map(Into::into));
        put("default_currency", default_currency.map(|currency| currency.code().into()));
        put("locale", locale.as_ref().map(Into::into));
        put("time_zone", time_zone.as_ref().map(Into::into));
        Write::update(ACCOUNTS, open_account(id), doc! { "$set": set }).or_refuse(unauthenticated())
    }

    /// Stores the hash of another password.
    pub(crate) fn set_password(&self, id: UserId, hash: &PasswordHash) -> Outcome<Write> {
        let change = doc! { "$set": { "password_hash": stored(hash)? } };
        Ok(Write::update(ACCOUNTS, open_account(id), change).or_refuse(unauthenticated()))
    }

    /// Sets a verified address of an account; refused if another account has it.
    pub(crate) fn confirm_email(&self, id: UserId, email: &Email, at: Timestamp) -> Outcome<Write> {
        let change = doc! { "$set": { "email": stored(email)?, "email_verified_at": stored(&at)? } };
        let taken = Refusal::EmailTaken { field: "token" };
        Ok(Write::update(ACCOUNTS, open_account(id), change).or_refuse(taken.into()))
    }

    /// Replaces a deleted account by its remains.
    pub(crate) fn delete(&self, rest: &Account) -> Outcome<Write> {
        Ok(Write::replace(ACCOUNTS, open_account(rest.id), rest)?.or_refuse(unauthenticated()))
    }

    /// Returns the account with this address, unless it is deleted.
    pub(crate) async fn with_email(&self, email: &Email) -> Outcome<Option<Account>> {
        Ok(self.accounts.find_one(doc! { "email": email.as_str(), "deleted_at": Bson::Null }).await?)
    }

    /// Returns those accounts that exist, unordered.
    pub(crate) async fn by_ids(&self, ids: &[UserId]) -> Outcome<Vec<Account>> {
        Ok(self.accounts.find(doc! { "_id": { "$in": stored(&ids)? } }).await?.try_collect().await?)
    }
}

fn open_account(id: UserId) -> Document {
    doc! { "_id": id.to_string(), "deleted_at": Bson::Null }
}

fn unauthenticated() -> kit::Refusal {
    Refusal::SessionEnded.into()
}
