//! The outbox: the entries of a journal that wait to be published.

use std::sync::atomic::AtomicI64;

use contracts::Timestamp;
use mongodb::{
    Collection, Database,
    bson::{RawDocumentBuf, doc},
};
use serde::Deserialize;
use tokio::sync::Notify;

use crate::{clock::Clock, failure::Outcome};

pub(super) const ENTRIES: &str = "journal";

/// The limit of counting.
const MAX_COUNTED: u64 = 10_000;

/// The backlog of committed but unpublished entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// The number of entries; counting ends at ten thousand.
    pub entries: i64,
    /// The age of the oldest entry; 0 if there is none.
    pub oldest_seconds: i64,
}

#[derive(Deserialize)]
struct Oldest {
    at: Timestamp,
}

/// The entries of one journal, independent of its ledger type.
pub(crate) struct Outbox {
    /// The name of the subgraph.
    pub(super) source: &'static str,
    pub(super) database: Database,
    pub(super) entries: Collection<RawDocumentBuf>,
    pub(super) clock: Clock,
    /// Wakes the relay of this process.
    pub(super) appended: Notify,
    /// How many streams the relay of this process cannot publish.
    pub(crate) blocked_streams: AtomicI64,
}

impl Outbox {
    /// Returns the present backlog, whichever process is to publish it.
    pub(crate) async fn waiting(&self) -> Outcome<Waiting> {
        let waiting = doc! { "published_at": null };
        let entries: Collection<Oldest> = self.database.collection(ENTRIES);
        let count = entries.count_documents(waiting.clone()).limit(MAX_COUNTED).await?;
        let oldest = entries.find_one(waiting).sort(doc! { "at": 1, "_id": 1 }).projection(doc! { "at": 1 }).await?;
        let waited_ms = oldest.map_or(0, |oldest| oldest.at.milliseconds_until(self.clock.now()));
        Ok(Waiting {
            entries: i64::try_from(count).unwrap_or(i64::MAX),
            oldest_seconds: i64::try_from(waited_ms / 1_000).unwrap_or(i64::MAX),
        })
    }
}
