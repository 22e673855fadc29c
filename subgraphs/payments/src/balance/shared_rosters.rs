//! The roster question of watched groups, shared by everyone in this process who watches the same group.

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

/// Answers that were asked for before this are dropped when there are many.
const FRESH: Duration = Duration::from_secs(1);
/// So many answers are many.
const REMEMBERED: usize = 1_024;

type Answer = Arc<OnceCell<Option<Arc<Roster>>>>;

/// Asks in the name of the service, so that one answer serves all; who may know it is decided by who asks here.
pub(super) struct SharedRosters {
    rosters: Arc<dyn Rosters>,
    service_key: SecretString,
    asked: Mutex<HashMap<GroupId, (Instant, Answer)>>,
}

impl SharedRosters {
    pub(super) fn new(rosters: Arc<dyn Rosters>, service_key: &SecretString) -> Self {
        Self { rosters, service_key: service_key.clone(), asked: Mutex::default() }
    }

    /// A group's roster, by an answer that was asked for since then; `None` when there is no such group.
    pub(super) async fn roster(&self, group: GroupId, since: Instant) -> Outcome<Option<Arc<Roster>>> {
        let answer = self.answer(group, since);
        // One that fails is asked again by whoever waits for it next.
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
        if asked.len() >= REMEMBERED {
            asked.retain(|_, (at, _)| at.elapsed() < FRESH);
        }
        let answer = Answer::default();
        asked.insert(group, (Instant::now(), Arc::clone(&answer)));
        answer
    }
}
