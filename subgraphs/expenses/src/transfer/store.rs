//! Imports in MongoDB: their progress.

use contracts::{GroupId, MemberId, Timestamp, UserId};
use kit::{
    Outcome, digest,
    mongo::{index, is_duplicate_key},
};
use mongodb::{Collection, Database, bson::doc};
use serde::{Deserialize, Serialize};

use crate::refusal::Refusal;

const IMPORTS: &str = "imports";

/// An import without progress for this long, in milliseconds, may be continued by another request: the process that ran
/// it is gone.
const ABANDONED_MS: i64 = 15_000;

/// The progress of an import.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Import {
    #[serde(rename = "_id")]
    id: String,
    body_hash: String,
    /// The group that it fills, once it exists.
    pub(crate) group_id: Option<GroupId>,
    /// The members for the people of the file, in the same order, as far as they have been added.
    pub(crate) members: Vec<MemberId>,
    /// Whether everything has been imported.
    pub(crate) done: bool,
    /// The number of entries.
    #[serde(default)]
    pub(crate) total: u32,
    /// The number of entries imported so far.
    #[serde(default)]
    pub(crate) entered: u32,
    /// Why a step was refused; everything that was imported is undone then.
    #[serde(default)]
    pub(crate) refusal: Option<kit::Refusal>,
    /// Whether undoing is complete.
    #[serde(default)]
    pub(crate) undone: bool,
    touched_at: Timestamp,
}

impl Import {
    /// Whether the import is complete or undone.
    pub(crate) fn is_over(&self) -> bool {
        self.done || self.undone
    }
}

/// The imports of all people.
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

    /// Begins an import, or continues the one with this key; refused while that one is running.
    pub(crate) async fn begin(
        &self,
        user: UserId,
        key: &str,
        (body, total): (&[u8], u32),
        now: Timestamp,
    ) -> Outcome<Import> {
        let id = id(user, key);
        let body_hash = digest(body);
        let new = Import {
            id,
            body_hash,
            group_id: None,
            members: Vec::new(),
            done: false,
            total,
            entered: 0,
            refusal: None,
            undone: false,
            touched_at: now,
        };
        match self.0.insert_one(&new).await {
            Ok(_) => return Ok(new),
            Err(error) if is_duplicate_key(&error) => {}
            Err(error) => return Err(error.into()),
        }
        let known = self.0.find_one(doc! { "_id": &new.id }).await?.ok_or(Refusal::ImportRunning)?;
        if known.body_hash != new.body_hash {
            return Err(Refusal::ImportKeyReused.into());
        }
        if known.is_over() {
            return Ok(known);
        }
        // Of several concurrent requests that continue it, only one matches this filter.
        let abandoned = doc! { "$lt": now.plus_ms(-ABANDONED_MS).to_string() };
        let untouched = doc! { "_id": &new.id, "touched_at": abandoned };
        let taken = self.0.update_one(untouched, doc! { "$set": { "touched_at": now.to_string() } }).await?;
        if taken.matched_count == 0 {
            return Err(Refusal::ImportRunning.into());
        }
        Ok(Import { touched_at: now, ..known })
    }

    /// Returns the caller's import with this key, if there is one.
    pub(crate) async fn find(&self, user: UserId, key: &str) -> Outcome<Option<Import>> {
        Ok(self.0.find_one(doc! { "_id": id(user, key) }).await?)
    }

    /// Saves the progress of an import.
    pub(crate) async fn save(&self, import: &mut Import, now: Timestamp) -> Outcome<()> {
        import.touched_at = now;
        self.0.replace_one(doc! { "_id": &import.id }, &*import).await?;
        Ok(())
    }

    /// Deletes an import that could not begin, so that its key can be used again.
    pub(crate) async fn forget(&self, import: &Import) -> Outcome<()> {
        self.0.delete_one(doc! { "_id": &import.id }).await?;
        Ok(())
    }
}

fn id(user: UserId, key: &str) -> String {
    format!("{user}/{key}")
}
