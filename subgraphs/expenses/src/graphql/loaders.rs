//! Data loaders of a request. Each batches the keys of one kind into one query.

use std::{collections::HashMap, fmt::Debug, hash::Hash, sync::Arc};

use contracts::{
    ExpenseId, GroupId, ScheduleId,
    ledger::GroupLedger,
    roster::{FormerRosters, Roster},
};
use kit::{
    Caller, Outcome,
    graphql::Loader,
    journal::{Head, HistoryPage, Recorded},
    settings::ExposeSecret,
};

use crate::{
    advice::Advice, attachment::Attachment, comment::Comment, expense::Expense, schedule::Schedule, services::Services,
};

/// The data loaders of one request.
pub(crate) struct Loaders {
    rosters: Loader<GroupId, Arc<Roster>>,
    former: Loader<GroupId, Arc<Roster>>,
    heads: Loader<GroupId, Arc<Head<GroupLedger>>>,
    expenses: Loader<ExpenseId, Arc<Expense>>,
    advice: Loader<ExpenseId, Arc<Advice>>,
    comments: Loader<ExpenseId, Arc<Vec<Comment>>>,
    attachments: Loader<ExpenseId, Arc<Vec<Attachment>>>,
    schedules: Loader<ScheduleId, Arc<Schedule>>,
    histories: Loader<HistoryPage, Arc<Vec<Recorded>>>,
}

impl Loaders {
    /// Creates the loaders for this caller.
    pub(crate) fn new(services: &Arc<Services>, caller: &Caller) -> Self {
        Self {
            rosters: rosters(services, caller),
            former: former(services, caller),
            heads: loader(services, |services, groups: Vec<GroupId>| async move {
                let streams: Vec<_> = groups.iter().map(|group| group.0).collect();
                let heads = services.expenses.journal.heads(&streams).await?;
                Ok(heads.into_iter().filter_map(|head| Some((head.stream.parse().ok()?, head))).collect())
            }),
            expenses: loader(services, |services, ids: Vec<ExpenseId>| async move {
                Ok(shared(services.expenses.store.find_all(&ids).await?.into_iter().map(|one| (one.id, one))))
            }),
            advice: loader(services, |services, ids: Vec<ExpenseId>| async move {
                Ok(shared(services.advice.store.find_all(&ids).await?.into_iter().map(|one| (one.expense_id, one))))
            }),
            comments: loader(services, |services, ids: Vec<ExpenseId>| async move {
                let comments = services.comments.store.of(&ids).await?;
                Ok(shared(grouped(comments.into_iter().map(|one| (one.expense_id, one)))))
            }),
            attachments: loader(services, |services, ids: Vec<ExpenseId>| async move {
                let attachments = services.attachments.store.of(&ids).await?;
                Ok(shared(grouped(attachments.into_iter().map(|one| (one.expense_id, one)))))
            }),
            schedules: loader(services, |services, ids: Vec<ScheduleId>| async move {
                Ok(shared(services.schedules.store.find_all(&ids).await?.into_iter().map(|one| (one.id, one))))
            }),
            histories: loader(services, |services, pages: Vec<HistoryPage>| async move {
                Ok(shared(services.expenses.journal.histories(&pages).await?))
            }),
        }
    }

    /// Returns the roster of a group; `None` if the caller may not see it.
    pub(super) async fn roster(&self, group: GroupId) -> Outcome<Option<Arc<Roster>>> {
        self.rosters.load(group).await
    }

    /// Returns the roster of a group that the caller is or was in, for data that concerns the caller alone.
    pub(super) async fn roster_ever(&self, group: GroupId) -> Outcome<Option<Arc<Roster>>> {
        match self.roster(group).await? {
            None => self.former.load(group).await,
            roster => Ok(roster),
        }
    }

    /// Returns the head of a group's ledger; `None` before the first expense.
    pub(super) async fn head(&self, group: GroupId) -> Outcome<Option<Arc<Head<GroupLedger>>>> {
        self.heads.load(group).await
    }

    /// Returns an expense, without a check whether the caller may see it.
    pub(super) async fn expense(&self, id: ExpenseId) -> Outcome<Option<Arc<Expense>>> {
        self.expenses.load(id).await
    }

    /// Returns the advice about an expense.
    pub(super) async fn advice(&self, expense: ExpenseId) -> Outcome<Option<Arc<Advice>>> {
        self.advice.load(expense).await
    }

    /// Returns the comments on an expense, the oldest first.
    pub(super) async fn comments(&self, expense: ExpenseId) -> Outcome<Option<Arc<Vec<Comment>>>> {
        self.comments.load(expense).await
    }

    /// Returns the attachments of an expense, the oldest first.
    pub(super) async fn attachments(&self, expense: ExpenseId) -> Outcome<Option<Arc<Vec<Attachment>>>> {
        self.attachments.load(expense).await
    }

    /// Returns a page of the history of an expense, without a check whether the caller may see it.
    pub(super) async fn history(&self, page: HistoryPage) -> Outcome<Option<Arc<Vec<Recorded>>>> {
        self.histories.load(page).await
    }

    /// Returns a schedule.
    pub(super) async fn schedule(&self, id: ScheduleId) -> Outcome<Option<Arc<Schedule>>> {
        self.schedules.load(id).await
    }
}

fn rosters(services: &Arc<Services>, caller: &Caller) -> Loader<GroupId, Arc<Roster>> {
    let caller = caller.clone();
    loader(services, move |services, groups: Vec<GroupId>| {
        let caller = caller.clone();
        async move {
            if let [group] = groups.as_slice() {
                let roster = services.expenses.roster_seen_by(&caller, *group).await?;
                return Ok(roster.map(|roster| (*group, roster)).into_iter().collect());
            }
            Ok(shared(services.expenses.rosters.rosters(&caller.asker()?, &groups).await?))
        }
    })
}

fn former(services: &Arc<Services>, caller: &Caller) -> Loader<GroupId, Arc<Roster>> {
    let key = services.expenses.service_key.expose_secret();
    let (former, caller) = (FormerRosters::new(Arc::clone(&services.expenses.rosters), key), caller.clone());
    Loader::new(move |groups: Vec<GroupId>| {
        let (former, caller) = (former.clone(), caller.clone());
        async move { Ok(shared(former.of(caller.user()?, &groups, caller.trace).await?)) }
    })
}

fn loader<K, V, F>(
    services: &Arc<Services>,
    find: impl Fn(Arc<Services>, Vec<K>) -> F + Send + Sync + 'static,
) -> Loader<K, V>
where
    K: Clone + Debug + Eq + Hash + Send + Sync + 'static,
    V: Clone + Send + Sync + 'static,
    F: Future<Output = Outcome<HashMap<K, V>>> + Send + 'static,
{
    let services = Arc::clone(services);
    Loader::new(move |keys| find(Arc::clone(&services), keys))
}

fn grouped<K: Eq + Hash, V>(found: impl IntoIterator<Item = (K, V)>) -> HashMap<K, Vec<V>> {
    let mut groups: HashMap<K, Vec<V>> = HashMap::new();
    for (key, value) in found {
        groups.entry(key).or_default().push(value);
    }
    groups
}

fn shared<K: Eq + Hash, V>(found: impl IntoIterator<Item = (K, V)>) -> HashMap<K, Arc<V>> {
    found.into_iter().map(|(key, value)| (key, Arc::new(value))).collect()
}
