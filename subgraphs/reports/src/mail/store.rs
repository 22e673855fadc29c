//! MongoDB access for mail that waits.

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

use super::{MINUTE_MS, Mail, State};
use crate::notification::Recipient;

const MAILS: &str = "mails";

/// How long it is known what was mailed, so that a repeated notification is recognised.
const KNOWN_MS: i64 = 30 * 24 * 60 * MINUTE_MS;

/// The most notifications that become one mail.
const MOST_TOGETHER: i64 = 500;

/// The collection of mails.
pub(super) struct MailStore {
    mails: Collection<Mail>,
}

impl MailStore {
    pub(super) fn new(database: &Database) -> Self {
        Self { mails: database.collection(MAILS) }
    }

    /// Creates the indexes, and with them the collection.
    pub(super) async fn prepare(&self) -> Outcome<()> {
        let (due, own) = (index(doc! { "state": 1, "due_at": 1 }), index(doc! { "to": 1, "state": 1, "due_at": 1 }));
        self.mails.create_indexes([due, own, index(doc! { "batch": 1 }), purge_index()]).await?;
        Ok(())
    }

    /// Queues a mail, as a part of what it tells about, unless there is or was one about the same notification.
    pub(super) fn queue(&self, mail: &Mail) -> Outcome<Write> {
        Ok(Write::upsert(MAILS, doc! { "_id": &mail.id }, doc! { "$setOnInsert": stored(mail)? }))
    }

    /// The same for what is stored already.
    pub(super) async fn queue_once(&self, mail: &Mail) -> Outcome<()> {
        match self.mails.insert_one(mail).await {
            Err(error) if !is_duplicate_key(&error) => Err(error.into()),
            _ => Ok(()),
        }
    }

    /// The mail that has been due for longest.
    pub(super) async fn due(&self, now: Timestamp) -> Outcome<Option<Mail>> {
        let due = doc! { "state": stored(&State::Waiting)?, "due_at": { "$lte": stored(&now)? } };
        Ok(self.mails.find_one(due).sort(doc! { "due_at": 1 }).await?)
    }

    /// The mails that wait for a person, those that are due first.
    pub(super) async fn waiting_for(&self, to: &[Recipient]) -> Outcome<Vec<Mail>> {
        let to: Vec<String> = to.iter().map(|to| String::from(*to)).collect();
        let waiting = doc! { "to": { "$in": to }, "state": stored(&State::Waiting)? };
        let waiting = self.mails.find(waiting).sort(doc! { "due_at": 1, "_id": 1 }).limit(MOST_TOGETHER);
        Ok(waiting.await?.try_collect().await?)
    }

    /// Takes those of these mails that still wait, for one process, and returns their ids.
    pub(super) async fn claim(&self, ids: &[&str], now: Timestamp) -> Outcome<Vec<String>> {
        let batch = Uuid::now_v7().to_string();
        let claim = doc! { "state": stored(&State::Claimed)?, "batch": &batch, "claimed_at": stored(&now)? };
        let waiting = doc! { "_id": { "$in": ids }, "state": stored(&State::Waiting)? };
        self.mails.update_many(waiting, doc! { "$set": claim }).await?;
        let claimed = self.mails.find(doc! { "batch": batch }).sort(doc! { "queued_at": 1, "_id": 1 }).await?;
        let claimed: Vec<Mail> = claimed.try_collect().await?;
        Ok(claimed.into_iter().map(|mail| mail.id).collect())
    }

    /// Has mails looked at again then.
    pub(super) async fn postpone(&self, ids: &[&str], until: Timestamp) -> Outcome<()> {
        let wait = doc! { "due_at": stored(&until)? };
        let waiting = doc! { "_id": { "$in": ids }, "state": stored(&State::Waiting)? };
        self.mails.update_many(waiting, doc! { "$set": wait }).await?;
        Ok(())
    }

    /// Has claimed mails, which were not taken, tried again then.
    pub(super) async fn try_again(&self, ids: &[String], at: Timestamp) -> Outcome<()> {
        let wait =
            doc! { "$set": { "state": stored(&State::Waiting)?, "due_at": stored(&at)? }, "$inc": { "tries": 1 } };
        self.mails.update_many(doc! { "_id": { "$in": ids } }, wait).await?;
        Ok(())
    }

    /// Ends the way of mails.
    pub(super) async fn end(&self, ids: &[impl AsRef<str> + Sync], state: State, now: Timestamp) -> Outcome<()> {
        let ids: Vec<&str> = ids.iter().map(AsRef::as_ref).collect();
        self.mails.update_many(doc! { "_id": { "$in": ids } }, ended(state, now)?).await?;
        Ok(())
    }

    /// Gives up what was claimed before this moment and not ended: its process died, and it may have been sent.
    pub(super) async fn give_up_claims(&self, before: Timestamp, now: Timestamp) -> Outcome<u64> {
        let stale = doc! { "state": stored(&State::Claimed)?, "claimed_at": { "$lt": stored(&before)? } };
        Ok(self.mails.update_many(stale, ended(State::GivenUp, now)?).await?.modified_count)
    }
}

fn ended(state: State, now: Timestamp) -> Outcome<Document> {
    Ok(doc! { "$set": { "state": stored(&state)?, PURGE_AT: purge_time(now.plus_ms(KNOWN_MS)) } })
}
