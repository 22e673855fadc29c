//! Loaders: everything that one request needs of a kind is asked for together.

use std::{collections::HashMap, sync::Arc};

use async_graphql::ID;
use contracts::{GroupId, PaymentId, ledger::GroupLedger, roster::Roster};
use kit::{Caller, Outcome, graphql::Loader, journal::Head};

use crate::{Payments, payment::Payment};

/// The loaders of one request.
pub struct Loaders {
    caller: Caller,
    rosters: Loader<GroupId, Arc<Roster>>,
    heads: Loader<GroupId, Arc<Head<GroupLedger>>>,
    payments: Loader<PaymentId, Payment>,
}

impl Loaders {
    /// For what this caller asks.
    pub fn new(payments: &Payments, caller: &Caller) -> Self {
        let (rosters, asking) = (Arc::clone(&payments.rosters), caller.clone());
        let journal = Arc::clone(&payments.journal);
        let store = payments.store.clone();
        Self {
            caller: caller.clone(),
            rosters: Loader::new(move |groups| {
                let (rosters, caller) = (Arc::clone(&rosters), asking.clone());
                async move {
                    let found = rosters.rosters(&caller.asker()?, &groups).await?;
                    Ok(found.into_iter().map(|(group, roster)| (group, Arc::new(roster))).collect())
                }
            }),
            heads: Loader::new(move |groups: Vec<GroupId>| {
                let journal = Arc::clone(&journal);
                async move {
                    let streams: Vec<_> = groups.iter().map(|group| group.0).collect();
                    let heads = journal.heads(&streams).await?.into_iter();
                    let heads = heads.filter_map(|head| Some((head.stream.parse().ok()?, Arc::new(head))));
                    Ok(heads.collect::<HashMap<_, _>>())
                }
            }),
            payments: Loader::new(move |ids| {
                let store = store.clone();
                async move { store.payments(&ids).await }
            }),
        }
    }

    /// The roster of a group; `None` when the caller may not see it.
    pub async fn roster(&self, group: GroupId) -> Outcome<Option<Arc<Roster>>> {
        self.rosters.load(group).await
    }

    /// What the payments of a group add up to; `None` before the first.
    pub async fn head(&self, group: GroupId) -> Outcome<Option<Arc<Head<GroupLedger>>>> {
        self.heads.load(group).await
    }

    /// A payment; `None` when the caller may not see its group.
    pub async fn payment(&self, id: &ID) -> Outcome<Option<Payment>> {
        self.caller.user()?;
        let Some(id) = kit::graphql::id(id) else { return Ok(None) };
        let Some(payment) = self.payments.load(id).await? else { return Ok(None) };
        let visible = self.roster(payment.group_id).await?.is_some();
        Ok(visible.then_some(payment))
    }
}
