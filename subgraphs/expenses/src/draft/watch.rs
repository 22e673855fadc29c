//! Subscriptions to a draft: emit its present state, and again once it has been read.

use std::{sync::Arc, time::Duration};

use contracts::{DraftId, topology::DRAFT_NUDGES};
use futures::{Stream, StreamExt, stream};
use kit::{Caller, Outcome, bus::Bus, run_to_end};
use tokio_util::sync::CancellationToken;

use super::{Draft, Status, operations::Drafts};

/// The longest interval between two looks at the database, because nudges may get lost.
const POLL_INTERVAL: Duration = Duration::from_secs(15);
/// The delay after a failed look.
const RETRY_DELAY: Duration = Duration::from_secs(1);

impl Drafts {
    /// Forwards nudges from all replicas to the subscriptions of this one, until cancelled.
    pub(crate) async fn listen(&self, bus: &Bus, stop: &CancellationToken) {
        self.nudges.listen(bus, DRAFT_NUDGES, stop).await;
    }

    /// Streams the draft as it is now and, if it is pending, once more when it has been read; then the stream ends.
    pub(crate) async fn watch(
        self: &Arc<Self>,
        caller: &Caller,
        id: DraftId,
    ) -> Outcome<impl Stream<Item = Draft> + Send + use<>> {
        // Subscribe before the first read, so that no change is missed between the two.
        let mut watch = self.nudges.watch(id.0, POLL_INTERVAL);
        let draft = self.look(caller, id).await?;
        let is_pending = draft.status == Status::Pending;
        let (drafts, caller) = (Arc::clone(self), caller.clone());
        let read = async move {
            loop {
                watch.next().await;
                match drafts.look(&caller, id).await {
                    Ok(draft) if draft.status == Status::Pending => {}
                    Ok(draft) => return draft,
                    Err(failure) => {
                        tracing::warn!(reason = failure.log_text(), "a draft could not be loaded; trying again");
                        watch.again_after(RETRY_DELAY);
                    }
                }
            }
        };
        Ok(stream::iter([draft]).chain(stream::once(read).take(usize::from(is_pending))))
    }

    /// Finds a draft in a task of its own: a stream may be dropped at any time, but a database operation must run to
    /// its end.
    async fn look(self: &Arc<Self>, caller: &Caller, id: DraftId) -> Outcome<Draft> {
        let (drafts, caller) = (Arc::clone(self), caller.clone());
        run_to_end(async move { drafts.find(&caller, id).await }).await.flatten()
    }
}
