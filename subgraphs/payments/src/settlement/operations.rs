//! Searches settlements off the async threads, and remembers the last of each group.

use std::{
    collections::HashMap,
    sync::{Arc, LazyLock, Mutex, PoisonError},
    time::Instant,
};

use contracts::{GroupId, MemberId};
use kit::{Failure, Outcome, telemetry::metrics::Timing};
use money::{Ledger, settle, settle::Settlement};
use tokio::sync::OnceCell;

/// So many groups' settlements are remembered.
const REMEMBERED: usize = 1_024;

static SEARCHES: LazyLock<Timing> = LazyLock::new(|| {
    let help = "How long settlements were searched for, by whether the fewest transfers are proved.";
    Timing::new("quits_settle_seconds", help, &["exact"])
});

type Plan = Arc<OnceCell<Arc<Settlement<MemberId>>>>;

/// The last settlement of each group. A settlement follows from the ledger alone, so what is remembered counts for that
/// very ledger only, and cannot be out of date or somebody else's.
#[derive(Default)]
pub(crate) struct Settlements(Mutex<Remembered>);

#[derive(Default)]
struct Remembered {
    plans: HashMap<(GroupId, bool), Entry>,
    uses: u64,
}

struct Entry {
    ledger: Arc<Ledger<MemberId>>,
    plan: Plan,
    used: u64,
}

impl Settlements {
    /// The settlement of a ledger: with the fewest transfers, or along its debts where the group does not simplify.
    pub(crate) async fn settle(
        &self,
        group: GroupId,
        ledger: &Arc<Ledger<MemberId>>,
        simplify: bool,
    ) -> Outcome<Arc<Settlement<MemberId>>> {
        let plan = self.plan(group, ledger, simplify);
        let ledger = Arc::clone(ledger);
        let found = plan.get_or_try_init(|| async move {
            let search = tokio::task::spawn_blocking(move || search(&ledger, simplify));
            search.await.map_err(Failure::internal)?.map(Arc::new)
        });
        found.await.cloned()
    }

    /// Where the settlement is, or will be: whoever asks for the same meanwhile waits for the same search.
    fn plan(&self, group: GroupId, ledger: &Arc<Ledger<MemberId>>, simplify: bool) -> Plan {
        let mut remembered = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        remembered.uses += 1;
        let used = remembered.uses;
        let key = (group, simplify);
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
        if self.plans.len() <= REMEMBERED {
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
    use money::{Currency, ledger};

    use super::*;

    fn ledger(minor: i64) -> Arc<Ledger<MemberId>> {
        let (a, b) = (MemberId::new(), MemberId::new());
        let entry = ledger::Entry::of(&[(a, minor)], &[(b, minor)], Currency::from_code("EUR").unwrap()).unwrap();
        let mut ledger = Ledger::default();
        ledger.apply(&entry).unwrap();
        Arc::new(ledger)
    }

    #[tokio::test]
    async fn the_same_ledger_is_settled_once_and_another_one_anew() {
        let settlements = Settlements::default();
        let group = GroupId::new();
        let (before, after) = (ledger(1_00), ledger(2_00));
        let first = settlements.settle(group, &before, true).await.unwrap();
        let again = settlements.settle(group, &Arc::new(Ledger::clone(&before)), true).await.unwrap();
        assert!(Arc::ptr_eq(&first, &again));
        let other = settlements.settle(group, &after, true).await.unwrap();
        assert_eq!(other.transfers[0].amount.minor, 2_00);
    }

    #[tokio::test]
    async fn no_more_is_remembered_than_fits() {
        let settlements = Settlements::default();
        let ledger = ledger(1_00);
        let oldest = GroupId::new();
        settlements.plan(oldest, &ledger, true);
        for _ in 0..REMEMBERED {
            settlements.plan(GroupId::new(), &ledger, true);
        }
        let remembered = settlements.0.lock().unwrap();
        assert_eq!(remembered.plans.len(), REMEMBERED);
        assert!(!remembered.plans.contains_key(&(oldest, true)));
    }
}
