//! Updates the copies of users' names in groups, and removes deleted accounts from groups.

use async_trait::async_trait;
use contracts::{Envelope, Event};
use kit::{
    Outcome,
    bus::{Handled, Handler},
};

use crate::services::Services;

#[async_trait]
impl Handler for Services {
    async fn handle(&self, envelope: &Envelope) -> Outcome<Handled> {
        let cause = envelope.traceparent;
        match &envelope.event {
            Event::UserUpdated(account) => self.groups.follow_name(cause, account).await?,
            Event::UserDeleted(account) => self.groups.leave_deleted(cause, account).await?,
            _ => {}
        }
        Ok(Handled::Done)
    }
}
