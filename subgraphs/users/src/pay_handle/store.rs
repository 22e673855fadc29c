//! Pay handles in MongoDB: one document per person.

use contracts::UserId;
use futures::TryStreamExt;
use kit::Outcome;
use mongodb::{Collection, Database, bson::doc};

use super::OwnHandles;

const PAY_HANDLES: &str = "pay_handles";

pub(crate) struct PayHandleStore {
    people: Collection<OwnHandles>,
}

impl PayHandleStore {
    pub(crate) fn new(database: &Database) -> Self {
        Self { people: database.collection(PAY_HANDLES) }
    }

    /// Returns the handles of these people; omits people without any.
    pub(crate) async fn of(&self, users: &[UserId]) -> Outcome<Vec<OwnHandles>> {
        let ids: Vec<String> = users.iter().map(UserId::to_string).collect();
        Ok(self.people.find(doc! { "_id": { "$in": ids } }).await?.try_collect().await?)
    }

    /// Replaces a person's handles.
    pub(crate) async fn put(&self, own: &OwnHandles) -> Outcome<()> {
        self.people.replace_one(doc! { "_id": own.user_id.to_string() }, own).upsert(true).await?;
        Ok(())
    }

    /// Removes a person's handles.
    pub(crate) async fn forget(&self, user: UserId) -> Outcome<()> {
        self.people.delete_one(doc! { "_id": user.to_string() }).await?;
        Ok(())
    }
}
