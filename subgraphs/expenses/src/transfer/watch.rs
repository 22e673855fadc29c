//! Subscriptions to the progress of an import.

use std::{sync::Arc, time::Duration};

use contracts::{GroupId, UserId};
use futures::{Stream, stream};
use kit::{Caller, Outcome, run_to_end};

use super::{operations::Transfers, store::Import};
use crate::problem::Problem;

/// The interval between two looks at the database.
const POLL_INTERVAL: Duration = Duration::from_millis(500);

/// How many looks to wait for an import that has not begun.
const MAX_POLLS: usize = 120;

/// The progress of an import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Progress {
    pub(crate) state: State,
    pub(crate) total: u32,
    pub(crate) entered: u32,
    pub(crate) group: Option<GroupId>,
}

/// The state of an import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// It is running, or interrupted and can be continued by sending it again.
    Running,
    /// Everything has been imported.
    Complete,
    /// A step was refused, and the import is being undone.
    Undoing,
    /// The import has been undone; the reason.
    Undone(Problem),
}

impl Progress {
    fn of(import: Import) -> Self {
        let Import { total, entered, group_id, done, refusal, undone, .. } = import;
        let state = match refusal {
            Some(refusal) if undone => State::Undone(refusal.into()),
            Some(_) => State::Undoing,
            None if done => State::Complete,
            None => State::Running,
        };
        Self { state, total, entered, group: group_id.filter(|_| !undone) }
    }

    fn is_last(&self) -> bool {
        matches!(self.state, State::Complete | State::Undone(_))
    }
}

impl Transfers {
    /// Streams the progress of the caller's import with this key: at once and after each change, until it is over.
    /// Waits up to a minute for it to begin.
    pub(crate) fn watch(
        self: &Arc<Self>,
        caller: &Caller,
        key: String,
    ) -> Outcome<impl Stream<Item = Outcome<Progress>> + Send + use<>> {
        let (transfers, user) = (Arc::clone(self), caller.user()?);
        let told: Option<Progress> = None;
        Ok(stream::try_unfold((transfers, told), move |(transfers, told)| {
            let key = key.clone();
            async move {
                if told.as_ref().is_some_and(Progress::is_last) {
                    return Ok(None);
                }
                let next = transfers.next(user, key, told).await?;
                Ok(next.map(|progress| (progress.clone(), (transfers, Some(progress)))))
            }
        }))
    }

    /// Waits for the next progress that differs from the last one; `None` if the import does not begin.
    async fn next(self: &Arc<Self>, user: UserId, key: String, told: Option<Progress>) -> Outcome<Option<Progress>> {
        let mut looks = 0;
        loop {
            let (transfers, key) = (Arc::clone(self), key.clone());
            // A stream may be dropped at any time, but a database operation must run to its end.
            let found = run_to_end(async move { transfers.store.find(user, &key).await }).await.flatten()?;
            match found.map(Progress::of) {
                Some(progress) if told.as_ref() != Some(&progress) => return Ok(Some(progress)),
                None if looks == MAX_POLLS => return Ok(None),
                Some(_) => {}
                None => looks += 1,
            }
            tokio::time::sleep(POLL_INTERVAL).await;
        }
    }
}
