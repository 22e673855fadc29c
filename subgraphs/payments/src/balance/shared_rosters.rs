//! Shares roster requests among all subscribers of a group in this process.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use contracts::{
    GroupId, Trace,
    ask::Asker,
    roster::{Roster, Rosters},
};
use kit::{
    Outcome,
    settings::{ExposeSecret, SecretString},
};
use tokio::{sync::OnceCell, time::Instant};

/// Answers older than this are removed when the cache is full.
const MAX_AGE: Duration = Duration::from_secs(1);
/// The size at which the cache is cleaned up.
const CAPACITY: usize = 1_024;

type Answer = Arc<OnceCell<Option<Arc<Roster>>>>;

/// Asks with the service key, so that one answer serves all subscribers. The caller must check what its user may see.
pub(super) struct SharedRosters {
    rosters: Arc<dyn Rosters>,
    service_key: SecretString,
    asked: Mutex<HashMap<GroupId, (Instant, Answer)>>,
}

impl SharedRosters {
    pub(super) fn new(rosters: Arc<dyn Rosters>, service_key: &SecretString) -> Self {
        Self { rosters, service_key: service_key.clone(), asked: Mutex::default() }
    }

    /// Returns a group's roster from an answer requested at `since` or later; `None` if the group does not exist.
    pub(super) async fn roster(&self, group: GroupId, since: Instant) -> Outcome<Option<Arc<Roster>>> {
        let answer = self.answer(group, since);
        // A failed request leaves the cell empty, so that the next waiter asks again.
        let roster = answer.get_or_try_init(|| async {
            let asker = Asker::Service { key: self.service_key.expose_secret().to_owned(), trace: Trace::start() };
            let mut rosters = self.rosters.rosters(&asker, &[group]).await?;
            Outcome::Ok(rosters.remove(&group).map(Arc::new))
        });
        roster.await.cloned()
    }

    fn answer(&self, group: GroupId, since: Instant) -> Answer {
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((at, answer)) = asked.get(&group)
            && *at >= since
        {
            return Arc::clone(answer);
        }
        if asked.len() >= CAPACITY {
            asked.retain(|_, (at, _)| at.elapsed() < MAX_AGE);
        }
        let answer = Answer::default();
        asked.insert(group, (Instant::now(), Arc::clone(&answer)));
        answer
    }
}
