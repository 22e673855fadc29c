//! The queries.

use async_graphql::{Context, ID, Object};
use kit::{Failure, Outcome, graphql::MoneyInput};

use super::{request, split_input::SplitInput, types};
use crate::{
    expense::{id_for, seed},
    refusal::Refusal,
};

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

    /// What createExpense would save. With the idempotency key that createExpense will have, odd cents fall the same way.
    async fn preview_split(
        &self,
        ctx: &Context<'_>,
        total: MoneyInput,
        split: SplitInput,
        idempotency_key: Option<String>,
    ) -> Result<Vec<types::Share>, Failure> {
        let (_, caller) = request(ctx)?;
        let user = caller.user()?;
        let total = total.amount("total")?;
        let id = id_for(user, &idempotency_key.unwrap_or_default());
        let shares = split.rule(total.currency, "split")?.shares(total, seed(id));
        Ok(types::shares(&preview(shares)?, total.currency))
    }
}

/// A preview has no `input` around its arguments.
fn preview<T>(result: Result<T, Refusal>) -> Outcome<T> {
    result.map_err(|refusal| {
        let mut refusal = kit::Refusal::from(refusal);
        refusal.field = refusal.field.map(|field| field.trim_start_matches("input.").to_owned());
        refusal.into()
    })
}
