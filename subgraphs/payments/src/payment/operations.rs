//! Use cases of payments: record, act on, edit, list.

use std::{collections::HashMap, sync::Arc};

use chrono::NaiveDate;
use contracts::{
    Event, GroupId, MemberId, PaymentId,
    event::PaymentChange,
    ledger::GroupLedger,
    payments::{PaymentRow, PaymentsQuestion},
    roster::{FormerRosters, Membership, Rosters, group_not_found, membership},
};
use kit::{
    Caller, Clock, Code, Failure, Outcome,
    graphql::{Page, PageRequest},
    journal::{Change, Committed, HistoryPage, IdempotencyKey, Journal, Recorded},
    mongo::Write,
    role::Resources,
};
use money::Currency;

use super::{
    Action, CardState, Edit, NewPayment, Payment, departed, former::check_settles, postings, store::PaymentStore,
};
use crate::{balance::Balances, config::Config, refusal::Refusal};

/// How often an action is retried when the payment is changed concurrently.
const MAX_RETRIES: u32 = 4;

/// The largest page of payments for other subgraphs.
const MAX_PAGE: usize = 1_000;

/// The service for payments.
pub(crate) struct Payments {
    pub(super) store: PaymentStore,
    pub(super) journal: Arc<Journal<GroupLedger>>,
    rosters: Arc<dyn Rosters>,
    former: FormerRosters,
    balances: Arc<Balances>,
    clock: Clock,
}

impl Payments {
    pub(crate) fn new(
        resources: &Resources<Config, GroupLedger>,
        rosters: Arc<dyn Rosters>,
        former: FormerRosters,
        balances: Arc<Balances>,
    ) -> Self {
        Self {
            store: PaymentStore::new(&resources.database),
            journal: Arc::clone(&resources.journal),
            rosters,
            former,
            balances,
            clock: resources.clock.clone(),
        }
    }

    /// Creates the indexes.
    pub(crate) async fn prepare(&self) -> Outcome<()> {
        self.store.prepare().await
    }

    /// Records a payment that was made. A repeated request with the same key returns the recorded payment.
    pub(crate) async fn record(&self, caller: &Caller, key: &str, new: NewPayment) -> Outcome<Payment> {
        let user = caller.user()?;
        let group = self.membership_ever(caller, new.group_id).await?;

        let id = PaymentId::new();
        let key = IdempotencyKey::new(user, "recordPayment", key, &new, id.0)?;
        let (payment, based_on) = match self.decided(caller, id, &new, &group).await {
            Ok(decided) => decided,
            // What was recorded earlier is not refused because it could not be recorded any more.
            Err(failure) => match self.journal.earlier_result(&key).await? {
                Some(earlier) => return self.recorded(PaymentId(earlier)).await,
                None => return Err(failure),
            },
        };
        let event = payment.processed();
        let postings = postings(&event)?;
        let change = Change::new(payment.group_id.0, event)
            .by(caller)
            .posting(postings)
            .writing([self.store.insert(&payment)?])
            .once(key);
        match self.journal.commit(based_on.into_iter().fold(change, Change::expecting)).await? {
            Committed::Applied { .. } => Ok(payment),
            Committed::AlreadyApplied(earlier) => self.recorded(PaymentId(earlier)).await,
        }
    }

    /// Returns the payment that is to be recorded, and the version of the payments that this depends on. Somebody who
    /// has left only settles.
    async fn decided(
        &self,
        caller: &Caller,
        id: PaymentId,
        new: &NewPayment,
        group: &Membership,
    ) -> Outcome<(Payment, Option<i64>)> {
        if group.member.left {
            let nets = self.balances.now(caller.trace, new.group_id).await?;
            check_settles(new, group.member.member_id, &nets)?;
        }
        let now = self.clock.now();
        let payment = Payment::recorded(id, new, group, (now, caller.today(now)))?;
        let based_on = self.check_departed(caller, group, None, &payment).await?;
        Ok((payment, based_on))
    }

