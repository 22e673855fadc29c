//! The reporting consumer: stores the data of each event together with the position in its stream.

use async_trait::async_trait;
use contracts::Envelope;
use kit::{
    Outcome,
    bus::{Handled, Handler},
};

use crate::Services;

#[async_trait]
impl Handler for Services {
    async fn handle(&self, envelope: &Envelope) -> Outcome<Handled> {
        let mut writes = self.directory.collect(&envelope.event)?;
        writes.extend(self.spending.collect(&envelope.event)?);
        writes.extend(self.activities.collect(envelope)?);
        writes.extend(self.notifications.collect(envelope)?);
        writes.extend(self.preferences.collect(&envelope.event));
        writes.extend(self.mails.collect(envelope)?);
        let handled = self.inbox.receive(envelope, &writes).await?;
        if handled == Handled::Done {
            self.budgets.follow(envelope).await?;
        }
        Ok(handled)
    }

    async fn first_missing(&self, envelope: &Envelope) -> Outcome<i64> {
        Ok(self.inbox.position(&envelope.source, envelope.subject).await? + 1)
    }
}
