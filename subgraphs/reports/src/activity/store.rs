//! MongoDB access for the feed.

use contracts::{GroupId, Timestamp, UserId};
use futures::{StreamExt, TryStreamExt, future::try_join_all};
use kit::{
    Failure, Outcome,
    graphql::{Cursor, Page, PageRequest},
    mongo::{MOST_RANGES, Write, index, newest_first},
};
use mongodb::{
    Collection, Database,
    bson::{Document, doc},
};
use serde::{Deserialize, Serialize};

use super::{Activity, Topic, filter::Concerned};
use crate::live::{Changes, MAX_AWAIT};

const ACTIVITIES: &str = "activities";
const READERS: &str = "activity_readers";

/// The collections of activities and of who has seen them.
pub(super) struct ActivityStore {
    activities: Collection<Activity>,
    readers: Collection<Reader>,
}

/// A feed that a person looks at: that of a group, or without one of all groups.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) user: UserId,
    pub(super) group: Option<GroupId>,
}

/// Up to when a feed was seen.
#[derive(Serialize, Deserialize)]
struct Reader {
    #[serde(rename = "_id")]
    place: String,
    seen_up_to: Timestamp,
}

impl Place {
    fn id(self) -> String {
        self.group.map_or_else(|| self.user.to_string(), |group| format!("{}/{group}", self.user))
    }
}

impl ActivityStore {
    pub(super) fn new(database: &Database) -> Self {
        Self { activities: database.collection(ACTIVITIES), readers: database.collection(READERS) }
    }

    /// Creates the indexes, and with them the collection.
    pub(super) async fn prepare(&self) -> Outcome<()> {
        self.activities.create_index(index(doc! { "group_id": 1, "at": -1, "_id": -1 })).await?;
        self.readers.create_index(index(doc! { "_id": 1 })).await?;
        Ok(())
    }

    /// Inserts an entry.
    pub(super) fn insert(&self, activity: &Activity) -> Outcome<Write> {
        Write::insert(ACTIVITIES, activity)
    }

    /// Returns a stream of all entries that any process inserts from now on.
    pub(super) async fn added(&self) -> Outcome<Changes<Activity>> {
        let inserts = doc! { "$match": { "operationType": "insert" } };
        let added = self.activities.watch().pipeline([inserts]).max_await_time(MAX_AWAIT).await?;
        let added = added.map_err(Failure::from).map_ok(|change| change.full_document);
        Ok(added.filter_map(|change| async { change.transpose() }).boxed())
    }

    /// Removes all activities; what was seen of them is kept.
    pub(super) async fn clear(&self) -> Outcome<()> {
        self.activities.delete_many(doc! {}).await?;
        Ok(())
    }

    /// Returns a page of the entries of these groups, newest first; only about these topics, if there are any, and by or
    /// about this member.
    pub(super) async fn page(
        &self,
        groups: &[GroupId],
        topics: &[Topic],
        concerned: Option<Concerned>,
        request: &PageRequest,
    ) -> Outcome<Page<Activity>> {
        let pages = groups.chunks(MOST_RANGES).map(|groups| self.page_of_few(groups, topics, concerned, request));
        Ok(Page::merged(try_join_all(pages).await?, request.first))
    }

    async fn page_of_few(
        &self,
        groups: &[GroupId],
        topics: &[Topic],
        concerned: Option<Concerned>,
        request: &PageRequest,
    ) -> Outcome<Page<Activity>> {
        let cursor = |activity: &Activity| Cursor { key: activity.at.to_string(), id: activity.id.clone() };
        let groups: Vec<String> = groups.iter().map(ToString::to_string).collect();
        let mut filter = doc! { "group_id": { "$in": groups } };
        if !topics.is_empty() {
            let patterns: Vec<&str> = topics.iter().map(|topic| topic.pattern()).collect();
            filter.insert("kind", doc! { "$regex": patterns.join("|") });
        }
        if let Some(concerned) = concerned {
            filter.insert("$or", by_or_about(concerned));
        }
        newest_first(&self.activities, filter, "at", request, cursor).await
    }

    /// Stores up to when a feed was seen. A time before the stored one changes nothing.
    pub(super) async fn mark_seen(&self, place: Place, up_to: Timestamp) -> Outcome<()> {
        let seen = doc! { "$max": { "seen_up_to": up_to.to_string() } };
        self.readers.update_one(doc! { "_id": place.id() }, seen).upsert(true).await?;
        Ok(())
    }

    /// The latest time up to which any of these feeds was seen; `None` if none was.
    pub(super) async fn seen_up_to(&self, places: &[Place]) -> Outcome<Option<Timestamp>> {
        let ids: Vec<String> = places.iter().map(|place| place.id()).collect();
        let readers = self.readers.find(doc! { "_id": { "$in": ids } }).await?;
        let readers: Vec<Reader> = readers.try_collect().await?;
        Ok(readers.into_iter().map(|reader| reader.seen_up_to).max())
    }
}

fn by_or_about(concerned: Concerned) -> Vec<Document> {
    let member = concerned.member.to_string();
    let about = [
        "deed.added_member.member_id",
        "deed.removed_member.member_id",
        "deed.payment.from",
        "deed.payment.to",
        "effects.member_id",
    ];
    let about = about.into_iter().map(|path| doc! { path: &member });
    let by = concerned.user.map(|user| doc! { "actor": user.to_string() });
    about.chain(by).collect()
}
