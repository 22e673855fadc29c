//! Comments in MongoDB.

use contracts::{CommentId, ExpenseId};
use futures::TryStreamExt;
use kit::{
    Outcome,
    mongo::{Write, index},
};
use mongodb::{Collection, Database, bson::doc};

use super::Comment;
use crate::refusal::Refusal;

pub(super) const COMMENTS: &str = "comments";

/// The comments on all expenses.
#[derive(Clone)]
pub(crate) struct CommentStore(Collection<Comment>);

impl CommentStore {
    pub(crate) fn new(database: &Database) -> Self {
        Self(database.collection(COMMENTS))
    }

    /// Creates the index and the collection, so that no transaction has to.
    pub(crate) async fn prepare(&self) -> Outcome<()> {
        self.0.create_index(index(doc! { "expense_id": 1, "_id": 1 })).await?;
        Ok(())
    }

    pub(crate) async fn find(&self, id: CommentId) -> Outcome<Option<Comment>> {
        Ok(self.0.find_one(doc! { "_id": id.to_string() }).await?)
    }

    /// Returns the comments on these expenses, the oldest first.
    pub(crate) async fn of(&self, expenses: &[ExpenseId]) -> Outcome<Vec<Comment>> {
        let ids: Vec<String> = expenses.iter().map(ExpenseId::to_string).collect();
        let oldest_first = doc! { "expense_id": 1, "_id": 1 };
        Ok(self.0.find(doc! { "expense_id": { "$in": ids } }).sort(oldest_first).await?.try_collect().await?)
    }

    /// Returns how many comments an expense has.
    pub(crate) async fn count(&self, expense: ExpenseId) -> Outcome<u64> {
        Ok(self.0.count_documents(doc! { "expense_id": expense.to_string() }).await?)
    }

    /// Inserts a comment.
    pub(crate) fn add(&self, comment: &Comment) -> Outcome<Write> {
        Write::insert(COMMENTS, comment)
    }

    /// Replaces a comment; refused if it has been deleted.
    pub(crate) fn replace(&self, comment: &Comment) -> Outcome<Write> {
        let filter = doc! { "_id": comment.id.to_string() };
        Ok(Write::replace(COMMENTS, filter, comment)?.or_refuse(Refusal::CommentNotFound.into()))
    }

    /// Removes a comment; refused if it has been deleted.
    pub(crate) fn remove(&self, comment: &Comment) -> Write {
        Write::delete(COMMENTS, doc! { "_id": comment.id.to_string() }).or_refuse(Refusal::CommentNotFound.into())
    }
}
