//! The AI consumer: reads drafts, and writes advice beside new and changed expenses.

use async_trait::async_trait;
use contracts::{Envelope, Event, event::ExpenseFacts};
use kit::{
    Outcome,
    bus::{Handled, Handler},
};

use crate::{
    Expenses,
    operations::{Cause, ExpectedVersion},
};

#[async_trait]
impl Handler for Expenses {
    /// What cannot be understood is an answer too: only a part that is away, the database or groups, makes an event come
    /// again.
    async fn handle(&self, envelope: &Envelope) -> Outcome<Handled> {
        let cause = Cause { event: envelope.id, trace: envelope.traceparent };
        let expected = |expense: &ExpenseFacts| ExpectedVersion { id: expense.expense_id, version: expense.version };
        match &envelope.event {
            Event::DraftRequested(request) => self.read_draft(cause, request).await?,
            Event::ExpenseCreated(expense) => self.advise(cause, expected(expense)).await?,
            Event::ExpenseUpdated(change) => self.advise(cause, expected(&change.after)).await?,
            _ => {}
        }
        Ok(Handled::Done)
    }
}
