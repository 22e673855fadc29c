//! Schedules in MongoDB.

use contracts::{GroupId, ScheduleId, Timestamp};
use futures::TryStreamExt;
use kit::{
    Outcome,
    mongo::{Write, index},
};
use mongodb::{Collection, Database, bson::doc, options::ReturnDocument};

use super::Schedule;
use crate::refusal::ScheduleRefusal;

const SCHEDULES: &str = "schedules";

/// How long a claim on a due schedule lasts, in milliseconds; if its holder crashes, another replica takes over after
/// that.
const CLAIM_MS: i64 = 30_000;

/// The schedules of all groups.
#[derive(Clone)]
pub(crate) struct ScheduleStore(Collection<Schedule>);

impl ScheduleStore {
    pub(crate) fn new(database: &Database) -> Self {
        Self(database.collection(SCHEDULES))
    }

    /// Creates the indexes and the collection, so that no transaction has to.
    pub(crate) async fn prepare(&self) -> Outcome<()> {
        self.0.create_indexes([index(doc! { "group_id": 1, "_id": 1 }), index(doc! { "due_at": 1 })]).await?;
        Ok(())
    }

    pub(crate) async fn find(&self, id: ScheduleId) -> Outcome<Option<Schedule>> {
        Ok(self.0.find_one(doc! { "_id": id.to_string() }).await?)
    }

    pub(crate) async fn find_all(&self, ids: &[ScheduleId]) -> Outcome<Vec<Schedule>> {
        let ids: Vec<String> = ids.iter().map(ScheduleId::to_string).collect();
        Ok(self.0.find(doc! { "_id": { "$in": ids } }).await?.try_collect().await?)
    }

    /// Returns the schedules of a group, the oldest first.
    pub(crate) async fn of_group(&self, group: GroupId) -> Outcome<Vec<Schedule>> {
        let found = self.0.find(doc! { "group_id": group.to_string() }).sort(doc! { "_id": 1 }).await?;
        Ok(found.try_collect().await?)
    }

    pub(crate) async fn count_of_group(&self, group: GroupId) -> Outcome<u64> {
        Ok(self.0.count_documents(doc! { "group_id": group.to_string() }).await?)
    }

    /// Claims a schedule that is due and not claimed by another replica.
    pub(crate) async fn claim_due(&self, now: Timestamp) -> Outcome<Option<Schedule>> {
        let until = |at: Timestamp| doc! { "$lte": at.to_string() };
        let free = doc! { "due_at": until(now), "claimed_until": until(now) };
        let claim = doc! { "$set": { "claimed_until": now.plus_ms(CLAIM_MS).to_string() } };
        let claimed = self.0.find_one_and_update(free, claim).sort(doc! { "due_at": 1 });
        Ok(claimed.return_document(ReturnDocument::After).await?)
    }

    /// Inserts a schedule.
    pub(crate) fn add(&self, schedule: &Schedule) -> Outcome<Write> {
        Write::insert(SCHEDULES, schedule)
    }

    /// Replaces a version of a schedule by the next one; refused if it is no longer the current version.
    pub(crate) fn replace(&self, before: &Schedule, after: &Schedule) -> Outcome<Write> {
        let filter = doc! { "_id": before.id.to_string(), "version": before.version };
        Ok(Write::replace(SCHEDULES, filter, after)?.or_refuse(ScheduleRefusal::Stale.into()))
    }

    /// Removes a version of a schedule; refused if it is no longer the current version.
    pub(crate) fn remove(&self, schedule: &Schedule) -> Write {
        let filter = doc! { "_id": schedule.id.to_string(), "version": schedule.version };
        Write::delete(SCHEDULES, filter).or_refuse(ScheduleRefusal::Stale.into())
    }
}
