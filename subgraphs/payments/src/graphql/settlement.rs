//! GraphQL types of settlements.

use std::collections::BTreeSet;

use async_graphql::{ComplexObject, Context, SimpleObject};
use contracts::{GroupId, MemberId};
use kit::{
    Caller, Outcome,
    graphql::{DateTime, Money, data},
};

use super::{
    cause::{CauseConnection, because},
    loaders::Loaders,
    pay_option::PayOption,
    reference::Member,
};
use crate::{explanation::Subject, pay_option, reminder::Pair};

/// A proposed payment.
#[derive(SimpleObject)]
#[graphql(complex)]
pub(super) struct Transfer {
    /// `None` if it is of a household.
    #[graphql(skip)]
    subject: Option<Subject>,
    #[graphql(skip)]
    proposed: (GroupId, money::Transfer<MemberId>),
    /// The payer.
    from: Member,
    /// The receiver.
    to: Member,
    /// The amount; positive.
    amount: Money,
}

#[ComplexObject]
impl Transfer {
    /// The expenses and payments that add up to it, the newest first. If the group simplifies debts, they explain the
    /// payer's balance, less what the payer is to pay to others. Null if a household pays or is paid: its members'
    /// balances explain it.
    async fn because(
        &self,
        ctx: &Context<'_>,
        #[graphql(default_with = "Some(20)")] first: Option<i32>,
        after: Option<String>,
    ) -> Option<Outcome<CauseConnection>> {
        Some(because(ctx, self.subject.as_ref()?, first, after.as_deref()).await)
    }

    /// The ways in which the caller can pay it outside of Quits, in the receiver's order; empty for everybody except
    /// the payer.
    async fn pay_options(&self, ctx: &Context<'_>) -> Option<Outcome<Vec<PayOption>>> {
        Some(self.ways_to_pay(ctx).await)
    }

    /// When the caller last reminded the payer; null if never, and for everybody except the receiver.
    async fn reminded_at(&self, ctx: &Context<'_>) -> Outcome<Option<DateTime>> {
        let (group, transfer) = &self.proposed;
        let (loaders, caller) = (data::<Loaders>(ctx)?, data::<Caller>(ctx)?);
        let roster = loaders.roster(*group).await?;
        let own = roster.as_deref().and_then(|roster| roster.active_member_of(caller.user().ok()?));
        if own.is_none_or(|own| own.member_id != transfer.to) {
            return Ok(None);
        }
        let pair = Pair { group: *group, debtor: transfer.from, creditor: transfer.to };
        Ok(loaders.reminded_at(pair).await?.map(DateTime::from))
    }
}

impl Transfer {
    /// Reveals how the receiver can be paid only if groups and expenses confirm that the caller is to pay.
    async fn ways_to_pay(&self, ctx: &Context<'_>) -> Outcome<Vec<PayOption>> {
        let loaders = data::<Loaders>(ctx)?;
        let (group, transfer) = &self.proposed;
        let Some(debts) = loaders.debts(*group).await?.filter(|debts| debts.proposes(transfer)) else {
            return Ok(Vec::new());
        };
        let Some(receiver) = debts.user_of(transfer.to) else { return Ok(Vec::new()) };
        let handles = loaders.pay_handles(receiver).await?;
        let ways = handles.iter().flat_map(|handles| handles.iter());
        let ways = ways.filter_map(|handle| pay_option::PayOption::new(handle, transfer.amount, &debts.roster.name));
        Ok(ways.map(PayOption::from).collect())
    }

    /// Creates a transfer of a group from all that are proposed. These members are of households that settle as one.
    pub(super) fn new(
        group: GroupId,
        transfer: &money::Transfer<MemberId>,
        all: &[money::Transfer<MemberId>],
        simplify: bool,
        together: &BTreeSet<MemberId>,
    ) -> Self {
        let is_own = !together.contains(&transfer.from) && !together.contains(&transfer.to);
        Self {
            subject: is_own.then(|| Subject::transfer(group, transfer, all, simplify)),
            proposed: (group, transfer.clone()),
            from: transfer.from.into(),
            to: transfer.to.into(),
            amount: transfer.amount.into(),
        }
    }
}

/// Payments that would bring every balance of a group to zero.
#[derive(SimpleObject)]
pub(super) struct Settlement {
    /// Ordered by currency, payer and receiver.
    transfers: Vec<Transfer>,
    /// Whether it is proved that there is no settlement with fewer transfers.
    minimal: bool,
    /// The ledgerVersion of the balances that it settles.
    ledger_version: i32,
}

impl Settlement {
    pub(super) fn new(
        group: GroupId,
        settlement: &money::Settlement<MemberId>,
        simplify: bool,
        together: &BTreeSet<MemberId>,
        ledger_version: i32,
    ) -> Self {
        let all = &settlement.transfers;
        let transfers = all.iter().map(|transfer| Transfer::new(group, transfer, all, simplify, together)).collect();
        Self { transfers, minimal: settlement.minimal, ledger_version }
    }
}
