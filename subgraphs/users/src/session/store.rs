//! Sessions and signing keys in MongoDB.

use contracts::{Timestamp, UserId};
use futures::TryStreamExt;
use kit::{
    Failure, Outcome,
    mongo::{PURGE_AT, index, purge_index, purge_time, stored},
};
use mongodb::{
    Collection, Database,
    bson::{self, Document, doc},
    options::{CollectionOptions, ReadConcern, ReturnDocument},
};

use super::{
    Device, Session,
    keys::{SigningKey, StoredKey},
};

const SESSIONS: &str = "sessions";
const SIGNING_KEYS: &str = "signing_keys";
const DEVICES: &str = "devices";

/// How long a device stays known after the last sign-in from it: one year.
const KNOWN_MS: i64 = 365 * 24 * 60 * 60 * 1_000;

#[derive(Clone)]
pub(crate) struct SessionStore {
    sessions: Collection<Session>,
    signing_keys: Collection<StoredKey>,
    devices: Collection<Document>,
}

impl SessionStore {
    pub(crate) fn new(database: &Database) -> Self {
        // Local reads, because a request that lost a race to refresh must see the winner's write before a majority has
        // it.
        let newest = CollectionOptions::builder().read_concern(ReadConcern::local()).build();
        Self {
            sessions: database.collection_with_options(SESSIONS, newest),
            signing_keys: database.collection(SIGNING_KEYS),
            devices: database.collection(DEVICES),
        }
    }

    /// Creates the indexes.
    pub(crate) async fn prepare(&self) -> Outcome<()> {
        self.sessions.create_index(purge_index()).await?;
        self.devices.create_indexes([purge_index(), index(doc! { "user_id": 1 })]).await?;
        self.sessions.create_index(index(doc! { "user_id": 1, "expires_at": -1 })).await?;
        Ok(())
    }

    pub(crate) async fn insert(&self, session: &Session) -> Outcome<()> {
        self.sessions.clone_with_type().insert_one(purged(session, session.expires_at)?).await?;
        Ok(())
    }

    /// Records a sign-in of a user from a device. Returns whether the device was unknown.
    pub(crate) async fn record_device(&self, user: UserId, device: &Device, now: Timestamp) -> Outcome<bool> {
        let known = doc! { "user_id": user.to_string(), PURGE_AT: purge_time(now.plus_ms(KNOWN_MS)) };
        let id = doc! { "_id": device_id(user, device) };
        let recorded = self.devices.update_one(id, doc! { "$set": known }).upsert(true).await?;
        Ok(recorded.upserted_id.is_some())
    }

    /// Whether a user has signed in from a device.
    pub(crate) async fn is_known(&self, user: UserId, device: &Device) -> Outcome<bool> {
        Ok(self.devices.find_one(doc! { "_id": device_id(user, device) }).await?.is_some())
    }

    /// Removes the devices of a user.
    pub(crate) async fn forget_devices(&self, user: UserId) -> Outcome<()> {
        self.devices.delete_many(doc! { "user_id": user.to_string() }).await?;
        Ok(())
    }

    pub(crate) async fn session(&self, id: &str) -> Outcome<Option<Session>> {
        Ok(self.sessions.find_one(doc! { "_id": id }).await?)
    }

    /// Replaces a session; false if another request has replaced it.
    pub(crate) async fn replace(&self, present: &Session, next: &Session) -> Outcome<bool> {
        let filter = doc! { "_id": &present.id, "token_hash": &present.token_hash };
        let next = purged(next, next.expires_at)?;
        let replaced = self.sessions.clone_with_type::<Document>().replace_one(filter, next).await?;
        Ok(replaced.matched_count > 0)
    }

    pub(crate) async fn delete(&self, id: &str) -> Outcome<()> {
        self.sessions.delete_one(doc! { "_id": id }).await?;
        Ok(())
    }

    /// Returns a user's sessions that have not expired, the latest expiry first, up to a limit.
    pub(crate) async fn of_user(&self, user: UserId, now: Timestamp, limit: i64) -> Outcome<Vec<Session>> {
        let filter = doc! { "user_id": user.to_string(), "expires_at": { "$gt": stored(&now)? } };
        Ok(self.sessions.find(filter).sort(doc! { "expires_at": -1 }).limit(limit).await?.try_collect().await?)
    }

    /// Ends a session of this user, if it exists.
    pub(crate) async fn delete_of(&self, user: UserId, id: &str) -> Outcome<()> {
        self.sessions.delete_one(doc! { "_id": id, "user_id": user.to_string() }).await?;
        Ok(())
    }

    /// Ends all sessions of a user, except `kept`.
    pub(crate) async fn delete_all_of(&self, user: UserId, kept: Option<&str>) -> Outcome<()> {
        let mut filter = doc! { "user_id": user.to_string() };
        if let Some(kept) = kept {
            filter.insert("_id", doc! { "$ne": kept });
        }
        self.sessions.delete_many(filter).await?;
        Ok(())
    }

    /// Returns all signing keys, unordered.
    pub(crate) async fn keys(&self) -> Outcome<Vec<StoredKey>> {
        Ok(self.signing_keys.find(doc! {}).await?.try_collect().await?)
    }

    /// Returns the first key; stores the offered one if there is none. Replicas that offer one at the same time get the
    /// same key.
    pub(crate) async fn keep_first_key(&self, offered: &StoredKey) -> Outcome<StoredKey> {
        let kept = self
            .signing_keys
            .find_one_and_update(doc! { "_id": SigningKey::FIRST }, doc! { "$setOnInsert": stored(offered)? })
            .upsert(true)
            .return_document(ReturnDocument::After)
            .await?;
        kept.ok_or_else(|| Failure::internal("an upsert returned no document"))
    }

    pub(crate) async fn add_key(&self, key: &StoredKey) -> Outcome<()> {
        self.signing_keys.insert_one(key).await?;
        Ok(())
    }

    /// Removes an expired key.
    pub(crate) async fn remove_key(&self, id: &str) -> Outcome<()> {
        self.signing_keys.delete_one(doc! { "_id": id }).await?;
        Ok(())
    }
}

fn device_id(user: UserId, device: &Device) -> String {
    format!("{user}/{}", device.id())
}

fn purged(session: &Session, at: Timestamp) -> Outcome<Document> {
    let mut document = bson::serialize_to_document(session)?;
    document.insert(PURGE_AT, purge_time(at));
    Ok(document)
}
