//! Imports in MongoDB: how far each has come.

use contracts::{GroupId, MemberId, Timestamp, UserId};
use kit::{
    Outcome, digest,
    mongo::{index, is_duplicate_key},
};
use mongodb::{Collection, Database, bson::doc};
use serde::{Deserialize, Serialize};

use crate::refusal::Refusal;

const IMPORTS: &str = "imports";

/// After so long without a step an import may be taken up again: whoever began it is gone.
const ABANDONED_MS: i64 = 15_000;

/// How far an import has come.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Import {
    #[serde(rename = "_id")]
    id: String,
    body_hash: String,
    /// The group that it fills, once there is one.
    pub(crate) group_id: Option<GroupId>,
    /// Who the people of the file are, in its order, as far as they are members already.
    pub(crate) members: Vec<MemberId>,
    /// Whether everything is taken over.
    pub(crate) done: bool,
    touched_at: Timestamp,
}

/// The imports of everybody.
#[derive(Clone)]
pub(crate) struct ImportStore(Collection<Import>);

impl ImportStore {
    pub(crate) fn new(database: &Database) -> Self {
        Self(database.collection(IMPORTS))
    }

    pub(crate) async fn prepare(&self) -> Outcome<()> {
        self.0.create_index(index(doc! { "_id": 1 })).await?;
        Ok(())
    }

    /// Begins an import, or takes up the one with this key; refused while that one is running.
    pub(crate) async fn begin(&self, user: UserId, key: &str, body: &[u8], now: Timestamp) -> Outcome<Import> {
        let id = format!("{user}/{key}");
        let body_hash = digest(body);
        let new = Import { id, body_hash, group_id: None, members: Vec::new(), done: false, touched_at: now };
        match self.0.insert_one(&new).await {
            Ok(_) => return Ok(new),
            Err(error) if is_duplicate_key(&error) => {}
            Err(error) => return Err(error.into()),
        }
        let known = self.0.find_one(doc! { "_id": &new.id }).await?.ok_or(Refusal::ImportRunning)?;
        if known.body_hash != new.body_hash {
            return Err(Refusal::ImportKeyReused.into());
        }
        if known.done {
            return Ok(known);
        }
        // Of several that take it up at once, one finds it untouched.
        let abandoned = doc! { "$lt": now.plus_ms(-ABANDONED_MS).to_string() };
        let untouched = doc! { "_id": &new.id, "touched_at": abandoned };
        let taken = self.0.update_one(untouched, doc! { "$set": { "touched_at": now.to_string() } }).await?;
        if taken.matched_count == 0 {
            return Err(Refusal::ImportRunning.into());
        }
        Ok(Import { touched_at: now, ..known })
    }

    /// Remembers how far an import has come.
    pub(crate) async fn save(&self, import: &mut Import, now: Timestamp) -> Outcome<()> {
        import.touched_at = now;
        self.0.replace_one(doc! { "_id": &import.id }, &*import).await?;
        Ok(())
    }

    /// Says that an import is still running.
    pub(crate) async fn touch(&self, import: &Import, now: Timestamp) -> Outcome<()> {
        let touched = doc! { "$set": { "touched_at": now.to_string() } };
        self.0.update_one(doc! { "_id": &import.id }, touched).await?;
        Ok(())
    }

    /// Forgets an import that could not begin, so that its key can be used again.
    pub(crate) async fn forget(&self, import: &Import) -> Outcome<()> {
        self.0.delete_one(doc! { "_id": &import.id }).await?;
        Ok(())
    }
}
