//! The AI consumer: reads drafts, and writes advice beside new and changed expenses.

use async_trait::async_trait;
use contracts::{Envelope, Event};
use kit::{
    Outcome,
    bus::{Handled, Handler},
};

use crate::{expense::operations::Cause, services::Services};

#[async_trait]
impl Handler for Services {
    /// A text that cannot be understood still gets a reading. Only an outage of the database or of groups makes this
    /// fail, and thus the event be delivered again.
    async fn handle(&self, envelope: &Envelope) -> Outcome<Handled> {
        let cause = Cause { event: envelope.id, trace: envelope.traceparent };
        match &envelope.event {
            Event::DraftRequested(request) => self.drafts.read(cause, request).await?,
            Event::ExpenseCreated(expense) => self.advice.advise(cause, expense).await?,
            Event::ExpenseUpdated(change) => self.advice.advise(cause, &change.after).await?,
            _ => {}
        }
        Ok(Handled::Done)
    }

    /// Advice is merely missing; a draft has an author who waits for it.
    async fn give_up(&self, envelope: &Envelope) -> Outcome<()> {
        let cause = Cause { event: envelope.id, trace: envelope.traceparent };
        match &envelope.event {
            Event::DraftRequested(request) => self.drafts.give_up(cause, request).await,
            _ => Ok(()),
        }
    }
}
