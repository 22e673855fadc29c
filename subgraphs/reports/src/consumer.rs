//! The reporting consumer: stores the data of each event together with the position in its stream, and can begin anew.

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use contracts::{Envelope, topology::COLLECT};
use futures::{StreamExt, stream};
use kit::{
    Failure, Outcome,
    bus::{Bus, Handled, Handler},
    inbox::Received,
    mongo::Write,
};
use tokio_util::sync::CancellationToken;

use crate::services::Services;

/// Whose events are collected.
const SOURCES: [&str; 4] = ["users", "groups", "expenses", "payments"];

/// How long to wait before a failed rebuild is tried again.
const REBUILD_RETRY_INTERVAL: Duration = Duration::from_secs(1);

/// The most events that are stored in one transaction.
const MOST_AT_ONCE: usize = 128;

/// How many of them are looked at for budgets at the same time.
const BUDGETS_AT_ONCE: usize = 4;

#[async_trait]
impl Handler for Services {
    async fn handle(&self, envelope: &Envelope) -> Outcome<Handled> {
        let handled = self.handle_all(&[Arc::new(envelope.clone())]).await.pop();
        handled.ok_or_else(|| Failure::internal("nothing was handled"))?
    }

    fn most_at_once(&self) -> usize {
        MOST_AT_ONCE
    }

    async fn handle_all(&self, envelopes: &[Arc<Envelope>]) -> Vec<Outcome<Handled>> {
        match self.receive_all(envelopes).await {
            Ok(handled) => self.followed_all(envelopes, handled).await,
            // While the database is away, none of them can be stored.
            Err(failure) if failure.is_unavailable() => vec![Err(failure); envelopes.len()],
            Err(failure) if envelopes.len() == 1 => vec![Err(failure)],
            // One that cannot be stored must not keep the others: it is found by halves.
            Err(_) => {
                let (first, second) = envelopes.split_at(envelopes.len() / 2);
                let mut handled = self.handle_all(first).await;
                handled.extend(self.handle_all(second).await);
                handled
            }
        }
    }

    async fn first_missing(&self, envelope: &Envelope) -> Outcome<i64> {
        Ok(self.inbox.position(&envelope.source, envelope.subject).await? + 1)
    }
}

impl Services {
    /// Returns the writes that store the data of an event.
    fn writes(&self, envelope: &Envelope) -> Outcome<Vec<Write>> {
        let mut writes = self.directory.collect(&envelope.event)?;
        writes.extend(self.spending.collect(&envelope.event)?);
        writes.extend(self.activities.collect(envelope)?);
        writes.extend(self.notifications.collect(envelope)?);
        writes.extend(self.preferences.collect(&envelope.event));
        writes.extend(self.mails.collect(envelope)?);
        writes.extend(self.pushes.collect(envelope)?);
        Ok(writes)
    }

    async fn receive_all(&self, envelopes: &[Arc<Envelope>]) -> Outcome<Vec<Handled>> {
        let received = |envelope: &Arc<Envelope>| Ok(Received::new(envelope, self.writes(envelope)?));
        self.inbox.receive_all(envelopes.iter().map(received).collect::<Outcome<_>>()?).await
    }

    async fn followed_all(&self, envelopes: &[Arc<Envelope>], handled: Vec<Handled>) -> Vec<Outcome<Handled>> {
        let budgeted = match self.budgets.concerned_by(envelopes).await {
            Ok(budgeted) => budgeted,
            Err(failure) => return vec![Err(failure); envelopes.len()],
        };
        let budgeted = &budgeted;
        let followed = envelopes.iter().cloned().zip(handled).map(|(envelope, handled)| async move {
            self.followed(&envelope, handled, budgeted.contains(&envelope.id)).await
        });
        stream::iter(followed).buffered(BUDGETS_AT_ONCE).collect().await
    }

    /// Does what follows from a stored event.
    async fn followed(&self, envelope: &Envelope, handled: Handled, has_budget: bool) -> Outcome<Handled> {
        if handled == Handled::Done {
            self.notifications.follow(&envelope.event).await?;
            self.pushes.channel.follow(&envelope.event).await?;
            if has_budget {
                self.budgets.follow(envelope).await?;
            }
        }
        Ok(handled)
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
