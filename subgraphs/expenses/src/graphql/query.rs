//! The queries.

use async_graphql::{Context, ID, Object};
use kit::{Failure, graphql::MoneyInput};

use super::{request, split_input::SplitInput, types};
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
        let shares = expenses.preview(caller, total, &split).await.map_err(without_input)?;
        Ok(types::shares(&shares, total.currency))
    }
}

/// A preview has no `input` around its arguments.
fn without_input(failure: Failure) -> Failure {
    let Failure::Refused(mut refusal) = failure else { return failure };
    refusal.field = refusal.field.map(|field| field.trim_start_matches("input.").to_owned());
    Failure::Refused(refusal)
}
