//! Advice in the public schema.

use async_graphql::{Context, Enum, ID, Object};
use kit::{Failure, Outcome, graphql::read_id};

use super::{
    expense::{Expense, seen},
    loader::{ExpenseLoader, loader},
    request,
    split::{Share, SplitMode, shares},
};
use crate::{advice, advisor, expense, refusal::Refusal};

#[derive(Default)]
pub struct AdviceMutations;

#[Object]
impl AdviceMutations {
    /// Applies the advice for an expense as an edit by the caller; one that repeats another is deleted.
    async fn accept_advice(
        &self,
        ctx: &Context<'_>,
        expense_id: ID,
        expected_version: i32,
    ) -> Result<Expense, Failure> {
        let (services, caller) = request(ctx)?;
        Ok(Expense(services.advice.accept(caller, seen(&expense_id, expected_version)?).await?))
    }

    /// Hides the advice for an expense for good.
    async fn dismiss_advice(&self, ctx: &Context<'_>, expense_id: ID) -> Result<bool, Failure> {
        let (services, caller) = request(ctx)?;
        let id = read_id(&expense_id, Refusal::ExpenseNotFound)?;
        services.advice.dismiss(caller, id).await.map(|()| true)
    }
}

/// Who has read a text or gives advice.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
pub(super) enum Advisor {
    /// The built-in reader.
    Rules,
    /// Google's model.
    Gemini,
}

impl From<advisor::Advisor> for Advisor {
    fn from(advisor: advisor::Advisor) -> Self {
        match advisor {
            advisor::Advisor::Rules => Self::Rules,
            advisor::Advisor::Gemini => Self::Gemini,
        }
    }
}

/// Advice for an expense, which stands beside it.
pub(super) struct Advice {
    pub(super) expense: expense::Expense,
    pub(super) advice: advice::Advice,
}

/// What an advisor thinks of an expense. Nothing changes until a person accepts it.
#[Object]
impl Advice {
    /// The category that fits better.
    async fn category(&self) -> Option<&str> {
        self.advice.category()
    }

    /// The older expense that this one seems to repeat; accepting the advice deletes the younger.
    async fn duplicate_of(&self, ctx: &Context<'_>) -> Option<Outcome<Expense>> {
        let id = self.advice.duplicate_of()?;
        let found = async { loader::<ExpenseLoader>(ctx)?.load(id).await };
        found.await.map(|found| found.map(|expense| Expense((*expense).clone()))).transpose()
    }

    /// How the notes say that it is split.
    async fn split_mode(&self) -> Option<SplitMode> {
        self.advice.split().map(Into::into)
    }

    /// Who would owe then.
    async fn shares(&self) -> Vec<Share> {
        let advised = self.advice.facts(&self.expense).shares;
        shares(&advised, self.expense.total.currency)
    }

    /// Why, in plain words.
    async fn reason(&self) -> String {
        self.advice.reason()
    }

    async fn advisor(&self) -> Advisor {
        self.advice.advisor.into()
    }
}
