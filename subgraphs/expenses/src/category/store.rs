//! Categories of groups in MongoDB.

use contracts::{CategoryId, GroupId};
use futures::TryStreamExt;
use kit::{
    Outcome,
    mongo::{Write, unique},
};
use mongodb::{Collection, Database, bson::doc};

use super::Category;
use crate::refusal::CategoryRefusal;

const CATEGORIES: &str = "categories";

/// The categories of all groups.
#[derive(Clone)]
pub(crate) struct CategoryStore(Collection<Category>);

impl CategoryStore {
    pub(crate) fn new(database: &Database) -> Self {
        Self(database.collection(CATEGORIES))
    }

    /// Creates the index and the collection, so that no transaction has to.
    pub(crate) async fn prepare(&self) -> Outcome<()> {
        self.0.create_index(unique(doc! { "group_id": 1, "key": 1 })).await?;
        Ok(())
    }

    pub(crate) async fn find(&self, id: CategoryId) -> Outcome<Option<Category>> {
        Ok(self.0.find_one(doc! { "_id": id.to_string() }).await?)
    }

    /// Returns the categories of a group, ordered by key.
    pub(crate) async fn of_group(&self, group: GroupId) -> Outcome<Vec<Category>> {
        let found = self.0.find(doc! { "group_id": group.to_string() }).sort(doc! { "key": 1 }).await?;
        Ok(found.try_collect().await?)
    }

    /// Inserts a category; refused if the group already has one with this key.
    pub(crate) fn add(&self, category: &Category) -> Outcome<Write> {
        Ok(Write::insert(CATEGORIES, category)?.or_refuse(CategoryRefusal::Taken.into()))
    }

    /// Replaces a category; refused if it has been deleted.
    pub(crate) fn replace(&self, category: &Category) -> Outcome<Write> {
        let filter = doc! { "_id": category.id.to_string() };
        Ok(Write::replace(CATEGORIES, filter, category)?.or_refuse(CategoryRefusal::NotFound.into()))
    }

    /// Removes a category; refused if it has been deleted.
    pub(crate) fn remove(&self, category: &Category) -> Write {
        Write::delete(CATEGORIES, doc! { "_id": category.id.to_string() }).or_refuse(CategoryRefusal::NotFound.into())
    }
}
