//! The mutations.

use async_graphql::{Context, ID, Object};
use kit::Failure;

use super::{
    input::{CreateExpenseInput, UpdateExpenseInput, seen},
    request, types,
};

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
        let edited = expenses.update_expense(caller, input.seen()?, |currency| input.edit(currency));
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
        Ok(types::Expense(expenses.delete_expense(caller, seen(&id, expected_version)?).await?))
    }

    /// Brings a deleted expense back.
    async fn restore_expense(
        &self,
        ctx: &Context<'_>,
        id: ID,
        expected_version: i32,
    ) -> Result<types::Expense, Failure> {
        let (expenses, caller) = request(ctx)?;
        Ok(types::Expense(expenses.restore_expense(caller, seen(&id, expected_version)?).await?))
    }
}
