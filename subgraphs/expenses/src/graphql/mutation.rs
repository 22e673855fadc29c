//! The mutations.

use async_graphql::{Context, ID, Object};
use contracts::{DraftId, GroupId, roster::group_not_found};
use kit::{Failure, Outcome, graphql::read_id};

use super::{
    drafts::{ExpenseDraft, PhotoInput},
    input::{Changes, CreateExpenseInput, UpdateExpenseInput, expected, without_input},
    request, types,
};
use crate::{edit::Edit, operations::Request, refusal::Refusal};

/// What can be changed.
pub struct Mutation;

#[Object]
impl Mutation {
    /// Saves an expense, once for each idempotency key.
    async fn create_expense(&self, ctx: &Context<'_>, input: CreateExpenseInput) -> Result<types::Expense, Failure> {
        let (expenses, caller) = request(ctx)?;
        let (new, request) = input.read()?;
        Ok(types::Expense(expenses.create_expense(caller, new, &request).await?))
    }

    /// Changes an expense; what is not given stays.
    async fn update_expense(&self, ctx: &Context<'_>, input: UpdateExpenseInput) -> Result<types::Expense, Failure> {
        let (expenses, caller) = request(ctx)?;
        let edited = expenses.update_expense(caller, input.expected()?, |currency| input.edit(currency));
        Ok(types::Expense(edited.await?))
    }

    /// Deletes an expense; restoreExpense brings it back.
    async fn delete_expense(
        &self,
        ctx: &Context<'_>,
        id: ID,
        expected_version: i32,
    ) -> Result<types::Expense, Failure> {
        let (expenses, caller) = request(ctx)?;
        Ok(types::Expense(expenses.delete_expense(caller, expected(&id, expected_version)?).await?))
    }

    /// Brings a deleted expense back.
    async fn restore_expense(
        &self,
        ctx: &Context<'_>,
        id: ID,
        expected_version: i32,
    ) -> Result<types::Expense, Failure> {
        let (expenses, caller) = request(ctx)?;
        Ok(types::Expense(expenses.restore_expense(caller, expected(&id, expected_version)?).await?))
    }

    /// Has a sentence such as "dinner 84.50, Ben only had a salad for 12" read. The draft is PENDING; draftChanged tells
    /// when it was read.
    async fn draft_expense(&self, ctx: &Context<'_>, group_id: ID, text: String) -> Result<ExpenseDraft, Failure> {
        let (expenses, caller) = request(ctx)?;
        Ok(ExpenseDraft(expenses.draft_expense(caller, group(&group_id)?, &text).await?))
    }

    /// Has the photo of a receipt read. Refused with `NOT_CONFIGURED` where nobody can read photos.
    async fn draft_receipt(&self, ctx: &Context<'_>, group_id: ID, photo: PhotoInput) -> Result<ExpenseDraft, Failure> {
        let (expenses, caller) = request(ctx)?;
        Ok(ExpenseDraft(expenses.draft_receipt(caller, group(&group_id)?, || photo.read()).await?))
    }

    /// Makes an expense of a draft, once, with these changes of what was read. A FAILED draft needs what is missing.
    async fn confirm_draft(
        &self,
        ctx: &Context<'_>,
        id: ID,
        idempotency_key: String,
        changes: Option<Changes>,
    ) -> Result<types::Expense, Failure> {
        let (expenses, caller) = request(ctx)?;
        let request = Request { body: serde_json::to_value((&id, &changes))?, idempotency_key };
        let edit = |currency| changes.map_or(Ok(Edit::default()), |changes| changes.edit(currency));
        let confirmed = expenses.confirm_draft(caller, draft(&id)?, &request, edit).await;
        Ok(types::Expense(confirmed.map_err(|failure| without_input(failure, "changes."))?))
    }

    /// Drops a draft.
    async fn discard_draft(&self, ctx: &Context<'_>, id: ID) -> Result<bool, Failure> {
        let (expenses, caller) = request(ctx)?;
        expenses.discard_draft(caller, draft(&id)?).await.map(|()| true)
    }

    /// Applies the advice for an expense as an edit by the caller; one that repeats another is deleted.
    async fn accept_advice(
        &self,
        ctx: &Context<'_>,
        expense_id: ID,
        expected_version: i32,
    ) -> Result<types::Expense, Failure> {
        let (expenses, caller) = request(ctx)?;
        Ok(types::Expense(expenses.accept_advice(caller, expected(&expense_id, expected_version)?).await?))
    }

    /// Hides the advice for an expense for good.
    async fn dismiss_advice(&self, ctx: &Context<'_>, expense_id: ID) -> Result<bool, Failure> {
        let (expenses, caller) = request(ctx)?;
        let id = read_id(&expense_id, Refusal::ExpenseNotFound)?;
        expenses.dismiss_advice(caller, id).await.map(|()| true)
    }
}

fn group(id: &ID) -> Outcome<GroupId> {
    read_id(id, group_not_found())
}

fn draft(id: &ID) -> Outcome<DraftId> {
    read_id(id, Refusal::DraftNotFound)
}
