//! The queries.

use async_graphql::{Context, ID, Object};
use kit::{Failure, graphql::MoneyInput};

use super::{drafts::ExpenseDraft, input::without_input, request, split_input::SplitInput, types};
use crate::refusal::Refusal;

#[derive(Default)]
pub(super) struct Expenses;

#[Object]
impl Expenses {
    /// One expense of a group that the caller is or was in.
    async fn expense(&self, ctx: &Context<'_>, id: ID) -> Result<Option<types::Expense>, Failure> {
        let (expenses, caller) = request(ctx)?;
        let id = kit::graphql::id(&id).ok_or(Refusal::ExpenseNotFound)?;
        Ok(Some(types::Expense(expenses.expense(caller, id).await?)))
    }

    /// One of the caller's own drafts.
    async fn draft(&self, ctx: &Context<'_>, id: ID) -> Result<Option<ExpenseDraft>, Failure> {
        let (expenses, caller) = request(ctx)?;
        let id = kit::graphql::id(&id).ok_or(Refusal::DraftNotFound)?;
        Ok(Some(ExpenseDraft(expenses.draft(caller, id).await?)))
    }

    /// What createExpense would save now.
    async fn preview_split(
        &self,
        ctx: &Context<'_>,
        total: MoneyInput,
        split: SplitInput,
    ) -> Result<Vec<types::Share>, Failure> {
        let (expenses, caller) = request(ctx)?;
        let total = total.amount("total")?;
        let split = split.rule(total.currency, "split")?;
        let shares = expenses.preview(caller, total, &split).await.map_err(|failure| without_input(failure, ""))?;
        Ok(types::shares(&shares, total.currency))
    }
}
