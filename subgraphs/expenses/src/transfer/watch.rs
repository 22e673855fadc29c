//! Watching an import: whoever has sent it is told how far it has come.

use std::{sync::Arc, time::Duration};

use contracts::{GroupId, UserId};
use futures::{Stream, stream};
use kit::{Caller, Outcome, run_to_end};

use super::{operations::Transfers, store::Import};

/// How often it is looked.
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// So often it is looked for an import that has not begun.
const LOOKS: usize = 120;

/// How far an import has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Progress {
    pub(crate) state: State,
    pub(crate) total: u32,
    pub(crate) entered: u32,
    pub(crate) group: Option<GroupId>,
}

/// Where an import stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// It goes on, or can go on when it is sent again.
    Running,
    /// All is taken over.
    Complete,
    /// Something was refused, and what was made is being taken back.
    Undoing,
    /// Nothing of it is left; why.
    Undone(String),
}

impl Progress {
    fn of(import: Import) -> Self {
        let Import { total, entered, group_id, done, refusal, undone, .. } = import;
        let state = match refusal {
            Some(refusal) if undone => State::Undone(refusal.message),
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
    /// How far the caller's import with this key has come, at once and after each change, until it is over. It may begin
    /// in a minute.
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

    /// What is to be told after this; `None` when an import does not begin at all.
    async fn next(self: &Arc<Self>, user: UserId, key: String, told: Option<Progress>) -> Outcome<Option<Progress>> {
        let mut looks = 0;
        loop {
            let (transfers, key) = (Arc::clone(self), key.clone());
            // A stream may be dropped at any time, a read of the database may not.
            let found = run_to_end(async move { transfers.store.find(user, &key).await }).await.flatten()?;
            match found.map(Progress::of) {
                Some(progress) if told.as_ref() != Some(&progress) => return Ok(Some(progress)),
                None if looks == LOOKS => return Ok(None),
                Some(_) => {}
                None => looks += 1,
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }
}
