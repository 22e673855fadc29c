//! Watching a draft: its author is told at once and again when it was read.

use std::{sync::Arc, time::Duration};

use contracts::{DraftId, topology::DRAFT_NUDGES};
use futures::{Stream, StreamExt, stream};
use kit::{Caller, Outcome, bus::Bus, run_to_end};
use tokio_util::sync::CancellationToken;

use super::{Draft, Status, operations::Drafts};

/// A nudge can be lost; it is looked at least this often.
const LOOK: Duration = Duration::from_secs(15);
/// When the draft could not be looked at, it is tried again after this.
const LOOK_AGAIN: Duration = Duration::from_secs(1);

impl Drafts {
    /// Tells the watchers of drafts here what happens on any replica, until stopped.
    pub(crate) async fn listen(&self, bus: &Bus, stop: &CancellationToken) {
        self.nudges.listen(bus, DRAFT_NUDGES, stop).await;
    }

    /// The draft now and, if it is still to be read, when it has been: then the stream ends.
    pub(crate) async fn watch(
        self: &Arc<Self>,
        caller: &Caller,
        id: DraftId,
    ) -> Outcome<impl Stream<Item = Draft> + Send + use<>> {
        // Listens before anything is told, so that nothing is missed in between.
        let mut watch = self.nudges.watch(id.0, LOOK);
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
                        tracing::warn!(reason = failure.log_text(), "a draft could not be looked at; trying again");
                        watch.again_after(LOOK_AGAIN);
                    }
                }
            }
        };
        Ok(stream::iter([draft]).chain(stream::once(read).take(usize::from(is_pending))))
    }

    /// Finds a draft in a task of its own: a stream may be dropped at any time, a read of the database may not.
    async fn look(self: &Arc<Self>, caller: &Caller, id: DraftId) -> Outcome<Draft> {
        let (drafts, caller) = (Arc::clone(self), caller.clone());
        run_to_end(async move { drafts.find(&caller, id).await }).await.flatten()
    }
}
