//! Pay handles as they are stored: one document for each person.

use contracts::UserId;
use futures::TryStreamExt;
use kit::Outcome;
use mongodb::{Collection, Database, bson::doc};

use super::OwnHandles;

const PAY_HANDLES: &str = "pay_handles";

/// The collection of pay handles.
pub(crate) struct PayHandleStore {
    people: Collection<OwnHandles>,
}

impl PayHandleStore {
    /// Over the database of users.
    pub(crate) fn new(database: &Database) -> Self {
        Self { people: database.collection(PAY_HANDLES) }
    }

    /// The handles of these people; who has none is left out.
    pub(crate) async fn of(&self, users: &[UserId]) -> Outcome<Vec<OwnHandles>> {
        let ids: Vec<String> = users.iter().map(UserId::to_string).collect();
        Ok(self.people.find(doc! { "_id": { "$in": ids } }).await?.try_collect().await?)
    }

    /// Puts a person's handles in the place of those from before.
    pub(crate) async fn put(&self, own: &OwnHandles) -> Outcome<()> {
        self.people.replace_one(doc! { "_id": own.user_id.to_string() }, own).upsert(true).await?;
        Ok(())
    }

    /// Removes the handles of a person.
    pub(crate) async fn forget(&self, user: UserId) -> Outcome<()> {
        self.people.delete_one(doc! { "_id": user.to_string() }).await?;
        Ok(())
    }
}
