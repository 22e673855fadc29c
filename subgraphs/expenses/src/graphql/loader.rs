//! Data loaders of a request. Each batches the keys of one kind into one query.

use std::{collections::HashMap, hash::Hash, sync::Arc};

use async_graphql::{Context, Data};
use contracts::{
    ExpenseId, GroupId, ScheduleId,
    ledger::GroupLedger,
    roster::{FormerRosters, Roster},
};
use kit::{Caller, Outcome, graphql::Loader, journal::Head, settings::ExposeSecret};

use crate::{
    advice::Advice, attachment::Attachment, comment::Comment, expense::Expense, schedule::Schedule, services::Services,
};

/// Loads the rosters that the caller may see.
pub(super) type RosterLoader = Loader<GroupId, Arc<Roster>>;

/// Loads the rosters of groups that the caller has left.
pub(super) struct FormerRosterLoader(pub(super) Loader<GroupId, Arc<Roster>>);

/// Loads the heads of groups' ledgers.
pub(super) type HeadLoader = Loader<GroupId, Arc<Head<GroupLedger>>>;

/// Loads expenses by id.
pub(super) type ExpenseLoader = Loader<ExpenseId, Arc<Expense>>;

/// Loads advice by the id of its expense.
pub(super) type AdviceLoader = Loader<ExpenseId, Arc<Advice>>;

/// Loads the comments on an expense, the oldest first.
pub(super) type CommentLoader = Loader<ExpenseId, Arc<Vec<Comment>>>;

/// Loads the attachments of an expense, the oldest first.
pub(super) type AttachmentLoader = Loader<ExpenseId, Arc<Vec<Attachment>>>;

/// Loads schedules by id.
pub(super) type ScheduleLoader = Loader<ScheduleId, Arc<Schedule>>;

/// Adds the loaders for a request of this caller.
pub(crate) fn add_loaders(services: &Arc<Services>, caller: &Caller, data: &mut Data) {
    let (former, by) = (
        FormerRosters::new(Arc::clone(&services.expenses.rosters), services.expenses.service_key.expose_secret()),
        caller.clone(),
    );
    data.insert(FormerRosterLoader(Loader::new(move |groups: Vec<GroupId>| {
        let (former, by) = (former.clone(), by.clone());
        async move { Ok(shared(former.of(by.user()?, &groups, by.trace).await?)) }
    })));
    let (asked, caller) = (Arc::clone(services), caller.clone());
    data.insert(RosterLoader::new(move |groups| {
        let (services, caller) = (Arc::clone(&asked), caller.clone());
        async move {
            match groups.as_slice() {
                [group] => {
                    let roster = services.expenses.roster_seen_by(&caller, *group).await?;
                    Ok(roster.map(|roster| (*group, roster)).into_iter().collect())
                }
                groups => Ok(shared(services.expenses.rosters.rosters(&caller.asker()?, groups).await?)),
            }
        }
    }));
    let asked = Arc::clone(services);
    data.insert(HeadLoader::new(move |groups| {
        let services = Arc::clone(&asked);
        async move {
            let streams: Vec<_> = groups.iter().map(|group| group.0).collect();
            let heads = services.expenses.journal.heads(&streams).await?;
            Ok(heads.into_iter().filter_map(|head| Some((head.stream.parse().ok()?, head))).collect())
        }
    }));
    let asked = Arc::clone(services);
    data.insert(ExpenseLoader::new(move |ids| {
        let services = Arc::clone(&asked);
        async move { Ok(shared(services.expenses.store.find_all(&ids).await?.into_iter().map(|one| (one.id, one)))) }
    }));
    let asked = Arc::clone(services);
    data.insert(CommentLoader::new(move |ids| {
        let services = Arc::clone(&asked);
        async move {
            let comments = services.comments.store.of(&ids).await?;
            Ok(shared(grouped(comments.into_iter().map(|one| (one.expense_id, one)))))
        }
    }));
    let asked = Arc::clone(services);
    data.insert(AttachmentLoader::new(move |ids| {
        let services = Arc::clone(&asked);
        async move {
            let attachments = services.attachments.store.of(&ids).await?;
            Ok(shared(grouped(attachments.into_iter().map(|one| (one.expense_id, one)))))
        }
    }));
    let asked = Arc::clone(services);
    data.insert(ScheduleLoader::new(move |ids| {
        let services = Arc::clone(&asked);
        async move { Ok(shared(services.schedules.store.find_all(&ids).await?.into_iter().map(|one| (one.id, one)))) }
    }));
    let asked = Arc::clone(services);
    data.insert(AdviceLoader::new(move |ids| {
        let services = Arc::clone(&asked);
        async move { Ok(shared(services.advice.store.find_all(&ids).await?.into_iter().map(|one| (one.expense_id, one)))) }
    }));
}

/// Returns a loader of the request.
pub(super) fn loader<'a, L: Send + Sync + 'static>(ctx: &Context<'a>) -> Outcome<&'a L> {
    kit::graphql::data(ctx)
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
