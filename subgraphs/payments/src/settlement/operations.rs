//! Computes settlements on blocking threads, and caches the last one of each group.

use std::{
    collections::HashMap,
    sync::{Arc, LazyLock, Mutex, PoisonError},
    time::{Duration, Instant},
};

use contracts::{GroupId, MemberId};
use kit::{Failure, Outcome, telemetry::metrics::Timing};
use money::{Ledger, settle, settle::Settlement};
use tokio::sync::{OnceCell, Semaphore};

/// The longest wait for a free search slot. A search takes two seconds at most, over all currencies together.
const LONGEST_WAIT: Duration = Duration::from_secs(5);

/// The number of groups in the cache.
const CAPACITY: usize = 1_024;

static SEARCHES: LazyLock<Timing> = LazyLock::new(|| {
    let help = "How long settlements were searched for, by whether the fewest transfers are proved.";
    Timing::new("quits_settle_seconds", help, &["exact"])
});

/// How a group settles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Mode {
    /// Whether the fewest transfers are searched for, or those along the debts.
    pub(crate) simplify: bool,
    /// Whether the ledger has one balance for each household.
    pub(crate) per_household: bool,
}

impl Mode {
    /// Every member settles alone.
    pub(crate) fn of_members(simplify: bool) -> Self {
        Self { simplify, per_household: false }
    }
}

type Plan = Arc<OnceCell<Arc<Settlement<MemberId>>>>;

/// Caches the last settlement of each group and mode. A settlement depends on the ledger alone and is cached with it, so that an
/// entry can be neither outdated nor somebody else's.
pub(crate) struct Settlements {
    remembered: Mutex<Remembered>,
    searches: Arc<Semaphore>,
}

#[derive(Default)]
struct Remembered {
    plans: HashMap<(GroupId, Mode), Entry>,
    uses: u64,
}

struct Entry {
    ledger: Arc<Ledger<MemberId>>,
    plan: Plan,
    used: u64,
}

impl Settlements {
    /// Limits the number of concurrent searches.
    pub(crate) fn new(searches: usize) -> Self {
        Self { remembered: Mutex::default(), searches: Arc::new(Semaphore::new(searches)) }
    }

    /// Returns the settlement of a ledger: with the fewest transfers if the group simplifies debts, otherwise along its
    /// debts.
    pub(crate) async fn settle(
        &self,
        group: GroupId,
        ledger: &Arc<Ledger<MemberId>>,
        mode: Mode,
    ) -> Outcome<Arc<Settlement<MemberId>>> {
        let plan = self.plan(group, ledger, mode);
        let ledger = Arc::clone(ledger);
        let found = plan.get_or_try_init(|| self.search(ledger, mode.simplify));
        found.await.cloned()
    }

    /// Runs one search when a slot is free. It keeps the slot to its end, even if its caller has gone away.
    async fn search(&self, ledger: Arc<Ledger<MemberId>>, simplify: bool) -> Outcome<Arc<Settlement<MemberId>>> {
        let place = Arc::clone(&self.searches).acquire_owned();
        let place = tokio::time::timeout(LONGEST_WAIT, place).await.map_err(|_| kit::overloaded())?;
        let place = place.map_err(Failure::internal)?;
        let searching = tokio::task::spawn_blocking(move || {
            let found = search(&ledger, simplify);
            drop(place);
            found
        });
        searching.await.map_err(Failure::internal)?.map(Arc::new)
    }

    /// Returns the cached or running search; concurrent requests for the same ledger share it.
    fn plan(&self, group: GroupId, ledger: &Arc<Ledger<MemberId>>, mode: Mode) -> Plan {
        let mut remembered = self.remembered.lock().unwrap_or_else(PoisonError::into_inner);
        remembered.uses += 1;
        let used = remembered.uses;
        let key = (group, mode);
        if let Some(entry) = remembered.plans.get_mut(&key).filter(|entry| entry.ledger == *ledger) {
            entry.used = used;
            return Arc::clone(&entry.plan);
        }
        let plan = Plan::default();
        let entry = Entry { ledger: Arc::clone(ledger), plan: Arc::clone(&plan), used };
        remembered.plans.insert(key, entry);
        remembered.forget_oldest();
        plan
    }
}

impl Remembered {
    fn forget_oldest(&mut self) {
        if self.plans.len() <= CAPACITY {
            return;
        }
        let oldest = self.plans.iter().min_by_key(|(_, entry)| entry.used).map(|(key, _)| *key);
        if let Some(key) = oldest {
            self.plans.remove(&key);
        }
    }
}

