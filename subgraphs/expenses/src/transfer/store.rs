//! Imports in MongoDB: their progress, and their files until they are over.

use chrono_tz::Tz;
use contracts::{GroupId, MemberId, Timestamp, UserId, amount};
use futures::TryStreamExt;
use kit::{
    Outcome,
    mongo::{index, is_duplicate_key},
};
use money::Currency;
use mongodb::{
    Collection, Database,
    bson::{Binary, Document, doc, spec::BinarySubtype},
    options::ReturnDocument,
};
use serde::{Deserialize, Serialize};

use super::{Format, request::ImportRequest};
use crate::refusal::Refusal;

const IMPORTS: &str = "imports";
const FILES: &str = "import_files";

/// An import without progress for this long, in milliseconds, may be continued by another process or request: the
/// process that ran it is gone.
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

/// The file of an import that is not over. It has the id of the import.
#[derive(Serialize, Deserialize)]
struct KeptFile {
    #[serde(rename = "_id")]
    id: String,
    user: UserId,
    time_zone: Tz,
    format: Format,
    bytes: Binary,
    #[serde(with = "amount::currency")]
    currency: Currency,
    group_name: Option<String>,
    #[serde(default)]
    me: Option<String>,
    #[serde(default)]
    lines: Option<Vec<usize>>,
    idempotency_key: String,
}

/// An import whose process is gone.
pub(crate) struct AbandonedImport {
    pub(crate) user: UserId,
    pub(crate) time_zone: Tz,
    pub(crate) request: ImportRequest,
    pub(crate) import: Import,
}

/// The imports of all people.
#[derive(Clone)]
pub(crate) struct ImportStore {
    imports: Collection<Import>,
    files: Collection<KeptFile>,
}

impl ImportStore {
    pub(crate) fn new(database: &Database) -> Self {
        Self { imports: database.collection(IMPORTS), files: database.collection(FILES) }
    }

    pub(crate) async fn prepare(&self) -> Outcome<()> {
        self.imports.create_index(index(doc! { "_id": 1 })).await?;
        self.files.create_index(index(doc! { "_id": 1 })).await?;
        Ok(())
    }

    /// Begins an import, or continues the one with this key; refused while that one is running.
    pub(crate) async fn begin(
        &self,
        owner: (UserId, Tz),
        request: &ImportRequest,
        total: u32,
        now: Timestamp,
    ) -> Outcome<Import> {
        let new = Import {
            id: id(owner.0, &request.idempotency_key),
            body_hash: request.digest(),
            group_id: None,
            members: Vec::new(),
            done: false,
            total,
            entered: 0,
            refusal: None,
            undone: false,
            touched_at: now,
        };
        let import = match self.imports.insert_one(&new).await {
            Ok(_) => new,
            Err(error) if is_duplicate_key(&error) => self.again(&new, now).await?,
            Err(error) => return Err(error.into()),
        };
        if !import.is_over() {
            self.keep_file(&import.id, owner, request).await?;
        }
        Ok(import)
    }

    /// Returns an import that was begun before, to be continued.
    async fn again(&self, new: &Import, now: Timestamp) -> Outcome<Import> {
        let known = self.imports.find_one(doc! { "_id": &new.id }).await?.ok_or(Refusal::ImportRunning)?;
        if known.body_hash != new.body_hash {
            return Err(Refusal::ImportKeyReused.into());
        }
        if known.is_over() {
            return Ok(known);
        }
        Ok(self.take_over(&new.id, now).await?.ok_or(Refusal::ImportRunning)?)
    }

    /// Claims an import that is not over and has no progress; of several concurrent claims one succeeds.
    async fn take_over(&self, id: &str, now: Timestamp) -> Outcome<Option<Import>> {
        let abandoned = doc! { "$lt": now.plus_ms(-ABANDONED_MS).to_string() };
        let untouched = doc! { "_id": id, "done": false, "undone": { "$ne": true }, "touched_at": abandoned };
        let touch = doc! { "$set": { "touched_at": now.to_string() } };
        Ok(self.imports.find_one_and_update(untouched, touch).return_document(ReturnDocument::After).await?)
    }

    async fn keep_file(&self, id: &str, (user, time_zone): (UserId, Tz), request: &ImportRequest) -> Outcome<()> {
        let ImportRequest { format, bytes, currency, group_name, me, lines, idempotency_key, .. } = request.clone();
        let (id, bytes) = (id.to_owned(), Binary { subtype: BinarySubtype::Generic, bytes });
        let file = KeptFile { id, user, time_zone, format, bytes, currency, group_name, me, lines, idempotency_key };
        self.files.replace_one(doc! { "_id": &file.id }, &file).upsert(true).await?;
        Ok(())
    }

    /// Claims an import whose process is gone, if there is one, and returns it with its file.
    pub(crate) async fn take_abandoned(&self, now: Timestamp) -> Outcome<Option<AbandonedImport>> {
        let mut kept = self.files.clone_with_type::<Document>().find(doc! {}).projection(doc! { "_id": 1 }).await?;
        while let Some(file) = kept.try_next().await? {
            let Ok(id) = file.get_str("_id") else { continue };
            let Some(import) = self.take_over(id, now).await? else { continue };
            let Some(file) = self.files.find_one(doc! { "_id": id }).await? else { continue };
            let KeptFile { user, time_zone, format, bytes, currency, group_name, me, lines, idempotency_key, .. } =
                file;
            let (bytes, dry_run) = (bytes.bytes, false);
            let request = ImportRequest { format, bytes, currency, group_name, me, lines, dry_run, idempotency_key };
            return Ok(Some(AbandonedImport { user, time_zone, request, import }));
        }
        Ok(None)
    }

    /// Returns the caller's import with this key, if there is one.
    pub(crate) async fn find(&self, user: UserId, key: &str) -> Outcome<Option<Import>> {
        Ok(self.imports.find_one(doc! { "_id": id(user, key) }).await?)
    }

    /// Saves the progress of an import; drops its file once it is over.
    pub(crate) async fn save(&self, import: &mut Import, now: Timestamp) -> Outcome<()> {
        import.touched_at = now;
        self.imports.replace_one(doc! { "_id": &import.id }, &*import).await?;
        if import.is_over() {
            self.files.delete_one(doc! { "_id": &import.id }).await?;
        }
        Ok(())
    }

    /// Deletes an import that could not begin, so that its key can be used again.
    pub(crate) async fn forget(&self, import: &Import) -> Outcome<()> {
        self.files.delete_one(doc! { "_id": &import.id }).await?;
        self.imports.delete_one(doc! { "_id": &import.id }).await?;
        Ok(())
    }
}

fn id(user: UserId, key: &str) -> String {
    format!("{user}/{key}")
}
