//! Subscriptions to a group: emit at once and after every change, until the subscriber leaves the group.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
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

use super::shared_states::{SharedStates, Versions};
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
    watched: Arc<Watched>,
}

/// The number of subscriptions and of failures per user and group.
#[derive(Default)]
struct Watched(Mutex<HashMap<(UserId, GroupId), Pushed>>);

#[derive(Default)]
struct Pushed {
    watchers: usize,
    /// Increases with every failure.
    failures: u64,
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
            watched: Arc::default(),
        }
    }

    /// Returns the roster of a group for a caller who only reads, `None` if the caller is not a member. When all who
    /// watch a group are told of a change, they ask at the same moment and share the question.
    pub(crate) async fn roster_seen_by(&self, caller: &Caller, group: GroupId) -> Outcome<Option<Arc<Roster>>> {
        let user = caller.user()?;
        Ok(self.states.roster(group).await?.filter(|roster| roster.active_member_of(user).is_some()))
    }

    /// Receives nudges until cancelled.
    pub(crate) async fn listen(&self, bus: &Bus, stop: &CancellationToken) {
        self.nudges.listen(bus, GROUP_NUDGES, stop).await;
    }

    /// Records that the balances of a group could not be resolved after an emission: the subscriptions of this user
    /// emit the group again at the next heartbeat.
    pub(crate) fn failed(&self, caller: &Caller, group: GroupId) {
        if let Ok(user) = caller.user() {
            self.watched.fail(user, group);
        }
    }

    /// Streams the group's id at once and after every change. Ends when the caller is no longer a member. Whoever
    /// subscribes while another subgraph is away waits for it.
    pub(crate) async fn watch(
        &self,
        caller: &Caller,
        group: GroupId,
    ) -> Outcome<impl Stream<Item = GroupId> + Send + use<>> {
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
            registration: Registration::new(&self.watched, user, group),
        };
        watch.seen = Some(watch.first_look().await?.ok_or_else(group_not_found)?);
        let changes = stream::unfold(watch, |mut watch| async { watch.next().await.map(|group| (group, watch)) });
        Ok(stream::iter([group]).chain(changes))
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
    registration: Registration,
}

impl GroupWatch {
    /// Waits for the next change that may be emitted; `None` if the person is no longer a member.
    async fn next(&mut self) -> Option<GroupId> {
        loop {
            self.changed |= self.watch.next().await;
            self.changed |= self.registration.has_failed();
            let now = Instant::now();
            let mut since = now.checked_sub(self.shared_for).unwrap_or(now);
            if self.changed {
                since = now;
                sleep_until(self.not_before.max(now + GATHER_DELAY)).await;
                self.not_before = Instant::now() + MIN_INTERVAL;
                self.watch.drain();
            }
            match self.look(since).await {
                Ok(Some(versions)) => {
                    // A nudge may be lost, and what was emitted may not have arrived whole.
                    if self.changed || self.seen.is_none_or(|seen| versions.are_news_after(seen)) {
                        self.changed = false;
                        self.seen = Some(versions);
                        return Some(self.group);
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
    async fn first_look(&self) -> Outcome<Option<Versions>> {
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

    /// Returns the group's versions, by a state requested at `since` or later; `None` for somebody who is not a member.
    async fn look(&self, since: Instant) -> Outcome<Option<Versions>> {
        let state = self.states.state(self.group, since).await?;
        let state = state.filter(|state| state.roster.active_member_of(self.user).is_some());
        Ok(state.map(|state| state.versions))
    }
}

/// Counts one subscription for as long as it exists.
struct Registration {
    watched: Arc<Watched>,
    key: (UserId, GroupId),
    failures: u64,
}

impl Registration {
    fn new(watched: &Arc<Watched>, user: UserId, group: GroupId) -> Self {
        let key = (user, group);
        let failures = watched.with(|pushed| {
            let entry: &mut Pushed = pushed.entry(key).or_default();
            entry.watchers += 1;
            entry.failures
        });
        Self { watched: Arc::clone(watched), key, failures }
    }

    /// Whether a failure was recorded since the last call.
    fn has_failed(&mut self) -> bool {
        let failures = self.watched.with(|pushed| pushed.get(&self.key).map_or(0, |entry| entry.failures));
        std::mem::replace(&mut self.failures, failures) != failures
    }
}

impl Drop for Registration {
    fn drop(&mut self) {
        self.watched.with(|pushed| {
            if let Some(entry) = pushed.get_mut(&self.key) {
                entry.watchers -= 1;
                if entry.watchers == 0 {
                    pushed.remove(&self.key);
                }
            }
        });
    }
}

impl Watched {
    fn fail(&self, user: UserId, group: GroupId) {
        self.with(|pushed| {
            if let Some(entry) = pushed.get_mut(&(user, group)) {
                entry.failures += 1;
            }
        });
    }

    fn with<T>(&self, work: impl FnOnce(&mut HashMap<(UserId, GroupId), Pushed>) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
