//! Reads past events from the journal.

use contracts::{Event, Timestamp, UserId, ledger::LedgerState};
use futures::TryStreamExt;
use mongodb::bson::{RawDocumentBuf, deserialize_from_slice, doc};
use uuid::Uuid;

use super::{
    Journal,
    entry::{Entry, snapshot},
};
use crate::failure::Outcome;

/// The most entries of a history that are returned.
pub const MOST_TOLD: i64 = 200;

/// An event from the journal.
#[derive(Clone, Debug, PartialEq)]
pub struct Recorded {
    /// Its position in its stream.
    pub version: i64,
    /// The time of the event.
    pub at: Timestamp,
    /// The person who caused it; `None` for a service.
    pub actor: Option<UserId>,
    /// The event.
    pub event: Event,
}

impl<L: LedgerState> Journal<L> {
    /// Returns the events about one subject of a stream, the oldest first: the latest [`MOST_TOLD`] ones.
    pub async fn history(&self, stream: Uuid, about: Uuid) -> Outcome<Vec<Recorded>> {
        let wanted = doc! { "stream": stream.to_string(), "about": about.to_string() };
        let latest = self.outbox.entries.find(wanted).sort(doc! { "version": -1 }).limit(MOST_TOLD);
        let found: Vec<RawDocumentBuf> = latest.await?.try_collect().await?;
        let recorded = |document: &RawDocumentBuf| {
            let Entry { version, at, actor, event, .. } = deserialize_from_slice(document.as_bytes())?;
            Ok(Recorded { version, at, actor, event })
        };
        found.iter().rev().map(recorded).collect()
    }

    /// Returns the ledger snapshot of a stream at a moment: one indexed read.
    pub async fn snapshot_at(&self, stream: Uuid, at: Timestamp) -> Outcome<L::Snapshot> {
        let mut wanted = doc! { "stream": stream.to_string(), "at": { "$lte": at.to_string() } };
        wanted.insert(L::SNAPSHOT, doc! { "$ne": null });
        let found = self.outbox.entries.find_one(wanted).sort(doc! { "at": -1 }).await?;
        let snapshot = found.map(|document| snapshot::<L>(&document)).transpose()?;
        Ok(snapshot.flatten().unwrap_or_default())
    }
}
