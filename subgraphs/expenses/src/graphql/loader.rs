//! The loader of expenses: all expenses that one request names are read at once.

use std::{collections::HashMap, sync::Arc};

use ::dataloader::{BatchFn, non_cached::Loader};
use contracts::ExpenseId;
use kit::Outcome;

use crate::{Expense, Expenses};

type Loaded = Outcome<Option<Arc<Expense>>>;

/// Loads expenses by id.
pub(super) type ExpenseLoader = Loader<ExpenseId, Loaded, ExpenseBatch>;

/// Reads all expenses of a request at once.
pub(crate) struct ExpenseBatch(Arc<Expenses>);

/// A loader of expenses for one request.
pub(crate) fn expense_loader(expenses: &Arc<Expenses>) -> Loader<ExpenseId, Loaded, ExpenseBatch> {
    Loader::new(ExpenseBatch(Arc::clone(expenses)))
}

impl BatchFn<ExpenseId, Loaded> for ExpenseBatch {
    async fn load(&mut self, ids: &[ExpenseId]) -> HashMap<ExpenseId, Loaded> {
        let found = self.0.store.expenses(ids).await;
        kit::load::answers(ids, found.map(|found| found.into_iter().map(|expense| (expense.id, expense)).collect()))
    }
}
