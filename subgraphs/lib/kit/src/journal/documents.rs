//! Verification of documents: each must match the last event about it, because otherwise its next change would start
//! from a state that never existed.

use contracts::{Event, ledger::LedgerState};
use futures::TryStreamExt;
use mongodb::{
    Collection,
    bson::{Bson, RawDocument, RawDocumentBuf, deserialize_from_slice, doc},
};
use serde::de::DeserializeOwned;

use super::{Difference, Journal, entry::Entry};
use crate::failure::{Failure, Outcome};

/// How often a comparison is repeated before a document counts as different: a concurrent write may fall between its
/// two reads.
const MAX_COMPARISONS: usize = 5;

/// A document that is written together with its events and never removed.
pub trait Documented: DeserializeOwned {
    /// The collection that holds it.
    const COLLECTION: &'static str;
    /// The field with the stream of its events.
    const STREAM: &'static str;
    /// The kinds of events that create a document.
    const BEGUN_BY: &'static [&'static str];

    /// Whether the document matches the event; `None` if the event is about something else.
    fn agrees(&self, event: &Event) -> Option<bool>;
}

/// A kind of documents to be verified.
pub struct Documents {
    collection: &'static str,
    stream: &'static str,
    begun_by: &'static [&'static str],
    agrees: fn(&RawDocument, &Event) -> Outcome<Option<bool>>,
}

impl Documents {
    /// Describes the documents of a type.
    pub fn of<D: Documented>() -> Self {
        let agrees =
            |document: &RawDocument, event: &Event| Ok(deserialize_from_slice::<D>(document.as_bytes())?.agrees(event));
        Self { collection: D::COLLECTION, stream: D::STREAM, begun_by: D::BEGUN_BY, agrees }
    }
}

impl<L: LedgerState> Journal<L> {
    /// Compares every document with the last event about it; returns how many were compared, or the first difference.
    /// Can run concurrently with writers.
    pub async fn verify_documents(&self, kind: &Documents) -> Outcome<Result<u64, Difference>> {
        let begun = self.begun(kind).await?;
        let documents: Collection<RawDocumentBuf> = self.outbox.database.collection(kind.collection);
        let mut all = documents.find(doc! {}).sort(doc! { "_id": 1 }).await?;
        let mut compared = 0;
        while let Some(document) = all.try_next().await? {
            if !self.agrees(kind, &documents, &document).await? {
                let text = |field: &str| document.get_str(field).unwrap_or("?");
                let what = format!("the document in `{}` is not what the last event about it says", kind.collection);
                return Ok(Err(Difference::new(text(kind.stream), text("_id"), &what)));
            }
            compared += 1;
        }
        if compared < begun {
            let what = format!("{begun} documents of `{}` were begun, and only {compared} are there", kind.collection);
            return Ok(Err(Difference::new("?", "?", &what)));
        }
        Ok(Ok(compared))
    }

    /// Returns how many documents were created.
    async fn begun(&self, kind: &Documents) -> Outcome<u64> {
        let pipeline = [
            doc! { "$match": { "event.type": { "$in": kind.begun_by } } },
            doc! { "$sortByCount": "$about" },
            doc! { "$count": "documents" },
        ];
        let counted = self.outbox.entries.aggregate(pipeline).allow_disk_use(true).await?.try_next().await?;
        let count = counted.as_ref().and_then(|counted| counted.get("documents")).map(integer).transpose()?;
        Ok(count.unwrap_or_default())
    }

    async fn agrees(
        &self,
        kind: &Documents,
        documents: &Collection<RawDocumentBuf>,
        document: &RawDocument,
    ) -> Outcome<bool> {
        let id = document.get_str("_id").map_err(Failure::internal)?;
        for _ in 0..MAX_COMPARISONS {
            let Some(present) = documents.find_one(doc! { "_id": id }).await? else { return Ok(false) };
            if self.last_event_agrees(kind, id, &present).await? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    async fn last_event_agrees(&self, kind: &Documents, id: &str, document: &RawDocument) -> Outcome<bool> {
        let stream = document.get_str(kind.stream).map_err(Failure::internal)?;
        let about = doc! { "stream": stream, "about": id };
        let mut entries = self.outbox.entries.find(about).sort(doc! { "version": -1 }).await?;
        while let Some(entry) = entries.try_next().await? {
            let entry: Entry = deserialize_from_slice(entry.as_bytes())?;
            if let Some(agrees) = (kind.agrees)(document, &entry.event)? {
                return Ok(agrees);
            }
        }
        Ok(false)
    }
}

/// Converts a count from MongoDB, which is an int32 or an int64.
fn integer(count: &Bson) -> Outcome<u64> {
    let count = count.as_i64().or_else(|| count.as_i32().map(i64::from));
    u64::try_from(count.unwrap_or_default()).map_err(Failure::internal)
}
