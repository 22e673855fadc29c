//! MongoDB access for the feed.

use contracts::GroupId;
use futures::{StreamExt, TryStreamExt};
use kit::{
    Failure, Outcome,
    graphql::{Cursor, Page, PageRequest},
    mongo::{Write, index, newest_first},
};
use mongodb::{Collection, Database, bson::doc};

use super::Activity;
use crate::live::Additions;

const ACTIVITIES: &str = "activities";

/// The collection of activities.
pub(super) struct ActivityStore {
    activities: Collection<Activity>,
}

impl ActivityStore {
    pub(super) fn new(database: &Database) -> Self {
        Self { activities: database.collection(ACTIVITIES) }
    }

    /// Creates the indexes, and with them the collection.
    pub(super) async fn prepare(&self) -> Outcome<()> {
        self.activities.create_index(index(doc! { "group_id": 1, "at": -1, "_id": -1 })).await?;
        Ok(())
    }

    /// Inserts an entry.
    pub(super) fn insert(&self, activity: &Activity) -> Outcome<Write> {
        Write::insert(ACTIVITIES, activity)
    }

    /// Returns a stream of all entries that any process inserts from now on.
    pub(super) async fn added(&self) -> Outcome<Additions<Activity>> {
        let added = self.activities.watch().pipeline([doc! { "$match": { "operationType": "insert" } }]).await?;
        let added = added.map_err(Failure::from).map_ok(|change| change.full_document);
        Ok(added.filter_map(|change| async { change.transpose() }).boxed())
    }

    /// Removes all activities.
    pub(super) async fn clear(&self) -> Outcome<()> {
        self.activities.delete_many(doc! {}).await?;
        Ok(())
    }

    /// Returns a page of the entries of these groups, newest first.
    pub(super) async fn page(&self, groups: &[GroupId], request: &PageRequest) -> Outcome<Page<Activity>> {
        let cursor = |activity: &Activity| Cursor { key: activity.at.to_string(), id: activity.id.clone() };
        let groups: Vec<String> = groups.iter().map(ToString::to_string).collect();
        newest_first(&self.activities, doc! { "group_id": { "$in": groups } }, "at", request, cursor).await
    }
}
