//! The outbox: the entries of a journal that wait to be published.

use std::sync::atomic::AtomicI64;

use contracts::Timestamp;
use mongodb::{
    Collection, Database, IndexModel,
    bson::{RawDocumentBuf, doc},
    options::IndexOptions,
};
use serde::Deserialize;
use tokio::sync::Notify;

use crate::{clock::Clock, failure::Outcome, mongo::is_index_not_found};

pub(super) const ENTRIES: &str = "journal";

const INDEX: &str = "unpublished";
/// The index of earlier versions, which held published entries as well.
const EARLIER_INDEX: &str = "published_at_1_at_1__id_1";

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

/// Describes the index of the entries that wait to be published.
pub(super) fn index() -> IndexModel {
    let waiting = doc! { "published_at": null };
    let options = IndexOptions::builder().name(INDEX.to_owned()).partial_filter_expression(waiting).build();
    IndexModel::builder().keys(doc! { "published_at": 1, "at": 1, "_id": 1 }).options(options).build()
}

impl Outbox {
    /// Removes the index that [`index`] replaces, if it is there.
    pub(super) async fn remove_earlier_index(&self) -> Outcome<()> {
        // Looked up first: removing waits for every open transaction, and others wait for it, even if there is nothing
        // to remove.
        if !self.entries.list_index_names().await?.iter().any(|name| name == EARLIER_INDEX) {
            return Ok(());
        }
        match self.entries.drop_index(EARLIER_INDEX).await {
            Err(error) if !is_index_not_found(&error) => Err(error.into()),
            _ => Ok(()),
        }
    }

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
