//! Notifications in MongoDB, and up to when each person has read them.

use contracts::{Timestamp, UserId};
use futures::{StreamExt, TryStreamExt};
use kit::{
    Failure, Outcome,
    graphql::{Cursor, Page, PageRequest},
    mongo::{Write, index, newest_first},
};
use mongodb::{
    Collection, Database,
    bson::{Document, doc},
};
use serde::{Deserialize, Serialize};

use super::{Notification, Recipient};
use crate::live::Additions;

const NOTIFICATIONS: &str = "notifications";
const READERS: &str = "notification_readers";

/// More unread notifications than this are not counted.
const MOST_COUNTED: u64 = 1_000;

/// The documents of notifications.
pub(super) struct NotificationStore {
    notifications: Collection<Notification>,
    readers: Collection<Reader>,
}

/// Up to when a person has read.
#[derive(Serialize, Deserialize)]
struct Reader {
    #[serde(rename = "_id")]
    user: UserId,
    read_up_to: Timestamp,
}

impl NotificationStore {
    pub(super) fn new(database: &Database) -> Self {
        Self { notifications: database.collection(NOTIFICATIONS), readers: database.collection(READERS) }
    }

    /// Makes the indexes, and with them the collections.
    pub(super) async fn prepare(&self) -> Outcome<()> {
        self.notifications.create_index(index(doc! { "to": 1, "at": -1, "_id": -1 })).await?;
        self.readers.create_index(index(doc! { "_id": 1 })).await?;
        Ok(())
    }

    /// Adds a notification.
    pub(super) fn insert(&self, notification: &Notification) -> Outcome<Write> {
        Write::insert(NOTIFICATIONS, notification)
    }

    /// A page of the notifications to these recipients, newest first.
    pub(super) async fn page(&self, to: &[Recipient], request: &PageRequest) -> Outcome<Page<Notification>> {
        let cursor = |one: &Notification| Cursor { key: one.at.to_string(), id: one.id.clone() };
        newest_first(&self.notifications, filter(to), "at", request, cursor).await
    }

    /// How many notifications there are after a moment, up to a thousand.
    pub(super) async fn count_after(&self, to: &[Recipient], moment: Timestamp) -> Outcome<u64> {
        let mut filter = filter(to);
        filter.insert("at", doc! { "$gt": moment.to_string() });
        Ok(self.notifications.count_documents(filter).limit(MOST_COUNTED).await?)
    }

    /// Up to when a person has read.
    pub(super) async fn read_up_to(&self, user: UserId) -> Outcome<Timestamp> {
        let reader = self.readers.find_one(doc! { "_id": user.to_string() }).await?;
        Ok(reader.map_or(Timestamp::EPOCH, |reader| reader.read_up_to))
    }

    /// Remembers up to when a person has read; an earlier moment than before changes nothing.
    pub(super) async fn mark_read(&self, user: UserId, up_to: Timestamp) -> Outcome<()> {
        let read = doc! { "$max": { "read_up_to": up_to.to_string() } };
        self.readers.update_one(doc! { "_id": user.to_string() }, read).upsert(true).await?;
        Ok(())
    }

    /// Every notification that is added from now on, by whichever process.
    pub(super) async fn added(&self) -> Outcome<Additions<Notification>> {
        let added = self.notifications.watch().pipeline([doc! { "$match": { "operationType": "insert" } }]).await?;
        let added = added.map_err(Failure::from).map_ok(|change| change.full_document);
        Ok(added.filter_map(|change| async { change.transpose() }).boxed())
    }
}

fn filter(to: &[Recipient]) -> Document {
    doc! { "to": { "$in": to.iter().map(|to| String::from(*to)).collect::<Vec<_>>() } }
}
