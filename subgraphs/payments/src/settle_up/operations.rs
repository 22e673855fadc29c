//! The use case of settling up.

use std::sync::Arc;

use chrono::NaiveDate;
use contracts::{
    GroupId, PaymentBatchId, PaymentId, Timestamp, UserId,
    ledger::GroupLedger,
    roster::{Membership, SharedGroups},
};
use kit::{
    Caller, Clock, Code, Outcome,
    journal::{IdempotencyKey, Journal},
    role::Resources,
};
use money::Amount;

use crate::{
    config::Config,
    debt::{Debts, GroupDebts},
    payment::{Method, NewPayment, Payment, Payments},
    refusal::Refusal,
};

/// How often to retry when the payments of these groups change concurrently.
const MAX_RETRIES: u32 = 4;

/// The most payments of one request, which are one transaction.
const MAX_PAYMENTS: usize = 200;

/// What a person asks to settle.
pub(crate) struct SettleUp {
    pub(crate) other: UserId,
    pub(crate) method: Method,
    /// The transfers that the person has seen, if they are to be settled only as seen.
    pub(crate) expected: Option<Vec<Expected>>,
}

/// A transfer that the person has seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Expected {
    pub(crate) group: GroupId,
    pub(crate) to_caller: bool,
    pub(crate) amount: Amount,
}

/// The service for settling up.
pub(crate) struct SettleUps {
    shared: Arc<dyn SharedGroups>,
    debts: Arc<Debts>,
    payments: Arc<Payments>,
    journal: Arc<Journal<GroupLedger>>,
    clock: Clock,
}

impl SettleUps {
    pub(crate) fn new(
        resources: &Resources<Config, GroupLedger>,
        shared: Arc<dyn SharedGroups>,
        debts: Arc<Debts>,
        payments: Arc<Payments>,
    ) -> Self {
        let (journal, clock) = (Arc::clone(&resources.journal), resources.clock.clone());
        Self { shared, debts, payments, journal, clock }
    }

    /// Records a payment for every proposed transfer between the caller and this person, atomically. A repeated request
    /// with the same key returns the recorded payments.
    pub(crate) async fn settle(
        &self,
        caller: &Caller,
        &SettleUp { other, method, ref expected }: &SettleUp,
        key: &str,
    ) -> Outcome<Vec<Payment>> {
        let user = caller.user()?;
        if user == other {
            return Err(Refusal::SettlesWithOneself.into());
        }
        let batch = PaymentBatchId::new();
        let key = IdempotencyKey::new(user, "settleBetween", key, &(other, method), batch.0)?;
        let mut tries = 0;
        loop {
            if let Some(earlier) = self.journal.earlier_result(&key).await? {
                return self.payments.of_batch(PaymentBatchId(earlier)).await;
            }
            let debts = self.debts_with(caller, other).await?;
            let now = self.clock.now();
            let payments = payments_for(&debts, other, (method, batch), (now, caller.today(now)))?;
            if expected.as_ref().is_some_and(|expected| !is_as_expected(&debts, other, expected)) {
                return Err(Refusal::OpenHasChanged.into());
            }
            if payments.is_empty() {
                return Ok(payments);
            }
            tries += 1;
            let versions = debts.iter().map(|debts| (debts.group, debts.payments_version)).collect();
            match self.payments.record_together(caller, payments, &versions, key.clone()).await {
                // Payments were recorded concurrently: less may be open now.
                Err(failure) if failure.is(Code::StaleVersion) && tries < MAX_RETRIES => {}
                recorded => return recorded,
            }
        }
    }

    /// Returns the settlements of the groups that the caller and this person share.
    async fn debts_with(&self, caller: &Caller, other: UserId) -> Outcome<Vec<Arc<GroupDebts>>> {
        let shared = self.shared.shared_with(&caller.asker()?, other).await?;
        let groups: Vec<GroupId> = shared.iter().map(|roster| roster.group_id).collect();
        let mut debts: Vec<_> = self.debts.of(caller, &groups).await?.into_values().collect();
        debts.sort_by_key(|debts| debts.group);
        Ok(debts)
    }
}

fn is_as_expected(debts: &[Arc<GroupDebts>], other: UserId, expected: &[Expected]) -> bool {
    let proposed = debts.iter().flat_map(|debts| {
        debts.between(other).map(|transfer| Expected {
            group: debts.group,
            to_caller: transfer.to == debts.member,
            amount: transfer.amount,
        })
    });
    let (mut proposed, mut expected) = (proposed.collect::<Vec<_>>(), expected.to_vec());
    for transfers in [&mut proposed, &mut expected] {
        transfers.sort_unstable_by_key(|each| (each.group, each.amount.currency, each.to_caller, each.amount.minor));
    }
    proposed == expected
}

/// Returns a payment for each proposed transfer with this person.
fn payments_for(
    debts: &[Arc<GroupDebts>],
    other: UserId,
    (method, batch): (Method, PaymentBatchId),
    (now, today): (Timestamp, NaiveDate),
) -> Result<Vec<Payment>, Refusal> {
    let mut payments = Vec::new();
    for debts in debts {
        for transfer in debts.between(other) {
            if debts.roster.archived {
                return Err(Refusal::ArchivedBetween { group: debts.roster.name.clone() });
            }
            let new = NewPayment {
                group_id: debts.group,
                from: transfer.from,
                to: transfer.to,
                amount: transfer.amount,
                paid: None,
                method,
                date: None,
                note: None,
            };
            let member = debts.roster.member(debts.member).cloned();
            let member = member.ok_or(Refusal::NotAMember { field: "userId" })?;
            let group = Membership { roster: (*debts.roster).clone(), member };
            let payment = Payment::recorded(PaymentId::new(), &new, &group, (now, today))?;
            payments.push(Payment { batch_id: Some(batch), ..payment });
        }
    }
    if payments.len() > MAX_PAYMENTS { Err(Refusal::TooManyTransfers { most: MAX_PAYMENTS }) } else { Ok(payments) }
}
