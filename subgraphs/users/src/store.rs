//! What is kept, and how it is found: the only file that names MongoDB.

use std::time::Duration;

use contracts::{Timestamp, UserId};
use futures::TryStreamExt;
use kit::{
    Failure, Outcome,
    mongo::{Write, stored, unique},
};
use mongodb::{
    Collection, Database, IndexModel,
    bson::{self, Document, doc},
    options::{CollectionOptions, IndexOptions, ReadConcern, ReturnDocument},
};
use serde::Deserialize;

use crate::{
    account::{Account, Email},
    failures::Window,
    refusal::Refusal,
    session::Session,
    signing::SigningKey,
};

const ACCOUNTS: &str = "accounts";
const SESSIONS: &str = "sessions";
const SIGNING_KEYS: &str = "signing_keys";
const LOGIN_FAILURES: &str = "login_failures";

/// When MongoDB may remove a document by itself. Its clean-up is late by up to a minute, so nothing is decided by it.
const PURGE_AT: &str = "purge_at";

/// The collections of users.
pub struct Store {
    accounts: Collection<Account>,
    sessions: Collection<Session>,
    signing_keys: Collection<SigningKey>,
    login_failures: Collection<Counted>,
}

#[derive(Deserialize)]
struct Counted {
    failures: i64,
}

impl Store {
    /// Over the database of users.
    pub fn new(database: &Database) -> Self {
        // Who lost a race to refresh must see what won it, even before a majority has it.
        let newest = CollectionOptions::builder().read_concern(ReadConcern::local()).build();
        Self {
            accounts: database.collection(ACCOUNTS),
            sessions: database.collection_with_options(SESSIONS, newest),
            signing_keys: database.collection(SIGNING_KEYS),
            login_failures: database.collection(LOGIN_FAILURES),
        }
    }

    /// Makes the indexes.
    pub async fn prepare(&self) -> Outcome<()> {
        self.accounts.create_index(unique(doc! { "email": 1 })).await?;
        self.sessions.create_index(purge()).await?;
        self.login_failures.create_index(purge()).await?;
        Ok(())
    }

    /// Adds an account.
    pub fn insert_account(account: &Account) -> Outcome<Write> {
        Ok(Write::insert(ACCOUNTS, account)?.or_refuse(Refusal::EmailTaken.into()))
    }

    /// The account with this address.
    pub async fn account_of(&self, email: &Email) -> Outcome<Option<Account>> {
        Ok(self.accounts.find_one(doc! { "email": email.as_str() }).await?)
    }

    /// Those of the accounts that exist, in no order.
    pub async fn accounts(&self, ids: &[UserId]) -> Outcome<Vec<Account>> {
        Ok(self.accounts.find(doc! { "_id": { "$in": stored(&ids)? } }).await?.try_collect().await?)
    }

    /// Adds a session.
    pub async fn insert_session(&self, session: &Session) -> Outcome<()> {
        self.sessions.clone_with_type().insert_one(purged(session, session.expires_at)?).await?;
        Ok(())
    }

    /// The session with this id.
    pub async fn session(&self, id: &str) -> Outcome<Option<Session>> {
        Ok(self.sessions.find_one(doc! { "_id": id }).await?)
    }

    /// Puts the next state in the place of this one; false when somebody else was first.
    pub async fn replace_session(&self, present: &Session, next: &Session) -> Outcome<bool> {
        let filter = doc! { "_id": &present.id, "token_hash": &present.token_hash };
        let next = purged(next, next.expires_at)?;
        let replaced = self.sessions.clone_with_type::<Document>().replace_one(filter, next).await?;
        Ok(replaced.matched_count > 0)
    }

    /// Ends a session.
    pub async fn delete_session(&self, id: &str) -> Outcome<()> {
        self.sessions.delete_one(doc! { "_id": id }).await?;
        Ok(())
    }

    /// The key for this purpose: the one that is kept, or from now on the one that is offered. Whoever offers at the same
    /// time gets the same.
    pub async fn keep(&self, offered: &SigningKey) -> Outcome<SigningKey> {
        let kept = self
            .signing_keys
            .find_one_and_update(doc! { "_id": &offered.purpose }, doc! { "$setOnInsert": stored(offered)? })
            .upsert(true)
            .return_document(ReturnDocument::After)
            .await?;
        kept.ok_or_else(|| Failure::internal("an upsert gave nothing back"))
    }

    /// Counts one more failure in this window; says how many there are now.
    pub async fn count_failure(&self, window: &Window) -> Outcome<i64> {
        let change = doc! { "$inc": { "failures": 1_i64 }, "$setOnInsert": { PURGE_AT: purge_time(window.ends_at) } };
        let counted = self
            .login_failures
            .find_one_and_update(doc! { "_id": &window.id }, change)
            .upsert(true)
            .return_document(ReturnDocument::After)
            .await?;
        Ok(counted.map_or(1, |counted| counted.failures))
    }

    /// Takes back one failure in this window.
    pub async fn take_back_failure(&self, window: &Window) -> Outcome<()> {
        let change = doc! { "$inc": { "failures": -1_i64 } };
        self.login_failures.update_one(doc! { "_id": &window.id }, change).await?;
        Ok(())
    }

    /// Forgets the failures in this window.
    pub async fn forget_failures(&self, window: &Window) -> Outcome<()> {
        self.login_failures.delete_one(doc! { "_id": &window.id }).await?;
        Ok(())
    }
}

fn purge() -> IndexModel {
    let at_that_time = IndexOptions::builder().expire_after(Duration::ZERO).build();
    IndexModel::builder().keys(doc! { PURGE_AT: 1 }).options(at_that_time).build()
}

fn purged(session: &Session, at: Timestamp) -> Outcome<Document> {
    let mut document = bson::serialize_to_document(session)?;
    document.insert(PURGE_AT, purge_time(at));
    Ok(document)
}

/// Only MongoDB's own form of a time is understood by its clean-up.
fn purge_time(at: Timestamp) -> bson::DateTime {
    bson::DateTime::from_millis(at.unix_seconds().saturating_mul(1_000))
}
