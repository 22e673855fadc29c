//! The loaders of expenses and of advice: all that one request names is read at once.

use std::{collections::HashMap, sync::Arc};

use ::dataloader::{BatchFn, non_cached::Loader};
use async_graphql::Context;
use contracts::ExpenseId;
use kit::{Failure, Outcome};

use crate::{Expense, Expenses, advice::Advice};

type Loaded<T> = Outcome<Option<Arc<T>>>;

/// Loads expenses by id.
pub(super) type ExpenseLoader = Loader<ExpenseId, Loaded<Expense>, ExpenseBatch>;

/// Loads advice by the id of its expense.
pub(super) type AdviceLoader = Loader<ExpenseId, Loaded<Advice>, AdviceBatch>;

/// Reads all expenses of a request at once.
pub(crate) struct ExpenseBatch(Arc<Expenses>);

/// Reads all advice of a request at once.
pub(crate) struct AdviceBatch(Arc<Expenses>);

/// A loader of expenses for one request.
pub(crate) fn expense_loader(expenses: &Arc<Expenses>) -> Loader<ExpenseId, Loaded<Expense>, ExpenseBatch> {
    Loader::new(ExpenseBatch(Arc::clone(expenses)))
}

/// A loader of advice for one request.
pub(crate) fn advice_loader(expenses: &Arc<Expenses>) -> Loader<ExpenseId, Loaded<Advice>, AdviceBatch> {
    Loader::new(AdviceBatch(Arc::clone(expenses)))
}

/// The loader of a request.
pub(super) fn loader<'a, L: Send + Sync + 'static>(ctx: &Context<'a>) -> Outcome<&'a L> {
    ctx.data::<L>().map_err(|_| Failure::internal("a request without its loaders"))
}

impl BatchFn<ExpenseId, Loaded<Expense>> for ExpenseBatch {
    async fn load(&mut self, ids: &[ExpenseId]) -> HashMap<ExpenseId, Loaded<Expense>> {
        let found = self.0.store.expenses(ids).await;
        kit::load::answers(ids, found.map(|found| found.into_iter().map(|expense| (expense.id, expense)).collect()))
    }
}

impl BatchFn<ExpenseId, Loaded<Advice>> for AdviceBatch {
    async fn load(&mut self, ids: &[ExpenseId]) -> HashMap<ExpenseId, Loaded<Advice>> {
        let found = self.0.store.advice_for(ids).await;
        kit::load::answers(ids, found.map(|found| found.into_iter().map(|one| (one.expense_id, one)).collect()))
    }
}
