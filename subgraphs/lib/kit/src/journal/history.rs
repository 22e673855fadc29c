//! Reads past events from the journal.

use std::collections::HashMap;

use contracts::{Event, Refusal, Timestamp, UserId, ledger::LedgerState};
use futures::TryStreamExt;
use mongodb::bson::{Document, RawDocumentBuf, deserialize_from_slice, doc};
use uuid::Uuid;

use super::{
    Journal,
    entry::{Entry, snapshot},
};
use crate::failure::{Failure, Outcome};

/// The longest page of a history.
pub const LONGEST_HISTORY: i32 = 200;

/// Which page of a history the aggregation found an entry for.
const PAGE: &str = "page";

/// A page of the history of one subject of a stream: the latest entries before a position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct HistoryPage {
    stream: Uuid,
    about: Uuid,
    first: i32,
    before: Option<i32>,
}

impl HistoryPage {
    /// Creates the longest page of the latest entries.
    pub fn latest(stream: Uuid, about: Uuid) -> Self {
        Self { stream, about, first: LONGEST_HISTORY, before: None }
    }

    /// Parses the arguments `first` and `before` of a history; refuses an invalid size.
    pub fn new(stream: Uuid, about: Uuid, (first, before): (Option<i32>, Option<i32>)) -> Outcome<Self> {
        let first = first.unwrap_or(LONGEST_HISTORY);
        if (1..=LONGEST_HISTORY).contains(&first) {
            return Ok(Self { stream, about, first, before });
        }
        let sentence = format!("A page of a history has between 1 and {LONGEST_HISTORY} entries.");
        Err(Refusal::invalid("first", sentence).into())
    }

    fn pipeline(&self, number: usize) -> Outcome<Vec<Document>> {
        let mut wanted = doc! { "stream": self.stream.to_string(), "about": self.about.to_string() };
        if let Some(before) = self.before {
            wanted.insert("version", doc! { "$lt": i64::from(before) });
        }
        let number = i64::try_from(number).map_err(Failure::internal)?;
        Ok(vec![
            doc! { "$match": wanted },
            doc! { "$sort": { "version": -1 } },
            doc! { "$limit": i64::from(self.first) },
            doc! { "$set": { PAGE: number } },
        ])
    }
}

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
    /// Returns the events about one subject of a stream, the oldest first: the latest [`LONGEST_HISTORY`] ones.
    pub async fn history(&self, stream: Uuid, about: Uuid) -> Outcome<Vec<Recorded>> {
        let page = HistoryPage::latest(stream, about);
        Ok(self.histories(&[page]).await?.remove(&page).unwrap_or_default())
    }

    /// Returns pages of histories with one command, each with the oldest entry first; omits those without entries.
    pub async fn histories(&self, pages: &[HistoryPage]) -> Outcome<HashMap<HistoryPage, Vec<Recorded>>> {
        let Some((first, others)) = pages.split_first() else { return Ok(HashMap::new()) };
        let mut pipeline = first.pipeline(0)?;
        for (number, page) in (1..).zip(others) {
            let entries = self.outbox.entries.name();
            pipeline.push(doc! { "$unionWith": { "coll": entries, "pipeline": page.pipeline(number)? } });
        }
        let found = self.outbox.entries.aggregate(pipeline).with_type::<RawDocumentBuf>().await?;
        let found: Vec<RawDocumentBuf> = found.try_collect().await?;
        let mut histories: HashMap<HistoryPage, Vec<Recorded>> = HashMap::new();
        for document in &found {
            let number = usize::try_from(document.get_i64(PAGE).map_err(Failure::internal)?).ok();
            let page = number.and_then(|number| pages.get(number)).ok_or_else(|| Failure::internal("no such page"))?;
            let Entry { version, at, actor, event, .. } = deserialize_from_slice(document.as_bytes())?;
            histories.entry(*page).or_default().push(Recorded { version, at, actor, event });
        }
        for history in histories.values_mut() {
            history.sort_unstable_by_key(|recorded| recorded.version);
        }
        Ok(histories)
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
