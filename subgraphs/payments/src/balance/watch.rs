//! Subscriptions to a group: emit at once and after every change, until the subscriber leaves the group.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use contracts::{
    GroupId, UserId,
    ledger::GroupLedger,
    roster::{Rosters, group_not_found},
    topology::GROUP_NUDGES,
};
use futures::{Stream, StreamExt, stream};
use kit::{
    Caller, Outcome,
    bus::{Bus, Nudges, Watch},
    role::Resources,
};
use tokio::time::{Instant, sleep_until};
use tokio_util::sync::CancellationToken;

use super::shared_rosters::SharedRosters;
use crate::{Config, refusal::Refusal};

/// The shortest interval between two emissions; changes within it are combined.
const MIN_INTERVAL: Duration = Duration::from_millis(100);
/// The delay between a change and the roster request, so that all subscribers share one request.
const GATHER_DELAY: Duration = Duration::from_millis(20);
/// The delay before a failed roster request is repeated.
const RETRY_DELAY: Duration = Duration::from_secs(1);

/// The service for group subscriptions.
pub(crate) struct GroupWatches {
    rosters: Arc<SharedRosters>,
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
    pub(crate) fn new(resources: &Resources<Config, GroupLedger>, rosters: Arc<dyn Rosters>) -> Self {
        Self {
            rosters: Arc::new(SharedRosters::new(rosters, &resources.settings.service_key)),
            nudges: Nudges::new(),
            heartbeat: Duration::from_millis(resources.own.heartbeat_ms),
            watched: Arc::default(),
        }
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

    /// Streams the group's id at once and after every change. Ends when the caller is no longer a member.
    pub(crate) async fn watch(
        &self,
        caller: &Caller,
        group: GroupId,
    ) -> Outcome<impl Stream<Item = GroupId> + Send + use<>> {
        let user = caller.user()?;
        let watch = GroupWatch {
            rosters: Arc::clone(&self.rosters),
            user,
            group,
            // Subscribe before the first emission, so that no change is missed in between.
            watch: self.nudges.watch(group.0, with_jitter(self.heartbeat, user)),
            not_before: Instant::now() + MIN_INTERVAL,
            changed: false,
            shared_for: self.heartbeat / 2,
            registration: Registration::new(&self.watched, user, group),
        };
        if !watch.is_member(Instant::now()).await?.ok_or_else(group_not_found)? {
            return Err(Refusal::GroupLeft.into());
        }
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
    rosters: Arc<SharedRosters>,
    user: UserId,
    group: GroupId,
    watch: Watch,
    not_before: Instant,
    /// Whether the group has changed since the last emission.
    changed: bool,
    /// The greatest age of a roster that a heartbeat accepts, so that subscribers with successive heartbeats share one
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
            match self.is_member(since).await {
                Ok(Some(true)) if self.changed => {
                    self.changed = false;
                    return Some(self.group);
                }
                Ok(Some(true)) => {}
                Ok(_) => return None,
                // Without a roster nothing is emitted; the change stays pending until there is one.
                Err(failure) => {
                    tracing::warn!(reason = failure.log_text(), "the roster could not be loaded; trying again");
                    self.watch.again_after(RETRY_DELAY);
                }
            }
        }
    }

    /// Whether the person is a member, by a roster requested at `since` or later; `None` for somebody who never was.
    async fn is_member(&self, since: Instant) -> Outcome<Option<bool>> {
        let Some(roster) = self.rosters.roster(self.group, since).await? else { return Ok(None) };
        let mut own = roster.members.iter().filter(|member| member.user_id == Some(self.user)).peekable();
        Ok(own.peek().is_some().then(|| own.any(|member| !member.left)))
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
