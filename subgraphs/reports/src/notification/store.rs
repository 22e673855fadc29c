//! MongoDB access for notifications and for the time up to which each person has read them.

use contracts::{Timestamp, UserId};
use futures::{StreamExt, TryStreamExt, future::try_join_all};
use kit::{
    Failure, Outcome,
    graphql::{Cursor, Page, PageRequest},
    mongo::{MOST_RANGES, Write, index, is_duplicate_key, newest_first},
};
use mongodb::{
    Collection, Database,
    bson::{Document, deserialize_from_document, doc},
    change_stream::event::ChangeStreamEvent,
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::{Change, Notification, Recipient};
use crate::{
    directory::GROUPS,
    live::{Changes, MAX_AWAIT},
};

const NOTIFICATIONS: &str = "notifications";
const READERS: &str = "notification_readers";

/// Unread notifications are counted up to this number, which bounds the cost of the count.
const MAX_COUNT: u64 = 1_000;

/// The collections of notifications and readers.
pub(super) struct NotificationStore {
    database: Database,
    notifications: Collection<Notification>,
    readers: Collection<Reader>,
}

/// The time up to which a person has read.
#[derive(Serialize, Deserialize)]
struct Reader {
    #[serde(rename = "_id")]
    user: UserId,
    read_up_to: Timestamp,
}

/// Whose time it is.
#[derive(Deserialize)]
struct Key {
    #[serde(rename = "_id")]
    user: UserId,
}

impl NotificationStore {
    pub(super) fn new(database: &Database) -> Self {
        Self {
            database: database.clone(),
            notifications: database.collection(NOTIFICATIONS),
            readers: database.collection(READERS),
        }
    }

    /// Creates the indexes, and with them the collections.
    pub(super) async fn prepare(&self) -> Outcome<()> {
        self.notifications.create_index(index(doc! { "to": 1, "at": -1, "_id": -1 })).await?;
        self.readers.create_index(index(doc! { "_id": 1 })).await?;
        Ok(())
    }

    /// Removes the notifications that follow from an event alone. Those about budgets also follow from when the budgets were
    /// set.
    pub(super) async fn clear(&self) -> Outcome<()> {
        self.notifications.delete_many(doc! { "kind": { "$not": { "$regex": "^budget\\." } } }).await?;
        Ok(())
    }

    /// Inserts a notification.
    pub(super) fn insert(&self, notification: &Notification) -> Outcome<Write> {
        Write::insert(NOTIFICATIONS, notification)
    }

    /// Inserts a notification unless its id exists.
    pub(super) async fn add(&self, notification: &Notification) -> Outcome<()> {
        match self.notifications.insert_one(notification).await {
            Err(error) if !is_duplicate_key(&error) => Err(error.into()),
            _ => Ok(()),
        }
    }

    /// Returns the notifications with these ids, in no order.
    pub(super) async fn by_ids(&self, ids: &[&str]) -> Outcome<Vec<Notification>> {
        Ok(self.notifications.find(doc! { "_id": { "$in": ids } }).await?.try_collect().await?)
    }

    /// Returns a page of the notifications to these recipients, newest first.
    pub(super) async fn page(&self, to: &[Recipient], request: &PageRequest) -> Outcome<Page<Notification>> {
        let cursor = |one: &Notification| Cursor { key: one.at.to_string(), id: one.id.clone() };
        let of_few = |to| newest_first(&self.notifications, filter(to), "at", request, cursor);
        Ok(Page::merged(try_join_all(to.chunks(MOST_RANGES).map(of_few)).await?, request.first))
    }

    /// The number of notifications after this time, at most [`MAX_COUNT`].
    pub(super) async fn count_after(&self, to: &[Recipient], moment: Timestamp) -> Outcome<u64> {
        let mut filter = filter(to);
        filter.insert("at", doc! { "$gt": moment.to_string() });
        Ok(self.notifications.count_documents(filter).limit(MAX_COUNT).await?)
    }

    /// The time up to which a person has read; the epoch if the person has read nothing.
    pub(super) async fn read_up_to(&self, user: UserId) -> Outcome<Timestamp> {
        let reader = self.readers.find_one(doc! { "_id": user.to_string() }).await?;
        Ok(reader.map_or(Timestamp::EPOCH, |reader| reader.read_up_to))
    }

    /// Stores the time up to which a person has read. A time before the stored one changes nothing.
    pub(super) async fn mark_read(&self, user: UserId, up_to: Timestamp) -> Outcome<()> {
        let read = doc! { "$max": { "read_up_to": up_to.to_string() } };
        self.readers.update_one(doc! { "_id": user.to_string() }, read).upsert(true).await?;
        Ok(())
    }

    /// Removes the notifications to a person, who is these recipients, and what the person has read.
    pub(super) async fn remove_of(&self, user: UserId, to: &[Recipient]) -> Outcome<()> {
        for to in to.chunks(MOST_RANGES) {
            self.notifications.delete_many(filter(to)).await?;
        }
        self.readers.delete_one(doc! { "_id": user.to_string() }).await?;
        Ok(())
    }

    /// Returns a stream of what changes in what people have not read, by any process, from now on.
    pub(super) async fn changes(&self) -> Outcome<Changes<Change>> {
        let added = doc! { "ns.coll": NOTIFICATIONS, "operationType": "insert" };
        let written = doc! { "$in": ["insert", "replace", "update"] };
        let others = doc! { "ns.coll": { "$in": [READERS, GROUPS] }, "operationType": written };
        // One stream for all three: each would read all that is written to the database.
        let matching = doc! { "$match": { "$or": [added, others] } };
        let changes = self.database.watch().pipeline([matching]).max_await_time(MAX_AWAIT).await?;
        Ok(changes.map_err(Failure::from).try_filter_map(async |event| change(event)).boxed())
    }
}

/// Reads an event of the change stream.
fn change(event: ChangeStreamEvent<Document>) -> Outcome<Option<Change>> {
    let collection = event.ns.and_then(|namespace| namespace.coll);
    match collection.as_deref() {
        Some(NOTIFICATIONS) => Ok(read(event.full_document)?.map(Change::Added)),
        // An update has no document, but names it.
        Some(READERS) => Ok(read(event.document_key)?.map(|Key { user }| Change::Read(user))),
        Some(GROUPS) => Ok(read(event.full_document)?.map(Change::Group)),
        _ => Ok(None),
    }
}

fn read<T: DeserializeOwned>(document: Option<Document>) -> Outcome<Option<T>> {
    Ok(document.map(deserialize_from_document).transpose()?)
}

fn filter(to: &[Recipient]) -> Document {
    doc! { "to": { "$in": to.iter().map(|to| String::from(*to)).collect::<Vec<_>>() } }
}
