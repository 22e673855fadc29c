//! The accounts as they are stored.

use contracts::UserId;
use futures::TryStreamExt;
use kit::{
    Outcome,
    mongo::{Write, stored, unique},
};
use mongodb::{Collection, Database, bson::doc};

use super::{Account, Email};
use crate::refusal::Refusal;

const ACCOUNTS: &str = "accounts";

/// The collection of accounts.
pub(crate) struct AccountStore {
    accounts: Collection<Account>,
}

impl AccountStore {
    /// Over the database of users.
    pub(crate) fn new(database: &Database) -> Self {
        Self { accounts: database.collection(ACCOUNTS) }
    }

    /// Creates the indexes.
    pub(crate) async fn prepare(&self) -> Outcome<()> {
        self.accounts.create_index(unique(doc! { "email": 1 })).await?;
        Ok(())
    }

    /// Adds an account; refused when its address is taken.
    pub(crate) fn insert(&self, account: &Account) -> Outcome<Write> {
        Ok(Write::insert(ACCOUNTS, account)?.or_refuse(Refusal::EmailTaken.into()))
    }

    /// The account with this address.
    pub(crate) async fn with_email(&self, email: &Email) -> Outcome<Option<Account>> {
        Ok(self.accounts.find_one(doc! { "email": email.as_str() }).await?)
    }

    /// Those of the accounts that exist, in no order.
    pub(crate) async fn by_ids(&self, ids: &[UserId]) -> Outcome<Vec<Account>> {
        Ok(self.accounts.find(doc! { "_id": { "$in": stored(&ids)? } }).await?.try_collect().await?)
    }
}
