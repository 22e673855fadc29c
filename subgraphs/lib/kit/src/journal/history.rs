//! Reading the past from the journal.

use contracts::{Event, Timestamp, UserId, nets::NetRow};
use futures::TryStreamExt;
use mongodb::bson::{RawDocumentBuf, deserialize_from_slice, doc};
use uuid::Uuid;

use super::{Journal, entry::Entry};
use crate::failure::Outcome;

/// What a journal entry tells.
#[derive(Clone, Debug, PartialEq)]
pub struct Recorded {
    /// Its place in its stream.
    pub version: i64,
    /// When.
    pub at: Timestamp,
    /// Who did it; `None` for a service.
    pub actor: Option<UserId>,
    /// What happened.
    pub event: Event,
}

impl Journal {
    /// Everything that was recorded about one thing of a stream, the oldest first.
    pub async fn history(&self, stream: Uuid, about: Uuid) -> Outcome<Vec<Recorded>> {
        let wanted = doc! { "stream": stream.to_string(), "about": about.to_string() };
        let found: Vec<RawDocumentBuf> =
            self.entries.find(wanted).sort(doc! { "version": 1 }).await?.try_collect().await?;
        let recorded = |document: &RawDocumentBuf| {
            let Entry { version, at, actor, event, .. } = deserialize_from_slice(document.as_bytes())?;
            Ok(Recorded { version, at, actor, event })
        };
        found.iter().map(recorded).collect()
    }

    /// The nets of a stream as they were at a moment: one indexed read.
    pub async fn nets_at(&self, stream: Uuid, at: Timestamp) -> Outcome<Vec<NetRow>> {
        let moved_money = doc! { "$ne": null };
        let wanted = doc! { "stream": stream.to_string(), "at": { "$lte": at.to_string() }, "nets_after": moved_money };
        let found = self.entries.find_one(wanted).sort(doc! { "at": -1 }).await?;
        let entry = found.map(|document| deserialize_from_slice::<Entry>(document.as_bytes())).transpose()?;
        Ok(entry.and_then(|entry| entry.nets_after).unwrap_or_default())
    }
}
