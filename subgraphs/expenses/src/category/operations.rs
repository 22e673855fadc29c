//! Use cases of the categories of a group: create, update, delete, list.

use std::sync::Arc;

use contracts::{CategoryId, Event, GroupId, ledger::GroupLedger, roster::Membership};
use kit::{
    Caller, Code, Outcome,
    journal::{Change, Journal},
};

use super::{Category, Look, MOST_CATEGORIES, store::CategoryStore};
use crate::{expense::operations::Expenses, refusal::CategoryRefusal};

/// The service for categories.
pub(crate) struct Categories {
    pub(crate) store: CategoryStore,
    pub(crate) journal: Arc<Journal<GroupLedger>>,
    pub(crate) expenses: Arc<Expenses>,
}

impl Categories {
    /// Adds a category to a group.
    pub(crate) async fn create(&self, caller: &Caller, group: GroupId, look: Look) -> Outcome<Category> {
        let membership = self.expenses.membership(caller, group).await?;
        let present = self.store.of_group(group).await?;
        let category = Category::new(group, look, &present)?;
        if present.len() >= MOST_CATEGORIES {
            return Err(CategoryRefusal::TooMany(MOST_CATEGORIES).into());
        }
        let event = Event::CategorySaved(category.facts(membership.member.member_id));
        let change = Change::new(group.0, event).by(caller).writing([self.store.add(&category)?]);
        self.journal.commit(change).await?;
        Ok(category)
    }

    /// Changes name, icon and colour of a category; expenses keep its key.
    pub(crate) async fn update(&self, caller: &Caller, id: CategoryId, look: Look) -> Outcome<Category> {
        let (category, membership) = self.find(caller, id).await?;
        let category = category.looking(look, &self.store.of_group(category.group_id).await?)?;
        let event = Event::CategorySaved(category.facts(membership.member.member_id));
        let change = Change::new(category.group_id.0, event).by(caller).writing([self.store.replace(&category)?]);
        self.journal.commit(change).await?;
        Ok(category)
    }

    /// Removes a category; expenses keep its key.
    pub(crate) async fn delete(&self, caller: &Caller, id: CategoryId) -> Outcome<()> {
        let (category, membership) = self.find(caller, id).await?;
        let event = Event::CategoryDeleted(category.facts(membership.member.member_id));
        let change = Change::new(category.group_id.0, event).by(caller).writing([self.store.remove(&category)]);
        self.journal.commit(change).await.map(drop)
    }

    /// Returns the categories of a group. The resolver of the group has checked that the caller may see it.
    pub(crate) async fn of_group(&self, group: GroupId) -> Outcome<Vec<Category>> {
        self.store.of_group(group).await
    }

    async fn find(&self, caller: &Caller, id: CategoryId) -> Outcome<(Category, Membership)> {
        caller.user()?;
        let category = self.store.find(id).await?.ok_or(CategoryRefusal::NotFound)?;
        let membership = self
            .expenses
            .membership(caller, category.group_id)
            .await
            .map_err(|failure| failure.hidden_as(Code::GroupNotFound, CategoryRefusal::NotFound))?;
        Ok((category, membership))
    }
}