    /// Refuses what makes the balance of somebody who has left worse. Returns the version of the payments that this
    /// depends on; `None` if nobody who has left is affected.
    async fn check_departed(
        &self,
        caller: &Caller,
        group: &Membership,
        before: Option<&Payment>,
        after: &Payment,
    ) -> Outcome<Option<i64>> {
        let lowered = departed::lowered(before, after, &group.roster, group.member.member_id);
        if lowered.is_empty() {
            return Ok(None);
        }
        let id = group.roster.group_id;
        let version = self.journal.head(id.0).await?.map_or(0, |head| head.version);
        let nets = self.balances.now(caller.trace, id).await?;
        for lowered in lowered {
            let net = nets.get(&(lowered.member, lowered.currency)).copied().unwrap_or(0);
            let paid = self.store.paid_after_leaving((id, lowered.currency), lowered.member).await?;
            lowered.check(net, paid)?;
        }
        Ok(Some(version))
    }

    /// Returns the caller's membership of a group, also a former one.
    async fn membership_ever(&self, caller: &Caller, group: GroupId) -> Outcome<Membership> {
        let user = caller.user()?;
        let present = membership(&*self.rosters, &caller.asker()?, user, group).await.map_err(Failure::from);
        match present {
            Err(failure) if failure.is(Code::GroupNotFound) => {
                let roster = self.former.of(user, &[group], caller.trace).await?.remove(&group);
                let roster = roster.filter(|roster| !roster.archived).ok_or_else(group_not_found)?;
                let member = roster.former_member_of(user).cloned().ok_or_else(group_not_found)?;
                Ok(Membership { roster, member })
            }
            present => present,
        }
    }

    /// Performs an action on a payment; idempotent.
    pub(crate) async fn act(&self, caller: &Caller, id: PaymentId, action: &Action) -> Outcome<Payment> {
        let mut tries = 0;
        loop {
            let (payment, group) = self.changeable(caller, id).await?;
            let after = payment.after(action, group.member.member_id, self.clock.now())?;
            let Some(changed) = after else { return Ok(payment) };
            tries += 1;
            match self.change(caller, &group, &payment, changed).await {
                // The payment was changed concurrently: the action may still be allowed in its new state.
                Err(failure) if failure.is(Code::StaleVersion) && tries < MAX_RETRIES => {}
                changed => return changed,
            }
        }
    }

    /// Edits a payment; refused if `version` is outdated.
    pub(crate) async fn edit(&self, caller: &Caller, id: PaymentId, version: i32, edit: &Edit) -> Outcome<Payment> {
        let (before, group) = self.changeable(caller, id).await?;
        let by = group.member.member_id;
        if before.version != version {
            return Err(Refusal::Stale { present: Some(before.version) }.into());
        }
        let Some(after) = before.edited(edit, by, caller.today(self.clock.now()))? else { return Ok(before) };
        let change = PaymentChange { before: before.facts(), after: after.facts(), by };
        self.change(caller, &group, &before, (after, Event::PaymentUpdated(change))).await
    }

    /// Starts a card payment and commits this write with it. A repeated request with the same key returns the started
    /// payment.
    pub(crate) async fn begin(
        &self,
        caller: &Caller,
        payment: Payment,
        key: IdempotencyKey,
        write: Write,
    ) -> Outcome<Payment> {
        // Once its money has moved, it is booked whether there is room or not.
        self.journal.check_room(payment.group_id.0, &postings(&payment.processed())?).await?;
        let change = Change::new(payment.group_id.0, Event::PaymentStarted(payment.facts()))
            .by(caller)
            .writing([self.store.insert(&payment)?, write])
            .once(key);
        match self.journal.commit(change).await? {
            Committed::Applied { .. } => Ok(payment),
            Committed::AlreadyApplied(earlier) => self.recorded(PaymentId(earlier)).await,
        }
    }

