//! Attachments in MongoDB, and their files in `GridFS`. A file is unused until an attachment is saved that names it, and
//! from the moment on at which that is removed. Unused files are removed after a while.

use contracts::{AttachmentId, ExpenseId, Timestamp};
use futures::{AsyncReadExt, AsyncWriteExt, TryStreamExt};
use kit::{
    Failure, Outcome,
    mongo::{Write, index},
};
use mongodb::{
    Collection, Database,
    bson::{Bson, Document, doc},
    gridfs::{FilesCollectionDocument, GridFsBucket},
    options::GridFsBucketOptions,
};
use uuid::Uuid;

use super::Attachment;
use crate::refusal::AttachmentRefusal;

const ATTACHMENTS: &str = "attachments";
const BUCKET: &str = "files";
/// Where `GridFS` notes its files.
const FILES: &str = "files.files";

const UNUSED_SINCE: &str = "metadata.unused_since";

/// The attachments of all expenses.
#[derive(Clone)]
pub(crate) struct AttachmentStore {
    attachments: Collection<Attachment>,
    noted: Collection<FilesCollectionDocument>,
    files: GridFsBucket,
}

/// A file as it is served.
pub(crate) struct File {
    pub(crate) media_type: String,
    pub(crate) bytes: Vec<u8>,
}

impl AttachmentStore {
    pub(crate) fn new(database: &Database) -> Self {
        let options = GridFsBucketOptions::builder().bucket_name(BUCKET.to_owned()).build();
        Self {
            attachments: database.collection(ATTACHMENTS),
            noted: database.collection(FILES),
            files: database.gridfs_bucket(options),
        }
    }

    /// Makes the indexes; also creates the collections, which a transaction should not have to.
    pub(crate) async fn prepare(&self) -> Outcome<()> {
        self.attachments.create_index(index(doc! { "expense_id": 1, "_id": 1 })).await?;
        self.noted.create_index(index(doc! { UNUSED_SINCE: 1 })).await?;
        Ok(())
    }

    pub(crate) async fn find(&self, id: AttachmentId) -> Outcome<Option<Attachment>> {
        Ok(self.attachments.find_one(doc! { "_id": id.to_string() }).await?)
    }

    /// The attachments of these expenses, the oldest first.
    pub(crate) async fn of(&self, expenses: &[ExpenseId]) -> Outcome<Vec<Attachment>> {
        let ids: Vec<String> = expenses.iter().map(ExpenseId::to_string).collect();
        let oldest_first = doc! { "expense_id": 1, "_id": 1 };
        Ok(self.attachments.find(doc! { "expense_id": { "$in": ids } }).sort(oldest_first).await?.try_collect().await?)
    }

    /// How many attachments an expense has.
    pub(crate) async fn count(&self, expense: ExpenseId) -> Outcome<u64> {
        Ok(self.attachments.count_documents(doc! { "expense_id": expense.to_string() }).await?)
    }

    /// Stores a file that nothing uses yet; gives its id.
    pub(crate) async fn put(&self, media_type: &str, bytes: &[u8], now: Timestamp) -> Outcome<String> {
        let id = Uuid::now_v7().to_string();
        let metadata = doc! { "media_type": media_type, "unused_since": now.to_string() };
        let mut upload = self.files.open_upload_stream(&id).id(Bson::from(&id)).metadata(metadata).await?;
        upload.write_all(bytes).await.map_err(Failure::internal)?;
        upload.close().await.map_err(Failure::internal)?;
        Ok(id)
    }

    /// A file that is used.
    pub(crate) async fn file(&self, id: &str) -> Outcome<Option<File>> {
        let Some(noted) = self.noted.find_one(doc! { "_id": id, UNUSED_SINCE: null }).await? else { return Ok(None) };
        let media_type = noted.metadata.as_ref().and_then(|metadata| metadata.get_str("media_type").ok());
        let media_type = media_type.ok_or_else(|| Failure::internal("a file has no type"))?.to_owned();
        let mut bytes = Vec::new();
        let mut download = self.files.open_download_stream(Bson::from(id)).await?;
        download.read_to_end(&mut bytes).await.map_err(Failure::internal)?;
        Ok(Some(File { media_type, bytes }))
    }

    /// Removes the files that have not been used since then; gives how many those were.
    pub(crate) async fn remove_unused(&self, then: Timestamp) -> Outcome<usize> {
        let unused = self.noted.find(doc! { UNUSED_SINCE: { "$lte": then.to_string() } }).await?;
        let unused: Vec<FilesCollectionDocument> = unused.try_collect().await?;
        for file in &unused {
            self.files.delete(file.id.clone()).await?;
        }
        Ok(unused.len())
    }

    /// Adds a new attachment, whose files are used from now on.
    pub(crate) fn add(&self, attachment: &Attachment) -> Outcome<Vec<Write>> {
        let mut writes = vec![Write::insert(ATTACHMENTS, attachment)?];
        writes.extend(each_file(attachment, &doc! { "$unset": { UNUSED_SINCE: "" } }));
        Ok(writes)
    }

    /// Removes an attachment, whose files are unused from now on; refused when it was removed meanwhile.
    pub(crate) fn remove(&self, attachment: &Attachment, now: Timestamp) -> Vec<Write> {
        let remove = Write::delete(ATTACHMENTS, doc! { "_id": attachment.id.to_string() });
        let mut writes = vec![remove.or_refuse(AttachmentRefusal::NotFound.into())];
        writes.extend(each_file(attachment, &doc! { "$set": { UNUSED_SINCE: now.to_string() } }));
        writes
    }
}

fn each_file(attachment: &Attachment, change: &Document) -> impl Iterator<Item = Write> {
    attachment.files().map(|file| Write::update(FILES, doc! { "_id": file }, change.clone()))
}
