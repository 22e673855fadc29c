//! GraphQL types of advice.

use async_graphql::{Context, Enum, ID, Object};
use kit::{
    Outcome,
    graphql::{data, read_id, request},
};

use super::{
    expense::seen,
    loaders::Loaders,
    reference::Expense,
    split::{Share, SplitMode, shares},
};
use crate::{advice, advisor, expense, refusal::Refusal, services::Services};

#[derive(Default)]
pub(super) struct AdviceMutations;

#[Object]
impl AdviceMutations {
    /// Applies the advice as an edit by the caller. An expense that repeats an older one is deleted.
    async fn accept_advice(&self, ctx: &Context<'_>, expense_id: ID, expected_version: i32) -> Outcome<Expense> {
        let (services, caller) = request::<Services>(ctx)?;
        Ok(Expense(services.advice.accept(caller, seen(&expense_id, expected_version)?).await?))
    }

    /// Hides the advice for good.
    async fn dismiss_advice(&self, ctx: &Context<'_>, expense_id: ID) -> Outcome<bool> {
        let (services, caller) = request::<Services>(ctx)?;
        let id = read_id(&expense_id, Refusal::ExpenseNotFound)?;
        services.advice.dismiss(caller, id).await.map(|()| true)
    }
}

/// Who has read a text or gives advice.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
pub(super) enum Advisor {
    /// The built-in reader.
    Rules,
    /// Google's Gemini.
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

/// Advice with its expense.
pub(super) struct Advice {
    pub(super) expense: expense::Expense,
    pub(super) advice: advice::Advice,
}

/// An advisor's suggestions for an expense. Nothing changes until a person accepts them.
#[Object]
impl Advice {
    /// A category that fits better.
    async fn category(&self) -> Option<&str> {
        self.advice.category()
    }

    /// The older expense that this one seems to repeat. Accepting the advice deletes this expense.
    async fn duplicate_of(&self, ctx: &Context<'_>) -> Option<Outcome<Expense>> {
        let id = self.advice.duplicate_of()?;
        let found = async { data::<Loaders>(ctx)?.expense(id).await };
        found.await.map(|found| found.map(|expense| Expense((*expense).clone()))).transpose()
    }

    /// The split mode that the notes describe.
    async fn split_mode(&self) -> Option<SplitMode> {
        self.advice.split().map(Into::into)
    }

    /// The shares that this split would give.
    async fn shares(&self) -> Vec<Share> {
        let advised = self.advice.facts(&self.expense).shares;
        shares(&advised, self.expense.total.currency)
    }

    /// The reasons, as sentences.
    async fn reason(&self) -> String {
        self.advice.reason()
    }

    async fn advisor(&self) -> Advisor {
        self.advice.advisor.into()
    }
}
