//! Rate limits: counts how often something happens within a time window, over all replicas.
//!
//! Windows have fixed ends, so that nobody is blocked for longer than one window, however often they try.

use contracts::Timestamp;
use mongodb::{Collection, Database, bson::doc, options::ReturnDocument};
use serde::Deserialize;

use crate::{
    failure::Outcome,
    mongo::{PURGE_AT, purge_index, purge_time},
};

/// A time window in which one thing is counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RateWindow {
    id: String,
    ends_at: Timestamp,
}

impl RateWindow {
    /// Returns the window of this length that contains `now`. The key identifies what is counted, and for whom.
    pub fn new(key: &str, length_seconds: i64, now: Timestamp) -> Self {
        let number = now.unix_seconds().div_euclid(length_seconds);
        let ends_at = Timestamp::EPOCH.plus_ms((number + 1) * length_seconds * 1_000);
        Self { id: format!("{key}/{number}"), ends_at }
    }

    /// Returns the seconds until it ends, at least one.
    pub fn seconds_left(&self, now: Timestamp) -> i64 {
        (self.ends_at.unix_seconds() - now.unix_seconds()).max(1)
    }
}

/// The counters of a subgraph's windows.
#[derive(Clone)]
pub struct RateWindows {
    counts: Collection<Counted>,
}

#[derive(Deserialize)]
struct Counted {
    count: i64,
}

impl RateWindows {
    /// Creates counters in this collection. Call [`RateWindows::prepare`] before using it.
    pub fn new(database: &Database, collection: &str) -> Self {
        Self { counts: database.collection(collection) }
    }

    /// Creates the indexes.
    pub async fn prepare(&self) -> Outcome<()> {
        self.counts.create_index(purge_index()).await?;
        Ok(())
    }

    /// Increments the counter of this window; returns the new count.
    pub async fn count(&self, window: &RateWindow) -> Outcome<i64> {
        let change = doc! { "$inc": { "count": 1_i64 }, "$setOnInsert": { PURGE_AT: purge_time(window.ends_at) } };
        let counted = self
            .counts
            .find_one_and_update(doc! { "_id": &window.id }, change)
            .upsert(true)
            .return_document(ReturnDocument::After)
            .await?;
        Ok(counted.map_or(1, |counted| counted.count))
    }

    /// Decrements the counter of this window, for something that should not have been counted.
    pub async fn take_back(&self, window: &RateWindow) -> Outcome<()> {
        self.counts.update_one(doc! { "_id": &window.id }, doc! { "$inc": { "count": -1_i64 } }).await?;
        Ok(())
    }

    /// Resets the counter of this window.
    pub async fn forget(&self, window: &RateWindow) -> Outcome<()> {
        self.counts.delete_one(doc! { "_id": &window.id }).await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_ends_when_its_time_is_over() {
        let at = |seconds: i64| RateWindow::new("ada", 300, Timestamp::EPOCH.plus_ms(seconds * 1_000));
        assert_eq!(at(0), at(299));
        assert_ne!(at(299), at(300));
        assert_eq!(at(0).ends_at, Timestamp::EPOCH.plus_ms(300_000));
        assert_eq!(at(300).seconds_left(Timestamp::EPOCH.plus_ms(599_999)), 1);
        assert_ne!(at(0), RateWindow::new("eve", 300, Timestamp::EPOCH));
    }
}
