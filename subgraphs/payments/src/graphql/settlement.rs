//! Settlements.

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

/// A payment that is proposed.
#[derive(SimpleObject)]
#[graphql(complex)]
pub(super) struct Transfer {
    #[graphql(skip)]
    subject: Subject,
    #[graphql(skip)]
    proposed: (GroupId, money::Transfer<MemberId>),
    /// Who should pay.
    from: Member,
    /// Who should be paid.
    to: Member,
    /// How much; more than zero.
    amount: Money,
}

#[ComplexObject]
impl Transfer {
    /// The expenses and payments that add up to it, the newest first. Where the group simplifies, it is the payer's balance
    /// that is paid, and what the payer is to pay to others is taken off.
    async fn because(
        &self,
        ctx: &Context<'_>,
        #[graphql(default_with = "Some(20)")] first: Option<i32>,
        after: Option<String>,
    ) -> Option<Outcome<CauseConnection>> {
        Some(because(ctx, &self.subject, first, after.as_deref()).await)
    }

    /// How the caller can pay it outside of Quits, in the receiver's order; none unless it is for the caller to pay.
    async fn pay_options(&self, ctx: &Context<'_>) -> Option<Outcome<Vec<PayOption>>> {
        Some(self.ways_to_pay(ctx).await)
    }

    /// When the caller, who is to receive it, reminded the payer the last time; null for others and before that.
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
    /// Shows how the receiver can be paid only where those who know say that the caller is to pay.
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

    /// A transfer of a group, among all that are proposed.
    pub(super) fn new(
        group: GroupId,
        transfer: &money::Transfer<MemberId>,
        all: &[money::Transfer<MemberId>],
        simplify: bool,
    ) -> Self {
        Self {
            subject: Subject::transfer(group, transfer, all, simplify),
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
    /// Sorted by currency, payer and receiver.
    transfers: Vec<Transfer>,
    /// Whether it is proved that fewer transfers cannot do.
    minimal: bool,
    /// The ledgerVersion of the balances that it settles.
    ledger_version: i32,
}

impl Settlement {
    pub(super) fn new(
        group: GroupId,
        settlement: &money::Settlement<MemberId>,
        simplify: bool,
        ledger_version: i32,
    ) -> Self {
        let all = &settlement.transfers;
        let transfers = all.iter().map(|transfer| Transfer::new(group, transfer, all, simplify)).collect();
        Self { transfers, minimal: settlement.minimal, ledger_version }
    }
}
