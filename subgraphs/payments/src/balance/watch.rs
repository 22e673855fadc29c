//! Subscriptions to a group: emit at once and after every change, until the subscriber leaves the group.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use contracts::{
    GroupId, UserId,
    ledger::GroupLedger,
    ledgers::ExpenseLedgers,
    roster::{Roster, Rosters, group_not_found},
    topology::GROUP_NUDGES,
};
use futures::{Stream, StreamExt, stream};
use kit::{
    Caller, Outcome,
    bus::{Bus, Nudges, Watch},
    gather::Gather,
    role::Resources,
};
use tokio::time::{Instant, sleep, sleep_until};
use tokio_util::sync::CancellationToken;

use super::shared_states::{SharedStates, State, Versions};
use crate::config::Config;

/// The shortest interval between two emissions; changes within it are combined.
const MIN_INTERVAL: Duration = Duration::from_millis(100);
/// The delay between a change and the request for the group's state, so that all subscribers share one request.
const GATHER_DELAY: Duration = Duration::from_millis(20);
/// The delay before a failed request is repeated.
const RETRY_DELAY: Duration = Duration::from_secs(1);

/// The service for group subscriptions.
pub(crate) struct GroupWatches {
    states: Arc<SharedStates>,
    nudges: Nudges,
    heartbeat: Duration,
}

impl GroupWatches {
    pub(crate) fn new(
        resources: &Resources<Config, GroupLedger>,
        rosters: Arc<dyn Rosters>,
        ledgers: Arc<dyn ExpenseLedgers>,
    ) -> Self {
        let (journal, service_key) = (Arc::clone(&resources.journal), resources.settings.service_key.clone());
        Self {
            states: Arc::new(SharedStates {
                rosters,
                ledgers,
                journal,
                service_key,
                asked: Mutex::default(),
                read: Gather::default(),
            }),
            nudges: Nudges::new(),
            heartbeat: Duration::from_millis(resources.own.heartbeat_ms),
        }
    }

    /// Returns the roster of a group for a caller who only reads, `None` if the caller is not a member. Those who read a
    /// group at the same moment, such as after a push, share one question.
    pub(crate) async fn roster_seen_by(&self, caller: &Caller, group: GroupId) -> Outcome<Option<Arc<Roster>>> {
        let user = caller.user()?;
        Ok(self.states.roster(group).await?.filter(|roster| roster.active_member_of(user).is_some()))
    }

    /// Receives nudges until cancelled.
    pub(crate) async fn listen(&self, bus: &Bus, stop: &CancellationToken) {
        self.nudges.listen(bus, GROUP_NUDGES, stop).await;
    }

    /// Streams the group's state at once and after every change. Ends when the caller is no longer a member. Whoever
    /// subscribes while another subgraph is away waits for it.
    pub(crate) async fn watch(
        &self,
        caller: &Caller,
        group: GroupId,
    ) -> Outcome<impl Stream<Item = Arc<State>> + Send + use<>> {
        let user = caller.user()?;
        let mut watch = GroupWatch {
            states: Arc::clone(&self.states),
            user,
            group,
            // Subscribe before the first emission, so that no change is missed in between.
            watch: self.nudges.watch(group.0, with_jitter(self.heartbeat, user)),
            not_before: Instant::now() + MIN_INTERVAL,
            changed: false,
            seen: None,
            shared_for: self.heartbeat / 2,
        };
        let first = watch.first_look().await?.ok_or_else(group_not_found)?;
        watch.seen = Some(first.versions());
        let changes = stream::unfold(watch, |mut watch| async { watch.next().await.map(|state| (state, watch)) });
        Ok(stream::iter([first]).chain(changes))
    }
}

/// Adds up to a fifth, depending on the user, so that subscribers that connected together do not keep asking at the
/// same time.
fn with_jitter(heartbeat: Duration, user: UserId) -> Duration {
    let share = user.0.as_bytes().last().copied().unwrap_or_default();
    heartbeat + heartbeat / 5 * u32::from(share) / 256
}

struct GroupWatch {
    states: Arc<SharedStates>,
    user: UserId,
    group: GroupId,
    watch: Watch,
    not_before: Instant,
    /// Whether the group has changed since the last emission.
    changed: bool,
    /// The versions at the last emission.
    seen: Option<Versions>,
    /// The greatest age of a state that a heartbeat accepts, so that subscribers with successive heartbeats share one
    /// request.
    shared_for: Duration,
}

impl GroupWatch {
    /// Waits for the next change that may be emitted; `None` if the person is no longer a member.
    async fn next(&mut self) -> Option<Arc<State>> {
        loop {
            self.changed |= self.watch.next().await;
            let now = Instant::now();
            let mut since = now.checked_sub(self.shared_for).unwrap_or(now);
            if self.changed {
                since = now;
                sleep_until(self.not_before.max(now + GATHER_DELAY)).await;
                self.not_before = Instant::now() + MIN_INTERVAL;
                self.watch.drain();
            }
            match self.look(since).await {
                Ok(Some(state)) => {
                    let versions = state.versions();
                    // A nudge may be lost, and expenses may have been away.
                    if self.changed || self.seen.is_none_or(|seen| versions.are_news_after(seen)) {
                        self.changed = false;
                        self.seen = Some(versions);
                        return Some(state);
                    }
                }
                Ok(None) => return None,
                // Without a roster nothing is emitted; the change stays pending until there is one.
                Err(failure) => {
                    tracing::warn!(reason = failure.log_text(), "a watched group could not be looked at; trying again");
                    self.watch.again_after(RETRY_DELAY);
                }
            }
        }
    }

    /// Like [`Self::look`], and waits while another subgraph is away.
    async fn first_look(&self) -> Outcome<Option<Arc<State>>> {
        loop {
            match self.look(Instant::now()).await {
                Err(failure) if failure.is_unavailable() => {
                    tracing::warn!(reason = failure.log_text(), "a group cannot be watched yet; trying again");
                    sleep(RETRY_DELAY).await;
                }
                looked => return looked,
            }
        }
    }

    /// Returns the group's state, requested at `since` or later; `None` for somebody who is not a member.
    async fn look(&self, since: Instant) -> Outcome<Option<Arc<State>>> {
        let state = self.states.state(self.group, since).await?;
        Ok(state.filter(|state| state.roster.active_member_of(self.user).is_some()))
    }
}
