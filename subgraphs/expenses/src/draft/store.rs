//! Drafts and their photos in MongoDB.

use contracts::DraftId;
use futures::FutureExt;
use kit::{
    Outcome,
    migrations::Migration,
    mongo::{PURGE_AT, Write, purge_index, purge_time, stored},
};
use mongodb::{
    Collection, Database,
    bson::{self, Binary, doc, spec::BinarySubtype},
};
use serde::{Deserialize, Serialize};

use super::{Draft, KEPT_MS, photo::Photo};
use crate::refusal::Refusal;

const DRAFTS: &str = "drafts";
const PHOTOS: &str = "photos";

/// Sets an expiry on drafts from before drafts expired.
pub(crate) const END_DRAFTS: Migration =
    Migration { name: "the end of drafts", run: |database| end_drafts(database).boxed() };

async fn end_drafts(database: &Database) -> Outcome<()> {
    let asked_for = doc! { "$toDate": "$created_at" };
    let end = doc! { "$set": { PURGE_AT: { "$add": [asked_for, KEPT_MS] } } };
    let endless = doc! { PURGE_AT: { "$exists": false } };
    database.collection::<Draft>(DRAFTS).update_many(endless, vec![end]).await?;
    Ok(())
}

/// The drafts of all people, and their photos.
#[derive(Clone)]
pub(crate) struct DraftStore {
    drafts: Collection<Draft>,
    photos: Collection<StoredPhoto>,
}

#[derive(Serialize, Deserialize)]
struct StoredPhoto {
    #[serde(rename = "_id")]
    draft: DraftId,
    media_type: String,
    bytes: Binary,
    purge_at: bson::DateTime,
}

impl DraftStore {
    pub(crate) fn new(database: &Database) -> Self {
        Self { drafts: database.collection(DRAFTS), photos: database.collection(PHOTOS) }
    }

    /// Creates the indexes and the collections, so that no transaction has to.
    pub(crate) async fn prepare(&self) -> Outcome<()> {
        self.drafts.create_index(purge_index()).await?;
        self.photos.create_index(purge_index()).await?;
        Ok(())
    }

    pub(crate) async fn find(&self, id: DraftId) -> Outcome<Option<Draft>> {
        Ok(self.drafts.find_one(doc! { "_id": id.to_string() }).await?)
    }

    /// Returns the photo of a draft, if it is still stored.
    pub(crate) async fn photo(&self, id: DraftId) -> Outcome<Option<Photo>> {
        let stored = self.photos.find_one(doc! { "_id": id.to_string() }).await?;
        Ok(stored.and_then(|stored| Photo::new(&stored.media_type, stored.bytes.bytes).ok()))
    }

    /// Inserts a draft.
    pub(crate) fn add(&self, draft: &Draft) -> Outcome<Write> {
        Write::insert(DRAFTS, draft)
    }

    /// Replaces a draft; refused if its state has changed.
    pub(crate) fn advance(&self, before: &Draft, after: &Draft) -> Outcome<Write> {
        let filter = doc! { "_id": before.id.to_string(), "status": stored(&before.status)? };
        Ok(Write::replace(DRAFTS, filter, after)?.or_refuse(Refusal::DraftMoved.into()))
    }

    /// Stores the photo of a draft until the draft expires.
    pub(crate) fn add_photo(&self, draft: &Draft, photo: Photo) -> Outcome<Write> {
        let bytes = Binary { subtype: BinarySubtype::Generic, bytes: photo.bytes };
        let (media_type, purge_at) = (photo.media_type.to_owned(), purge_time(draft.kept_until));
        Write::insert(PHOTOS, &StoredPhoto { draft: draft.id, media_type, bytes, purge_at })
    }

    /// Removes the photo of a draft, if there is one.
    pub(crate) fn remove_photo(&self, draft: DraftId) -> Write {
        Write::delete(PHOTOS, doc! { "_id": draft.to_string() })
    }
}
