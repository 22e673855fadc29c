//! MongoDB access for deliveries that wait.

use contracts::Timestamp;
use futures::TryStreamExt;
use kit::{
    Outcome,
    mongo::{PURGE_AT, Write, index, is_duplicate_key, purge_index, purge_time, stored},
};
use mongodb::{
    Collection, Database,
    bson::{Document, doc},
};
use uuid::Uuid;

use super::{Delivery, MINUTE_MS, State};
use crate::notification::Recipient;

/// How long it is known what was delivered, so that a repeated notification is recognised.
const KNOWN_MS: i64 = 30 * 24 * 60 * MINUTE_MS;

/// The most notifications that are delivered together.
const MOST_TOGETHER: i64 = 500;

/// The collection of one channel's deliveries.
pub(super) struct DeliveryStore {
    name: &'static str,
    deliveries: Collection<Delivery>,
}

impl DeliveryStore {
    pub(super) fn new(database: &Database, name: &'static str) -> Self {
        Self { name, deliveries: database.collection(name) }
    }

    /// Creates the indexes, and with them the collection.
    pub(super) async fn prepare(&self) -> Outcome<()> {
        let (due, own) = (index(doc! { "state": 1, "due_at": 1 }), index(doc! { "to": 1, "state": 1, "due_at": 1 }));
        self.deliveries.create_indexes([due, own, index(doc! { "batch": 1 }), purge_index()]).await?;
        Ok(())
    }

    /// Queues a delivery together with its notification, unless there is or was one about the same notification.
    pub(super) fn queue(&self, delivery: &Delivery) -> Outcome<Write> {
        Ok(Write::upsert(self.name, doc! { "_id": &delivery.id }, doc! { "$setOnInsert": stored(delivery)? }))
    }

    /// The same for what is stored already.
    pub(super) async fn queue_once(&self, delivery: &Delivery) -> Outcome<()> {
        match self.deliveries.insert_one(delivery).await {
            Err(error) if !is_duplicate_key(&error) => Err(error.into()),
            _ => Ok(()),
        }
    }

    /// The delivery that has been due for longest.
    pub(super) async fn due(&self, now: Timestamp) -> Outcome<Option<Delivery>> {
        let due = doc! { "state": stored(&State::Waiting)?, "due_at": { "$lte": stored(&now)? } };
        Ok(self.deliveries.find_one(due).sort(doc! { "due_at": 1 }).await?)
    }

    /// The deliveries that wait for a person, those that are due first.
    pub(super) async fn waiting_for(&self, to: &[Recipient]) -> Outcome<Vec<Delivery>> {
        let to: Vec<String> = to.iter().map(|to| String::from(*to)).collect();
        let waiting = doc! { "to": { "$in": to }, "state": stored(&State::Waiting)? };
        let waiting = self.deliveries.find(waiting).sort(doc! { "due_at": 1, "_id": 1 }).limit(MOST_TOGETHER);
        Ok(waiting.await?.try_collect().await?)
    }

    /// Takes those of these deliveries that still wait, for one process, and returns their ids.
    pub(super) async fn claim(&self, ids: &[&str], now: Timestamp) -> Outcome<Vec<String>> {
        let batch = Uuid::now_v7().to_string();
        let claim = doc! { "state": stored(&State::Claimed)?, "batch": &batch, "claimed_at": stored(&now)? };
        let waiting = doc! { "_id": { "$in": ids }, "state": stored(&State::Waiting)? };
        self.deliveries.update_many(waiting, doc! { "$set": claim }).await?;
        let claimed = self.deliveries.find(doc! { "batch": batch }).sort(doc! { "queued_at": 1, "_id": 1 }).await?;
        let claimed: Vec<Delivery> = claimed.try_collect().await?;
        Ok(claimed.into_iter().map(|delivery| delivery.id).collect())
    }

    /// Has deliveries looked at again then.
    pub(super) async fn postpone(&self, ids: &[impl AsRef<str> + Sync], until: Timestamp) -> Outcome<()> {
        let ids: Vec<&str> = ids.iter().map(AsRef::as_ref).collect();
        let wait = doc! { "due_at": stored(&until)? };
        let waiting = doc! { "_id": { "$in": ids }, "state": stored(&State::Waiting)? };
        self.deliveries.update_many(waiting, doc! { "$set": wait }).await?;
        Ok(())
    }

    /// Has claimed deliveries, which were not taken, tried again then.
    pub(super) async fn try_again(&self, ids: &[String], at: Timestamp) -> Outcome<()> {
        let wait =
            doc! { "$set": { "state": stored(&State::Waiting)?, "due_at": stored(&at)? }, "$inc": { "tries": 1 } };
        self.deliveries.update_many(doc! { "_id": { "$in": ids } }, wait).await?;
        Ok(())
    }

    /// Ends deliveries.
    pub(super) async fn end(&self, ids: &[impl AsRef<str> + Sync], state: State, now: Timestamp) -> Outcome<()> {
        let ids: Vec<&str> = ids.iter().map(AsRef::as_ref).collect();
        self.deliveries.update_many(doc! { "_id": { "$in": ids } }, ended(state, now)?).await?;
        Ok(())
    }

    /// Gives up what was claimed before this moment and not ended: its process died, and it may have been sent.
    pub(super) async fn give_up_claims(&self, before: Timestamp, now: Timestamp) -> Outcome<u64> {
        let stale = doc! { "state": stored(&State::Claimed)?, "claimed_at": { "$lt": stored(&before)? } };
        Ok(self.deliveries.update_many(stale, ended(State::GivenUp, now)?).await?.modified_count)
    }
}

fn ended(state: State, now: Timestamp) -> Outcome<Document> {
    Ok(doc! { "$set": { "state": stored(&state)?, PURGE_AT: purge_time(now.plus_ms(KNOWN_MS)) } })
}