    /// Updates a card payment to its state at the provider; idempotent.
    pub(crate) async fn follow(&self, id: PaymentId, state: &CardState) -> Outcome<Payment> {
        let mut tries = 0;
        loop {
            let payment = self.recorded(id).await?;
            let Some((after, event)) = payment.next_step(state) else { return Ok(payment) };
            match self.journal.commit(self.next(&after, event)?.having_happened()).await {
                // The payment was changed concurrently: compute the next step from its new state.
                Err(failure) if failure.is(Code::StaleVersion) && tries < MAX_RETRIES => tries += 1,
                changed => drop(changed?),
            }
        }
    }

    /// Returns pages of the histories of payments. The caller must have been checked to see the payments.
    pub(crate) async fn histories(&self, pages: &[HistoryPage]) -> Outcome<HashMap<HistoryPage, Vec<Recorded>>> {
        self.journal.histories(pages).await
    }

    /// Returns those payments that exist, without checking who may see them.
    pub(crate) async fn by_id(&self, ids: &[PaymentId]) -> Outcome<HashMap<PaymentId, Payment>> {
        self.store.payments(ids).await
    }

    /// Returns a page of a group's payments. The caller must have been checked to see the group.
    pub(crate) async fn of_group(&self, group: GroupId, page: &PageRequest) -> Outcome<Page<Payment>> {
        self.store.page(group, page).await
    }

    /// Returns the payments that count in a group's balances in one currency: those of one member, or those between
    /// two.
    pub(crate) async fn moving(
        &self,
        ledger: (GroupId, Currency),
        members: (MemberId, Option<MemberId>),
        limit: usize,
        after: Option<(NaiveDate, PaymentId)>,
    ) -> Outcome<Vec<Payment>> {
        self.store.moving(ledger, members, limit, after).await
    }

    /// Returns a page of the payments that count in a group's balances; empty if the caller may not see the group.
    pub(crate) async fn counted(&self, caller: &Caller, question: &PaymentsQuestion) -> Outcome<Vec<PaymentRow>> {
        let rosters = self.rosters.rosters(&caller.asker()?, &[question.group]).await?;
        if !rosters.contains_key(&question.group) {
            return Ok(Vec::new());
        }
        let bounded = PaymentsQuestion { first: question.first.min(MAX_PAGE), ..question.clone() };
        Ok(self.store.counted(&bounded).await?.into_iter().map(Payment::row).collect())
    }

    /// Returns a page of the payments from and to these members, who must all be the caller.
    pub(crate) async fn of_members(&self, members: &[MemberId], page: &PageRequest) -> Outcome<Page<Payment>> {
        self.store.page_of_members(members, page).await
    }

    /// Returns a payment that the caller may change, and the caller's membership.
    async fn changeable(&self, caller: &Caller, id: PaymentId) -> Outcome<(Payment, Membership)> {
        let user = caller.user()?;
        let payment = self.store.payment(id).await?.ok_or(Refusal::PaymentNotFound)?;
        let membership = membership(&*self.rosters, &caller.asker()?, user, payment.group_id).await;
        let hide = |failure| Failure::from(failure).hidden_as(Code::GroupNotFound, Refusal::PaymentNotFound);
        Ok((payment, membership.map_err(hide)?))
    }

    /// Commits a change by a member.
    async fn change(
        &self,
        caller: &Caller,
        group: &Membership,
        before: &Payment,
        (after, event): (Payment, Event),
    ) -> Outcome<Payment> {
        let based_on = self.check_departed(caller, group, Some(before), &after).await?;
        let change = self.next(&after, event)?.by(caller);
        self.journal.commit(based_on.into_iter().fold(change, Change::expecting)).await?;
        Ok(after)
    }

    /// Describes the change of a payment to its next version.
    fn next(&self, after: &Payment, event: Event) -> Outcome<Change<GroupLedger>> {
        let postings = postings(&event)?;
        Ok(Change::new(after.group_id.0, event).posting(postings).writing([self.store.replace(after)?]))
    }

    /// Returns a payment that an earlier request recorded.
    pub(crate) async fn recorded(&self, id: PaymentId) -> Outcome<Payment> {
        let payment = self.store.payment(id).await?;
        payment.ok_or_else(|| Failure::internal(format!("payment {id} was recorded but is not there")))
    }
}
