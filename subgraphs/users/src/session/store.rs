//! Sessions and signing keys as they are stored.

use contracts::Timestamp;
use kit::{
    Failure, Outcome,
    mongo::{PURGE_AT, purge_index, purge_time, stored},
};
use mongodb::{
    Collection, Database,
    bson::{self, Document, doc},
    options::{CollectionOptions, ReadConcern, ReturnDocument},
};

use super::{Session, signing::SigningKey};

const SESSIONS: &str = "sessions";
const SIGNING_KEYS: &str = "signing_keys";

/// The collections of sessions.
pub(crate) struct SessionStore {
    sessions: Collection<Session>,
    signing_keys: Collection<SigningKey>,
}

impl SessionStore {
    /// Over the database of users.
    pub(crate) fn new(database: &Database) -> Self {
        // A request that lost a race to refresh must see what won it, even before a majority has it.
        let newest = CollectionOptions::builder().read_concern(ReadConcern::local()).build();
        Self {
            sessions: database.collection_with_options(SESSIONS, newest),
            signing_keys: database.collection(SIGNING_KEYS),
        }
    }

    /// Creates the indexes.
    pub(crate) async fn prepare(&self) -> Outcome<()> {
        self.sessions.create_index(purge_index()).await?;
        Ok(())
    }

    /// Adds a session.
    pub(crate) async fn insert(&self, session: &Session) -> Outcome<()> {
        self.sessions.clone_with_type().insert_one(purged(session, session.expires_at)?).await?;
        Ok(())
    }

    /// The session with this id.
    pub(crate) async fn session(&self, id: &str) -> Outcome<Option<Session>> {
        Ok(self.sessions.find_one(doc! { "_id": id }).await?)
    }

    /// Replaces this state by the next one; false when another request was first.
    pub(crate) async fn replace(&self, present: &Session, next: &Session) -> Outcome<bool> {
        let filter = doc! { "_id": &present.id, "token_hash": &present.token_hash };
        let next = purged(next, next.expires_at)?;
        let replaced = self.sessions.clone_with_type::<Document>().replace_one(filter, next).await?;
        Ok(replaced.matched_count > 0)
    }

    /// Ends a session.
    pub(crate) async fn delete(&self, id: &str) -> Outcome<()> {
        self.sessions.delete_one(doc! { "_id": id }).await?;
        Ok(())
    }

    /// The stored key for this purpose, else the one that is offered, which is then stored. Replicas that offer at the
    /// same time get the same.
    pub(crate) async fn keep_key(&self, offered: &SigningKey) -> Outcome<SigningKey> {
        let kept = self
            .signing_keys
            .find_one_and_update(doc! { "_id": &offered.purpose }, doc! { "$setOnInsert": stored(offered)? })
            .upsert(true)
            .return_document(ReturnDocument::After)
            .await?;
        kept.ok_or_else(|| Failure::internal("an upsert gave nothing back"))
    }
}

fn purged(session: &Session, at: Timestamp) -> Outcome<Document> {
    let mut document = bson::serialize_to_document(session)?;
    document.insert(PURGE_AT, purge_time(at));
    Ok(document)
}
