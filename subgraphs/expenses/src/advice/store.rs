//! Advice in MongoDB.

use contracts::ExpenseId;
use futures::TryStreamExt;
use kit::{
    Outcome,
    mongo::{Write, index, stored},
};
use mongodb::{Collection, Database, bson::doc};

use super::{Advice, Suggestion};
use crate::refusal::Refusal;

const ADVICE: &str = "advice";

/// The advice for all expenses, one document per expense.
#[derive(Clone)]
pub(crate) struct AdviceStore(Collection<Advice>);

impl AdviceStore {
    pub(crate) fn new(database: &Database) -> Self {
        Self(database.collection(ADVICE))
    }

    /// Creates the collection, so that no transaction has to.
    pub(crate) async fn prepare(&self) -> Outcome<()> {
        self.0.create_index(index(doc! { "_id": 1 })).await?;
        Ok(())
    }

    /// Returns the advice for an expense, whatever version it is for.
    pub(crate) async fn find(&self, id: ExpenseId) -> Outcome<Option<Advice>> {
        Ok(self.0.find_one(doc! { "_id": id.to_string() }).await?)
    }

    /// Returns the advice for several expenses.
    pub(crate) async fn find_all(&self, ids: &[ExpenseId]) -> Outcome<Vec<Advice>> {
        let ids: Vec<String> = ids.iter().map(ExpenseId::to_string).collect();
        Ok(self.0.find(doc! { "_id": { "$in": ids } }).await?.try_collect().await?)
    }

    /// Stores advice, unless there is already some for the same version or a newer one.
    pub(crate) fn put(&self, advice: &Advice) -> Outcome<Write> {
        let filter = doc! { "_id": advice.expense_id.to_string(), "version": { "$lt": advice.version } };
        let set = doc! {
            "version": advice.version,
            "suggestions": stored(&advice.suggestions)?,
            "advisor": stored(&advice.advisor)?,
        };
        let outdated = Refusal::Stale { present: advice.version };
        Ok(Write::upsert(ADVICE, filter, doc! { "$set": set }).or_refuse(outdated.into()))
    }

    /// Marks the present suggestions as dismissed.
    pub(crate) fn dismiss(&self, advice: &Advice) -> Outcome<Write> {
        let dismissed: Vec<&Suggestion> = advice.suggestions.iter().map(|one| &one.suggestion).collect();
        let add = doc! { "$addToSet": { "dismissed": { "$each": stored(&dismissed)? } } };
        Ok(Write::update(ADVICE, doc! { "_id": advice.expense_id.to_string() }, add))
    }
}
