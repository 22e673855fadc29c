//! Shares what is asked about a watched group among all its subscribers in this process.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, OnceLock, PoisonError},
    time::Duration,
};

use contracts::{
    GroupId, Trace,
    ask::Asker,
    ledger::GroupLedger,
    ledgers::{ExpenseLedgers, LedgerOfGroup},
    roster::{Roster, Rosters},
};
use kit::{
    Failure, Outcome,
    gather::Gather,
    journal::{Head, Journal},
    run_to_end,
    settings::{ExposeSecret, SecretString},
};
use tokio::{sync::OnceCell, time::Instant};

use super::{ExpenseLedger, GroupBalances};

/// Answers older than this are removed when the cache is full.
const MAX_AGE: Duration = Duration::from_secs(1);
/// The size at which the cache is cleaned up.
const CAPACITY: usize = 1_024;

type Answer = Arc<OnceCell<Option<Arc<State>>>>;

/// A group at one moment.
pub(crate) struct State {
    pub(crate) roster: Arc<Roster>,
    /// A failure while expenses does not answer.
    pub(crate) expenses: Outcome<LedgerOfGroup>,
    payments: Option<Head<GroupLedger>>,
    /// Computed once, for all subscribers.
    balances: OnceLock<Outcome<Arc<GroupBalances>>>,
}

impl State {
    /// Returns the balances; fails while expenses does not answer.
    pub(crate) fn balances(&self) -> Outcome<Arc<GroupBalances>> {
        let add_up = || {
            let expenses = ExpenseLedger::try_from(self.expenses.clone()?)?;
            let balances = GroupBalances::new(expenses, self.payments.as_ref(), &self.roster, self.roster.simplify)?;
            Ok(Arc::new(balances))
        };
        self.balances.get_or_init(add_up).clone()
    }

    pub(super) fn versions(&self) -> Versions {
        Versions {
            groups: self.roster.version,
            payments: self.payments.as_ref().map_or(0, |head| head.version),
            expenses: self.expenses.as_ref().ok().map(|of| of.version),
        }
    }
}

/// What each subgraph has changed in a group so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Versions {
    groups: i64,
    payments: i64,
    /// `None` while expenses does not answer.
    expenses: Option<i64>,
}

impl Versions {
    /// Whether somebody who was shown `seen` has missed something.
    pub(super) fn are_news_after(self, seen: Self) -> bool {
        let unknown = self.expenses.is_none();
        (self.groups, self.payments) != (seen.groups, seen.payments) || (!unknown && self.expenses != seen.expenses)
    }
}

/// Asks with the service key, so that one answer serves all subscribers. The caller must check what its user may see.
pub(super) struct SharedStates {
    pub(super) rosters: Arc<dyn Rosters>,
    pub(super) ledgers: Arc<dyn ExpenseLedgers>,
    pub(super) journal: Arc<Journal<GroupLedger>>,
    pub(super) service_key: SecretString,
    pub(super) asked: Mutex<HashMap<GroupId, (Instant, Answer)>>,
    pub(super) read: Gather<GroupId, Option<Arc<Roster>>>,
}

impl SharedStates {
    /// Returns a group's state from an answer requested at `since` or later; `None` if the group does not exist.
    pub(super) async fn state(&self, group: GroupId, since: Instant) -> Outcome<Option<Arc<State>>> {
        let answer = self.answer(group, since);
        // A failed request leaves the cell empty, so that the next waiter asks again.
        answer.get_or_try_init(|| self.ask(group)).await.cloned()
    }

    /// Returns the present roster of a group; one question is for all who read it at the same moment.
    pub(super) async fn roster(&self, group: GroupId) -> Outcome<Option<Arc<Roster>>> {
        let ask = || async { Ok(self.rosters.rosters(&self.asker(), &[group]).await?.remove(&group).map(Arc::new)) };
        self.read.load(group, ask).await
    }

    async fn ask(&self, group: GroupId) -> Outcome<Option<Arc<State>>> {
        let (asker, groups) = (self.asker(), [group]);
        let (rosters, ledgers, head) = tokio::join!(
            self.rosters.rosters(&asker, &groups),
            self.ledgers.ledgers(&asker, &groups),
            self.head(group),
        );
        let payments = head?;
        let expenses = ledgers.map(|mut ledgers| ledgers.remove(&group).unwrap_or_else(|| empty(group)));
        let expenses = expenses.map_err(Failure::from);
        let state = |roster| State { roster: Arc::new(roster), expenses, payments, balances: OnceLock::new() };
        Ok(rosters?.remove(&group).map(state).map(Arc::new))
    }

    /// Reads to the end although a subscriber may be gone meanwhile: MongoDB's driver needs long to recover from reads
    /// that are given up.
    async fn head(&self, group: GroupId) -> Outcome<Option<Head<GroupLedger>>> {
        let journal = Arc::clone(&self.journal);
        run_to_end(async move { journal.head(group.0).await }).await.flatten()
    }

    fn asker(&self) -> Asker {
        Asker::Service { key: self.service_key.expose_secret().to_owned(), trace: Trace::start() }
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

/// The ledger of a group without expenses.
fn empty(group_id: GroupId) -> LedgerOfGroup {
    LedgerOfGroup { group_id, version: 0, ledger_version: Some(0), ledger: GroupLedger::default() }
}
