//! The expenses in MongoDB: documents, indexes, queries.

mod migrations;

use chrono::NaiveDate;
use contracts::{ExpenseId, GroupId, MemberId};
use futures::TryStreamExt;
use kit::{
    Failure, Outcome,
    graphql::{Cursor, Page, PageRequest},
    mongo::{self, Write, index},
};
use mongodb::{
    Collection, Database,
    bson::{Document, doc},
};

use crate::{Expense, advice::Advice, refusal::Refusal};
pub(crate) use migrations::MIGRATIONS;

const EXPENSES: &str = "expenses";

/// The collection of expenses.
pub(crate) struct Store {
    expenses: Collection<Expense>,
}

impl Store {
    pub(crate) fn new(database: &Database) -> Self {
        Self { expenses: database.collection(EXPENSES) }
    }

    /// Makes the indexes.
    pub(crate) async fn prepare(&self) -> Outcome<()> {
        let indexes = [index(doc! { "group_id": 1, "sorted_by": -1, "_id": -1 }), index(doc! { "sharers": 1 })];
        self.expenses.create_indexes(indexes).await?;
        Ok(())
    }

    pub(crate) async fn expense(&self, id: ExpenseId) -> Outcome<Option<Expense>> {
        Ok(self.expenses.find_one(doc! { "_id": id.to_string() }).await?)
    }

    pub(crate) async fn expenses(&self, ids: &[ExpenseId]) -> Outcome<Vec<Expense>> {
        let ids: Vec<String> = ids.iter().map(ExpenseId::to_string).collect();
        Ok(self.expenses.find(doc! { "_id": { "$in": ids } }).await?.try_collect().await?)
    }

    /// How many expenses these people have shared, deleted ones included.
    pub(crate) async fn turn(&self, sharers: &str) -> Outcome<i64> {
        let count = self.expenses.count_documents(doc! { "sharers": sharers }).await?;
        i64::try_from(count).map_err(Failure::broken)
    }

    /// Those of a group that pass the filter, newest first.
    pub(crate) async fn newest_of(
        &self,
        group: GroupId,
        filter: &Filter,
        request: &PageRequest,
    ) -> Outcome<Page<Expense>> {
        let filter = filter.document(group);
        let cursor = |expense: &Expense| Cursor { key: expense.sorted_by.clone(), id: expense.id.to_string() };
        mongo::newest_first(&self.expenses, filter, "sorted_by", request, cursor).await
    }
}

/// Which expenses of a group are wanted.
#[derive(Clone, Debug, Default)]
pub(crate) struct Filter {
    /// Somewhere in the description or the notes, in any case of letters.
    pub(crate) text: Option<String>,
    pub(crate) category: Option<String>,
    /// Who paid or owes.
    pub(crate) member: Option<MemberId>,
    pub(crate) from: Option<NaiveDate>,
    pub(crate) to: Option<NaiveDate>,
    pub(crate) include_deleted: bool,
}

impl Filter {
    fn document(&self, group: GroupId) -> Document {
        let mut wanted = vec![doc! { "group_id": group.to_string() }];
        if !self.include_deleted {
            wanted.push(doc! { "deleted_at": null });
        }
        if let Some(text) = &self.text {
            let pattern = doc! { "$regex": literally(text), "$options": "i" };
            wanted.push(doc! { "$or": [{ "description": pattern.clone() }, { "notes": pattern }] });
        }
        if let Some(category) = &self.category {
            wanted.push(doc! { "category": category.to_lowercase() });
        }
        if let Some(member) = self.member {
            let member = member.to_string();
            wanted.push(doc! { "$or": [{ "payers.member_id": &member }, { "shares.member_id": member }] });
        }
        wanted.extend(self.from.map(|from| doc! { "date": { "$gte": from.to_string() } }));
        wanted.extend(self.to.map(|to| doc! { "date": { "$lte": to.to_string() } }));
        doc! { "$and": wanted }
    }
}

/// A pattern that matches this text and nothing else.
fn literally(text: &str) -> String {
    let escaped = |letter: char| if letter.is_alphanumeric() { letter.to_string() } else { format!("\\{letter}") };
    text.chars().map(escaped).collect()
}

/// Adds a new expense.
pub(crate) fn add(expense: &Expense) -> Outcome<Write> {
    Write::insert(EXPENSES, expense)
}

/// Replaces a version of an expense by the next one, if it is still the present one.
pub(crate) fn replace(before: &Expense, after: &Expense) -> Outcome<Write> {
    let filter = doc! { "_id": before.id.to_string(), "version": before.version };
    let stale = Refusal::Stale { present: after.version };
    Ok(Write::replace(EXPENSES, filter, after)?.or_refuse(stale.into()))
}

/// Writes advice, if the expense is still the one it was given for.
pub(crate) fn advise(id: ExpenseId, version: i64, advice: &Advice) -> Outcome<Write> {
    let filter = doc! { "_id": id.to_string(), "version": version };
    Ok(Write::update(EXPENSES, filter, doc! { "$set": { "advice": mongo::stored(advice)? } }))
}
