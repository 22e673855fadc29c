//! Building what is collected anew, from the journals of the other subgraphs: after a mistake in how it was collected.

use std::{sync::Arc, time::Duration};

use contracts::topology::COLLECT;
use kit::{Failure, Outcome, bus::Bus};
use tokio_util::sync::CancellationToken;

use crate::Services;

/// Whose events are collected.
const SOURCES: [&str; 4] = ["users", "groups", "expenses", "payments"];

/// How long to wait before it is tried again.
const AFTER_FAILURE: Duration = Duration::from_secs(1);

/// Empties what was collected and asks every publisher for its whole journal, once nobody collects; then stops. What people
/// chose or did here stays: budgets and warnings about them, settings, what is read, and which mails were sent.
///
/// Until `collect` has worked through the journals, reports and feeds show only a part.
pub(crate) async fn rebuild(services: Arc<Services>, bus: Bus, stop: CancellationToken) {
    while let Err(failure) = rebuild_once(&services, &bus).await {
        tracing::warn!(reason = failure.log_text(), "the rebuild waits");
        tokio::select! {
            () = tokio::time::sleep(AFTER_FAILURE) => {}
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
