//! Reminders in MongoDB.

use std::collections::HashMap;

use contracts::{GroupId, MemberId, Timestamp};
use futures::TryStreamExt;
use kit::{
    Outcome,
    mongo::{Write, index, stored},
};
use mongodb::{Collection, Database, bson::doc};

use super::{AGAIN_AFTER_MS, Mute, Pair, Reminder};
use crate::refusal::Refusal;

const REMINDERS: &str = "reminders";
const MUTES: &str = "reminder_mutes";

/// The collections of reminders.
pub(super) struct ReminderStore {
    reminders: Collection<Reminder>,
    mutes: Collection<Mute>,
}

impl ReminderStore {
    pub(super) fn new(database: &Database) -> Self {
        Self { reminders: database.collection(REMINDERS), mutes: database.collection(MUTES) }
    }

    /// Creates the indexes and the collection, so that no transaction has to.
    pub(super) async fn prepare(&self) -> Outcome<()> {
        self.reminders.create_index(index(doc! { "_id": 1 })).await?;
        self.mutes.create_index(index(doc! { "group_id": 1, "debtor": 1 })).await?;
        Ok(())
    }

    /// Stores a reminder; refused if the last one is less than a day old.
    pub(super) fn keep(&self, pair: &Pair, now: Timestamp) -> Outcome<Write> {
        let is_over = doc! { "_id": pair.key(), "at": { "$lte": stored(&now.plus_ms(-AGAIN_AFTER_MS))? } };
        // If a newer reminder exists, the upsert tries to insert, which the unique index rejects.
        let keep = Write::upsert(REMINDERS, is_over, doc! { "$set": { "at": stored(&now)? } });
        Ok(keep.or_refuse(Refusal::RemindedToday.into()))
    }

    /// Returns the time of the last reminder of each pair; omits pairs without one.
    pub(super) async fn last(&self, pairs: &[Pair]) -> Outcome<HashMap<Pair, Timestamp>> {
        let keys: Vec<String> = pairs.iter().map(Pair::key).collect();
        let found: Vec<Reminder> = self.reminders.find(doc! { "_id": { "$in": keys } }).await?.try_collect().await?;
        let mut at: HashMap<String, Timestamp> =
            found.into_iter().map(|reminder| (reminder.pair, reminder.at)).collect();
        Ok(pairs.iter().filter_map(|pair| Some((*pair, at.remove(&pair.key())?))).collect())
    }

    /// Whether the debtor has muted the creditor.
    pub(super) async fn is_muted(&self, mute: &Mute) -> Outcome<bool> {
        Ok(self.mutes.find_one(doc! { "_id": &mute.id }).await?.is_some())
    }

    /// Returns the members whom a debtor has muted in a group.
    pub(super) async fn muted(&self, group: GroupId, debtor: MemberId) -> Outcome<Vec<MemberId>> {
        let filter = doc! { "group_id": group.to_string(), "debtor": debtor.to_string() };
        let found: Vec<Mute> = self.mutes.find(filter).sort(doc! { "_id": 1 }).await?.try_collect().await?;
        Ok(found.into_iter().map(|mute| mute.creditor).collect())
    }

    /// Stores whether the debtor mutes the creditor.
    pub(super) async fn set_muted(&self, mute: &Mute, muted: bool) -> Outcome<()> {
        let own = doc! { "_id": &mute.id };
        if muted {
            self.mutes.replace_one(own, mute).upsert(true).await?;
        } else {
            self.mutes.delete_one(own).await?;
        }
        Ok(())
    }
}
