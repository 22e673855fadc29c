//! What people do with payments.

use contracts::{GroupId, MemberId, PaymentId, Timestamp, nets::NetRow, roster::membership};
use kit::{
    Caller, Failure, Outcome,
    graphql::{Page, PageRequest},
    journal::{Change, Committed, IdempotencyKey},
};
use money::{Ledger, ledger::Nets};

use crate::{
    Payments,
    payment::{NewPayment, Payment, postings},
    store::Store,
};

impl Payments {
    /// Records a payment that was made. The same key and payment again give what was recorded then.
    pub async fn record_payment(&self, caller: &Caller, key: &str, new: NewPayment) -> Outcome<Payment> {
        let user = caller.user()?;
        let group = membership(&*self.rosters, &caller.asker()?, user, new.group_id).await?;

        let made = PaymentId::new();
        let key = IdempotencyKey::new(user, "recordPayment", key, &new, made.0)?;
        if let Some(before) = self.journal.earlier_result(&key).await? {
            return self.kept(PaymentId(before)).await;
        }

        let payment = Payment::recorded(made, &new, &group, Timestamp::now())?;
        let event = payment.processed();

        let postings = postings(&event)?;
        let change = Change::new(payment.group_id.0, event)
            .by(caller)
            .posting(postings)
            .writing([Store::insert(&payment)?])
            .once(key);
        match self.journal.commit(change).await? {
            Committed::Applied { .. } => Ok(payment),
            Committed::AlreadyApplied(before) => self.kept(PaymentId(before)).await,
        }
    }

    /// A page of the payments in a group that the caller is known to see.
    pub async fn payments(&self, group: GroupId, page: &PageRequest) -> Outcome<Page<Payment>> {
        self.store.page(group, page).await
    }

    /// What the payments of a group had added to each balance at a moment; nothing for a group that the caller may not see.
    pub async fn nets_at(&self, caller: &Caller, group: GroupId, at: Timestamp) -> Outcome<Vec<NetRow>> {
        let rosters = self.rosters.rosters(&caller.asker()?, &[group]).await?;
        if rosters.contains_key(&group) { self.journal.snapshot_at(group.0, at).await } else { Ok(Vec::new()) }
    }

    /// What a group's expenses and payments added up to at a moment. The caller is known to see the group.
    pub async fn balances_at(&self, caller: &Caller, group: GroupId, at: Timestamp) -> Outcome<Nets<MemberId>> {
        let asker = caller.asker()?;
        let (expenses, payments) =
            tokio::join!(self.past.nets_at(&asker, group, at), self.journal.snapshot_at(group.0, at));
        let mut ledger = Ledger::default();
        for rows in [expenses?, payments?] {
            let nets = rows.iter().map(|row| ((row.member_id, row.currency), row.amount_minor)).collect();
            ledger.merge(&Ledger { nets, ..Ledger::default() }).map_err(Failure::internal)?;
        }
        if ledger.is_zero_sum() { Ok(ledger.nets) } else { Err(Failure::internal("past nets do not add up to zero")) }
    }

    /// A payment that was recorded before.
    async fn kept(&self, id: PaymentId) -> Outcome<Payment> {
        self.store
            .payment(id)
            .await?
            .ok_or_else(|| Failure::internal(format!("payment {id} was recorded but is not there")))
    }
}
