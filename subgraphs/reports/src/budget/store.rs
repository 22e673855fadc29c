//! MongoDB access for budgets.

use futures::TryStreamExt;
use kit::{Outcome, mongo::index};
use money::Currency;
use mongodb::{
    Collection, Database,
    bson::{Bson, doc},
};

use super::{Budget, Owner};

const BUDGETS: &str = "budgets";

/// The collection of budgets.
pub(super) struct BudgetStore {
    budgets: Collection<Budget>,
}

impl BudgetStore {
    pub(super) fn new(database: &Database) -> Self {
        Self { budgets: database.collection(BUDGETS) }
    }

    /// Creates the index, and with it the collection.
    pub(super) async fn prepare(&self) -> Outcome<()> {
        self.budgets.create_index(index(doc! { "owner": 1, "limit.currency": 1, "category": 1 })).await?;
        Ok(())
    }

    /// Returns the budgets of an owner, sorted by currency and category.
    pub(super) async fn of(&self, owner: Owner) -> Outcome<Vec<Budget>> {
        let order = doc! { "limit.currency": 1, "category": 1 };
        Ok(self.budgets.find(doc! { "owner": String::from(owner) }).sort(order).await?.try_collect().await?)
    }

    /// Returns the budgets of these owners to which an expense of this category and currency counts.
    pub(super) async fn counting(&self, owners: &[Owner], category: &str, currency: Currency) -> Outcome<Vec<Budget>> {
        let owners: Vec<String> = owners.iter().map(|owner| String::from(*owner)).collect();
        let categories = [Bson::Null, Bson::from(category)];
        let filter = doc! {
            "owner": { "$in": owners },
            "limit.currency": currency.code(),
            "category": { "$in": categories.to_vec() },
        };
        Ok(self.budgets.find(filter).await?.try_collect().await?)
    }

    /// Returns all budgets of these owners.
    pub(super) async fn of_any(&self, owners: &[String]) -> Outcome<Vec<Budget>> {
        if owners.is_empty() {
            return Ok(Vec::new());
        }
        Ok(self.budgets.find(doc! { "owner": { "$in": owners } }).await?.try_collect().await?)
    }

    /// Inserts a budget or replaces the one with the same id.
    pub(super) async fn put(&self, budget: &Budget) -> Outcome<()> {
        self.budgets.replace_one(doc! { "_id": &budget.id }, budget).upsert(true).await?;
        Ok(())
    }

    /// Removes a budget. Returns `false` if there is none with this id.
    pub(super) async fn remove(&self, id: &str) -> Outcome<bool> {
        Ok(self.budgets.delete_one(doc! { "_id": id }).await?.deleted_count > 0)
    }

    /// Removes all budgets of an owner.
    pub(super) async fn remove_of(&self, owner: Owner) -> Outcome<()> {
        self.budgets.delete_many(doc! { "owner": String::from(owner) }).await?;
        Ok(())
    }
}
