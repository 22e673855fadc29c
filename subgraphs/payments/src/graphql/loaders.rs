//! Loaders: everything that one request needs of a kind is asked for together.

use std::{collections::HashMap, sync::Arc};

use ::dataloader::{BatchFn, non_cached::Loader};
use async_graphql::ID;
use contracts::{GroupId, PaymentId, roster::Roster};
use kit::{
    Caller, Failure, Outcome,
    journal::Head,
    load::{HeadLoader, RosterLoader, answers, head_loader, roster_loader},
};

use crate::{Payments, payment::Payment, store::Store};

type Answer<T> = Outcome<Option<Arc<T>>>;

/// The loaders of one request.
pub struct Loaders {
    caller: Caller,
    rosters: RosterLoader,
    heads: HeadLoader,
    payments: Loader<PaymentId, Answer<Payment>, PaymentBatch>,
}

struct PaymentBatch(Store);

impl BatchFn<PaymentId, Answer<Payment>> for PaymentBatch {
    async fn load(&mut self, ids: &[PaymentId]) -> HashMap<PaymentId, Answer<Payment>> {
        answers(ids, self.0.payments(ids).await)
    }
}

impl Loaders {
    /// For what this caller asks.
    pub fn new(payments: &Payments, caller: &Caller) -> Self {
        Self {
            caller: caller.clone(),
            rosters: roster_loader(&payments.rosters, caller),
            heads: head_loader(&payments.journal),
            payments: Loader::new(PaymentBatch(payments.store.clone())),
        }
    }

    /// The roster of a group; `None` when the caller may not see it.
    pub async fn roster(&self, group: GroupId) -> Answer<Roster> {
        self.rosters.try_load(group).await.map_err(Failure::internal)?
    }

    /// What the payments of a group add up to; `None` before the first.
    pub async fn head(&self, group: GroupId) -> Answer<Head> {
        self.heads.try_load(group).await.map_err(Failure::internal)?
    }

    /// A payment; `None` when the caller may not see its group.
    pub async fn payment(&self, id: &ID) -> Outcome<Option<Payment>> {
        self.caller.user()?;
        let Some(id) = kit::graphql::id(id) else { return Ok(None) };
        let Some(payment) = self.payments.try_load(id).await.map_err(Failure::internal)?? else { return Ok(None) };
        let visible = self.roster(payment.group_id).await?.is_some();
        Ok(visible.then(|| Payment::clone(&payment)))
    }
}
