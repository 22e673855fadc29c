//! Lets `verify` compare expenses with the journal: a document must match the last event about it.

use contracts::{Event, event::ExpenseFacts};
use kit::journal::Documented;

use super::Expense;

impl Documented for Expense {
    const COLLECTION: &'static str = "expenses";
    const STREAM: &'static str = "group_id";
    const BEGUN_BY: &'static [&'static str] = &["expense.created.v1"];

    fn agrees(&self, event: &Event) -> Option<bool> {
        let (facts, is_deleted) = match event {
            Event::ExpenseCreated(expense) => (expense, false),
            Event::ExpenseUpdated(change) | Event::ExpenseRestored(change) => (&change.after, false),
            Event::ExpenseDeleted(change) => (&change.after, true),
            _ => return None,
        };
        // Older events do not name the schedule.
        let own = ExpenseFacts { schedule_id: facts.schedule_id.and(self.schedule_id), ..self.facts() };
        Some(own == *facts && self.deleted_at.is_some() == is_deleted)
    }
}
