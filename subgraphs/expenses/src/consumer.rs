//! The AI consumer: reads new expenses and writes advice beside them.

use std::sync::Arc;

use async_trait::async_trait;
use contracts::{Envelope, Event};
use kit::{
    Outcome,
    bus::{Handled, Handler},
};

use crate::{Expenses, advice, operations::Seen};

/// Handles `expense.created`.
pub(crate) struct Advise(pub(crate) Arc<Expenses>);

#[async_trait]
impl Handler for Advise {
    async fn handle(&self, envelope: &Envelope) -> Outcome<Handled> {
        if let Event::ExpenseCreated(expense) = &envelope.event
            && let Some(advice) = advice::by_rules(&expense.description, &expense.category)
        {
            let seen = Seen { id: expense.expense_id, version: expense.version };
            self.0.advise(envelope.id, envelope.traceparent, seen, &advice).await?;
        }
        Ok(Handled::Done)
    }
}