fn search(ledger: &Ledger<MemberId>, simplify: bool) -> Outcome<Settlement<MemberId>> {
    let started = Instant::now();
    let found = if simplify {
        settle::settle(&ledger.nets).map_err(Failure::internal)?
    } else {
        settle::settle_debts(&ledger.debts)
    };
    SEARCHES.record(&[if found.minimal { "true" } else { "false" }], started.elapsed());
    Ok(found)
}

#[cfg(test)]
mod tests {
    use kit::Code;
    use money::{Currency, ledger};

    use super::*;

    const SIMPLIFIED: Mode = Mode { simplify: true, per_household: false };

    fn ledger(minor: i64) -> Arc<Ledger<MemberId>> {
        let (a, b) = (MemberId::new(), MemberId::new());
        let entry = ledger::Entry::of(&[(a, minor)], &[(b, minor)], Currency::from_code("EUR").unwrap()).unwrap();
        let mut ledger = Ledger::default();
        ledger.apply(&entry).unwrap();
        Arc::new(ledger)
    }

    #[tokio::test]
    async fn a_ledger_is_settled_once() {
        let settlements = Settlements::new(1);
        let group = GroupId::new();
        let (before, after) = (ledger(1_00), ledger(2_00));
        let first = settlements.settle(group, &before, SIMPLIFIED).await.unwrap();
        let again = settlements.settle(group, &Arc::new(Ledger::clone(&before)), SIMPLIFIED).await.unwrap();
        assert!(Arc::ptr_eq(&first, &again));
        let other = settlements.settle(group, &after, SIMPLIFIED).await.unwrap();
        assert_eq!(other.transfers[0].amount.minor, 2_00);
    }

    /// 23 people, among them seven groups of three whose nets sum to zero: a long search.
    fn hard() -> Arc<Ledger<MemberId>> {
        let currency = Currency::from_code("EUR").unwrap();
        let triples = (1..=7)
            .flat_map(|n: i64| [1_000 + 37 * n * n, 5_000 + 211 * n * n * n, -6_000 - 37 * n * n - 211 * n * n * n]);
        let nets = triples.chain([77_777, -77_777]).map(|minor| ((MemberId::new(), currency), minor));
        Arc::new(Ledger { nets: nets.collect(), ..Ledger::default() })
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn concurrent_searches_are_limited_and_keep_their_slots_to_the_end() {
        let settlements = Arc::new(Settlements::new(1));
        let all = Arc::clone(&settlements.searches);
        // The first caller goes away at once; its search continues and keeps the slot.
        let hard = hard();
        let first = settlements.settle(GroupId::new(), &hard, SIMPLIFIED);
        assert!(tokio::time::timeout(Duration::from_millis(1), first).await.is_err(), "it is no long search");
        assert_eq!(all.available_permits(), 0);
        let others = (1..=4).map(|minor| {
            let (settlements, ledger) = (Arc::clone(&settlements), ledger(minor));
            tokio::spawn(async move { settlements.settle(GroupId::new(), &ledger, SIMPLIFIED).await })
        });
        for other in futures::future::join_all(others).await {
            assert_eq!(other.unwrap().unwrap().transfers.len(), 1);
        }
        assert_eq!(all.available_permits(), 1);
    }

    #[tokio::test(start_paused = true)]
    async fn a_request_that_waits_too_long_is_refused_and_can_be_retried() {
        let settlements = Settlements::new(1);
        let ledger = ledger(1_00);
        let place = settlements.searches.acquire().await.unwrap();
        let refused = settlements.settle(GroupId::new(), &ledger, SIMPLIFIED).await.unwrap_err();
        assert!(refused.is(Code::Overloaded), "{refused:?}");
        drop(place);
        assert!(settlements.settle(GroupId::new(), &ledger, SIMPLIFIED).await.is_ok());
    }

    #[tokio::test]
    async fn the_cache_is_bounded() {
        let settlements = Settlements::new(1);
        let ledger = ledger(1_00);
        let oldest = GroupId::new();
        settlements.plan(oldest, &ledger, SIMPLIFIED);
        for _ in 0..CAPACITY {
            settlements.plan(GroupId::new(), &ledger, SIMPLIFIED);
        }
        let remembered = settlements.remembered.lock().unwrap();
        assert_eq!(remembered.plans.len(), CAPACITY);
        assert!(!remembered.plans.contains_key(&(oldest, SIMPLIFIED)));
    }
}
