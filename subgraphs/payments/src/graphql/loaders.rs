//! Data loaders of a request. Each batches the keys of one kind into one query.

use std::sync::Arc;

use async_graphql::ID;
use contracts::{GroupId, PaymentId, Timestamp, UserId, ledger::GroupLedger, pay_handles::PayHandle, roster::Roster};
use kit::{
    Caller, Outcome,
    graphql::Loader,
    journal::{Head, HistoryPage, Recorded},
};

use crate::{debt::GroupDebts, payment::Payment, reminder::Pair, services::Services};

/// The data loaders of one request.
pub(crate) struct Loaders {
    caller: Caller,
    rosters: Loader<GroupId, Arc<Roster>>,
    former: Loader<GroupId, Arc<Roster>>,
    heads: Loader<GroupId, Arc<Head<GroupLedger>>>,
    payments: Loader<PaymentId, Payment>,
    debts: Loader<GroupId, Arc<GroupDebts>>,
    debts_per_household: Loader<GroupId, Arc<GroupDebts>>,
    pay_handles: Loader<UserId, Arc<Vec<PayHandle>>>,
    reminders: Loader<Pair, Timestamp>,
    histories: Loader<HistoryPage, Arc<Vec<Recorded>>>,
}

impl Loaders {
    /// Creates the loaders for this caller.
    pub(crate) fn new(services: &Arc<Services>, caller: &Caller) -> Self {
        Self {
            rosters: rosters(services, caller),
            former: former(services, caller),
            heads: heads(services),
            payments: payments(services),
            debts: debts(services, caller, false),
            debts_per_household: debts(services, caller, true),
            pay_handles: pay_handles(services, caller),
            reminders: reminders(services),
            histories: histories(services),
            caller: caller.clone(),
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

    /// Returns the ledger head of a group's payments; `None` before the first payment.
    pub(super) async fn head(&self, group: GroupId) -> Outcome<Option<Arc<Head<GroupLedger>>>> {
        self.heads.load(group).await
    }

    /// Returns the settlement of a group that the caller is or was in, from data that this subgraph asks for itself.
    pub(super) async fn debts(&self, group: GroupId, per_household: bool) -> Outcome<Option<Arc<GroupDebts>>> {
        if per_household { self.debts_per_household.load(group).await } else { self.debts.load(group).await }
    }

    /// Returns the pay handles of a person, whom the caller must have been checked to owe something; `None` if there
    /// are none.
    pub(super) async fn pay_handles(&self, user: UserId) -> Outcome<Option<Arc<Vec<PayHandle>>>> {
        self.pay_handles.load(user).await
    }

    /// Returns when a creditor last reminded a debtor.
    pub(super) async fn reminded_at(&self, pair: Pair) -> Outcome<Option<Timestamp>> {
        self.reminders.load(pair).await
    }

    /// Returns a page of the history of a payment, which the caller must have been checked to see.
    pub(super) async fn history(&self, page: HistoryPage) -> Outcome<Option<Arc<Vec<Recorded>>>> {
        self.histories.load(page).await
    }

    /// Returns a payment; `None` if the caller may not see its group.
    pub(super) async fn payment(&self, id: &ID) -> Outcome<Option<Payment>> {
        self.caller.user()?;
        let Some(id) = kit::graphql::id(id) else { return Ok(None) };
        let Some(payment) = self.payments.load(id).await? else { return Ok(None) };
        let visible = self.roster(payment.group_id).await?.is_some();
        Ok(visible.then_some(payment))
    }
}

fn rosters(services: &Arc<Services>, caller: &Caller) -> Loader<GroupId, Arc<Roster>> {
    let (services, caller) = (Arc::clone(services), caller.clone());
    Loader::new(move |groups: Vec<GroupId>| {
        let (services, caller) = (Arc::clone(&services), caller.clone());
        async move {
            if let [group] = groups.as_slice() {
                let roster = services.watches.roster_seen_by(&caller, *group).await?;
                return Ok(roster.map(|roster| (*group, roster)).into_iter().collect());
            }
            let found = services.rosters.rosters(&caller.asker()?, &groups).await?;
            Ok(found.into_iter().map(|(group, roster)| (group, Arc::new(roster))).collect())
        }
    })
}

fn former(services: &Arc<Services>, caller: &Caller) -> Loader<GroupId, Arc<Roster>> {
    let (former, caller) = (services.former.clone(), caller.clone());
    Loader::new(move |groups: Vec<GroupId>| {
        let (former, caller) = (former.clone(), caller.clone());
        async move {
            let found = former.of(caller.user()?, &groups, caller.trace).await?;
            Ok(found.into_iter().map(|(group, roster)| (group, Arc::new(roster))).collect())
        }
    })
}

fn heads(services: &Arc<Services>) -> Loader<GroupId, Arc<Head<GroupLedger>>> {
    let services = Arc::clone(services);
    Loader::new(move |groups: Vec<GroupId>| {
        let services = Arc::clone(&services);
        async move { services.balances.heads(&groups).await }
    })
}

fn debts(services: &Arc<Services>, caller: &Caller, per_household: bool) -> Loader<GroupId, Arc<GroupDebts>> {
    let (services, caller) = (Arc::clone(services), caller.clone());
    Loader::new(move |groups: Vec<GroupId>| {
        let (services, caller) = (Arc::clone(&services), caller.clone());
        async move {
            if per_household {
                services.debts.per_household(&caller, &groups).await
            } else {
                services.debts.of(&caller, &groups).await
            }
        }
    })
}

fn pay_handles(services: &Arc<Services>, caller: &Caller) -> Loader<UserId, Arc<Vec<PayHandle>>> {
    let (services, trace) = (Arc::clone(services), caller.trace);
    Loader::new(move |users: Vec<UserId>| {
        let services = Arc::clone(&services);
        async move { services.pay_options.handles(trace, &users).await }
    })
}

fn histories(services: &Arc<Services>) -> Loader<HistoryPage, Arc<Vec<Recorded>>> {
    let services = Arc::clone(services);
    Loader::new(move |pages: Vec<HistoryPage>| {
        let services = Arc::clone(&services);
        async move {
            let found = services.payments.histories(&pages).await?;
            Ok(found.into_iter().map(|(page, history)| (page, Arc::new(history))).collect())
        }
    })
}

fn reminders(services: &Arc<Services>) -> Loader<Pair, Timestamp> {
    let services = Arc::clone(services);
    Loader::new(move |pairs: Vec<Pair>| {
        let services = Arc::clone(&services);
        async move { services.reminders.last(&pairs).await }
    })
}

fn payments(services: &Arc<Services>) -> Loader<PaymentId, Payment> {
    let services = Arc::clone(services);
    Loader::new(move |ids: Vec<PaymentId>| {
        let services = Arc::clone(&services);
        async move { services.payments.by_id(&ids).await }
    })
}
