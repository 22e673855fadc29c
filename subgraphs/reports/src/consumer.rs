//! The reporting consumer: stores the data of each event together with the position in its stream, and can begin anew.

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use contracts::{Envelope, topology::COLLECT};
use kit::{
    Failure, Outcome,
    bus::{Bus, Handled, Handler},
};
use tokio_util::sync::CancellationToken;

use crate::Services;

/// Whose events are collected.
const SOURCES: [&str; 4] = ["users", "groups", "expenses", "payments"];

/// How long to wait before a failed rebuild is tried again.
const REBUILD_RETRY_INTERVAL: Duration = Duration::from_secs(1);

#[async_trait]
impl Handler for Services {
    async fn handle(&self, envelope: &Envelope) -> Outcome<Handled> {
        let mut writes = self.directory.collect(&envelope.event)?;
        writes.extend(self.spending.collect(&envelope.event)?);
        writes.extend(self.activities.collect(envelope)?);
        writes.extend(self.notifications.collect(envelope)?);
        writes.extend(self.preferences.collect(&envelope.event));
        writes.extend(self.mails.collect(envelope)?);
        writes.extend(self.pushes.collect(envelope)?);
        writes.extend(self.pushes.channel.collect(&envelope.event));
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

/// Empties what was collected and asks every publisher for its whole journal, once nobody collects; then stops. What people
/// chose or did here stays: budgets and warnings about them, settings, what is read, and what was delivered.
///
/// Until `collect` has worked through the journals, reports and feeds show only a part.
pub(crate) async fn rebuild(services: Arc<Services>, bus: Bus, stop: CancellationToken) {
    while let Err(failure) = rebuild_once(&services, &bus).await {
        tracing::warn!(reason = failure.log_text(), "the rebuild waits");
        tokio::select! {
            () = tokio::time::sleep(REBUILD_RETRY_INTERVAL) => {}
            () = stop.cancelled() => return,
        }
    }
    tracing::info!("every publisher was asked for its journal; start `collect` now");
    stop.cancel();
}

async fn rebuild_once(services: &Services, bus: &Bus) -> Outcome<()> {
    if bus.consumers(&COLLECT).await? > 0 {
        return Err(Failure::internal("`collect` is running: stop it first"));
    }
    services.clear().await?;
    let publisher = bus.publisher().await;
    for source in SOURCES {
        if !publisher.request_whole_replay(bus, source).await? {
            return Err(Failure::internal(format!("{source} takes no request for its journal")));
        }
    }
    Ok(())
}
