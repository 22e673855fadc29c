//! Budgets.

use async_graphql::{Context, Enum, ID, InputObject, Object, SimpleObject};
use contracts::GroupId;
use kit::{
    Outcome,
    graphql::{Money, MoneyInput, read_id, request},
};
use money::Amount;

use crate::{
    budget::{self, Progress},
    refusal::Refusal,
    services::Services,
};

/// How much a group or a person plans to spend in each month, and how much of it is spent in the present one.
#[derive(SimpleObject)]
pub(super) struct Budget {
    /// The budget's id.
    id: ID,
    /// The category, such as "groceries"; null for all spending.
    category: Option<String>,
    /// The limit per month.
    limit: Money,
    /// The present month, such as "2026-11".
    month: String,
    /// What was spent in that month: by the group, or as the person's own shares in all groups.
    spent: Money,
    /// How much of the limit that is.
    level: BudgetLevel,
}

/// How much of a budget is spent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "budget::Level")]
pub(super) enum BudgetLevel {
    /// Less than 80% of the limit.
    Within,
    /// At least 80% of the limit.
    Near,
    /// The whole limit or more.
    Reached,
}

impl From<Progress> for Budget {
    fn from(progress: Progress) -> Self {
        Self {
            level: progress.level().into(),
            id: progress.budget.id.into(),
            category: progress.budget.category,
            limit: progress.budget.limit.into(),
            month: progress.month.to_string(),
            spent: progress.spent.into(),
        }
    }
}

/// A budget to set.
#[derive(InputObject)]
pub(super) struct SetBudgetInput {
    /// The group whose spending it limits; without it, it is the caller's own.
    group_id: Option<ID>,
    /// The category; without it, the budget counts all spending.
    category: Option<String>,
    /// The limit per month.
    limit: MoneyInput,
}

impl SetBudgetInput {
    fn read(&self) -> Outcome<(Option<GroupId>, Amount)> {
        let group = self.group_id.as_ref().map(|id| read_id(id, Refusal::GroupNotFound)).transpose()?;
        Ok((group, self.limit.amount("input.limit")?))
    }
}

#[derive(Default)]
pub(super) struct BudgetMutation;

#[Object]
impl BudgetMutation {
    /// Sets a monthly budget of a group or of the caller. One for the same category and currency is replaced.
    async fn set_budget(&self, ctx: &Context<'_>, input: SetBudgetInput) -> Outcome<Budget> {
        let (services, caller) = request::<Services>(ctx)?;
        let (group, limit) = input.read()?;
        Ok(services.budgets.set(caller, group, input.category.as_deref(), limit).await?.into())
    }

    /// Removes a budget of a group that the caller is in, or of the caller.
    async fn remove_budget(&self, ctx: &Context<'_>, id: ID) -> Outcome<bool> {
        let (services, caller) = request::<Services>(ctx)?;
        services.budgets.remove(caller, &id).await?;
        Ok(true)
    }
}
