//! Finishes imports whose process is gone: the file is kept until its import is over. Every replica looks for them; each
//! is taken over by one.

use std::{sync::Arc, time::Duration};

use kit::{Caller, Outcome, intervals::repeat};
use tokio_util::sync::CancellationToken;

use super::{operations::Transfers, store::AbandonedImport};

/// The interval between two looks for abandoned imports.
const POLL_INTERVAL: Duration = Duration::from_secs(15);

impl Transfers {
    /// Finishes abandoned imports at intervals, until cancelled.
    pub(crate) async fn run(self: &Arc<Self>, stop: &CancellationToken) {
        repeat(POLL_INTERVAL, stop, "abandoned imports could not be found", || self.finish_abandoned()).await;
    }

    /// Finishes or undoes all imports without progress; returns how many. One that fails is tried again later.
    pub(crate) async fn finish_abandoned(self: &Arc<Self>) -> Outcome<usize> {
        let mut finished = 0;
        while let Some(abandoned) = self.store.take_abandoned(self.clock.now()).await? {
            match self.finish(abandoned).await {
                Ok(()) => finished += 1,
                Err(failure) => tracing::warn!(reason = failure.log_text(), "an abandoned import was not finished"),
            }
        }
        Ok(finished)
    }

    async fn finish(&self, AbandonedImport { user, time_zone, request, import }: AbandonedImport) -> Outcome<()> {
        let caller = Caller::on_behalf_of(user, self.expenses.service_key.clone()).in_time_zone(time_zone);
        let file = self.read(&caller, &request)?;
        self.fill_or_undo(&caller, import, &request, file).await.map(drop)
    }
}
