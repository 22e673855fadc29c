//! Attachments in MongoDB, and their files in `GridFS`. A file is marked as unused until an attachment that names it is
//! saved, and again when that attachment is removed. Unused files are deleted after a while.

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
/// The collection in which `GridFS` keeps the metadata of files.
const FILES: &str = "files.files";

const UNUSED_SINCE: &str = "metadata.unused_since";

/// The attachments of all expenses.
#[derive(Clone)]
pub(crate) struct AttachmentStore {
    attachments: Collection<Attachment>,
    noted: Collection<FilesCollectionDocument>,
    files: GridFsBucket,
}

/// A file to be served.
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

    /// Creates the indexes and the collections, so that no transaction has to.
    pub(crate) async fn prepare(&self) -> Outcome<()> {
        self.attachments.create_index(index(doc! { "expense_id": 1, "_id": 1 })).await?;
        self.noted.create_index(index(doc! { UNUSED_SINCE: 1 })).await?;
        Ok(())
    }

    pub(crate) async fn find(&self, id: AttachmentId) -> Outcome<Option<Attachment>> {
        Ok(self.attachments.find_one(doc! { "_id": id.to_string() }).await?)
    }

    /// Returns the attachments of these expenses, the oldest first.
    pub(crate) async fn of(&self, expenses: &[ExpenseId]) -> Outcome<Vec<Attachment>> {
        let ids: Vec<String> = expenses.iter().map(ExpenseId::to_string).collect();
        let oldest_first = doc! { "expense_id": 1, "_id": 1 };
        Ok(self.attachments.find(doc! { "expense_id": { "$in": ids } }).sort(oldest_first).await?.try_collect().await?)
    }

    /// Returns how many attachments an expense has.
    pub(crate) async fn count(&self, expense: ExpenseId) -> Outcome<u64> {
        Ok(self.attachments.count_documents(doc! { "expense_id": expense.to_string() }).await?)
    }

    /// Stores a file marked as unused; returns its id.
    pub(crate) async fn put(&self, media_type: &str, bytes: &[u8], now: Timestamp) -> Outcome<String> {
        let id = Uuid::now_v7().to_string();
        let metadata = doc! { "media_type": media_type, "unused_since": now.to_string() };
        let mut upload = self.files.open_upload_stream(&id).id(Bson::from(&id)).metadata(metadata).await?;
        upload.write_all(bytes).await.map_err(Failure::internal)?;
        upload.close().await.map_err(Failure::internal)?;
        Ok(id)
    }

    /// Returns a file that is in use; `None` for an unused one.
    pub(crate) async fn file(&self, id: &str) -> Outcome<Option<File>> {
        let Some(noted) = self.noted.find_one(doc! { "_id": id, UNUSED_SINCE: null }).await? else { return Ok(None) };
        let media_type = noted.metadata.as_ref().and_then(|metadata| metadata.get_str("media_type").ok());
        let media_type = media_type.ok_or_else(|| Failure::internal("a file has no type"))?.to_owned();
        let mut bytes = Vec::new();
        let mut download = self.files.open_download_stream(Bson::from(id)).await?;
        download.read_to_end(&mut bytes).await.map_err(Failure::internal)?;
        Ok(Some(File { media_type, bytes }))
    }

    /// Deletes the files that have been unused since `then` or longer; returns how many.
    pub(crate) async fn remove_unused(&self, then: Timestamp) -> Outcome<usize> {
        let unused = self.noted.find(doc! { UNUSED_SINCE: { "$lte": then.to_string() } }).await?;
        let unused: Vec<FilesCollectionDocument> = unused.try_collect().await?;
        for file in &unused {
            self.files.delete(file.id.clone()).await?;
        }
        Ok(unused.len())
    }

    /// Inserts an attachment and marks its files as used.
    pub(crate) fn add(&self, attachment: &Attachment) -> Outcome<Vec<Write>> {
        let mut writes = vec![Write::insert(ATTACHMENTS, attachment)?];
        writes.extend(each_file(attachment, &doc! { "$unset": { UNUSED_SINCE: "" } }));
        Ok(writes)
    }

    /// Removes an attachment and marks its files as unused; refused if it has been removed already.
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
