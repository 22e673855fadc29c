//! GraphQL types of settlements.

use async_graphql::{ComplexObject, Context, SimpleObject};
use contracts::{GroupId, MemberId, roster::Roster};
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
use crate::{explanation::Subject, pay_option, reminder::Pair, settlement::Mode};

/// The transfers that are proposed in a group.
pub(super) struct Plan<'a> {
    pub(super) roster: &'a Roster,
    pub(super) transfers: &'a [money::Transfer<MemberId>],
    /// How they were found.
    pub(super) mode: Mode,
    /// The households that settle as one in it.
    pub(super) households: &'a [Vec<MemberId>],
}

/// A proposed payment.
#[derive(SimpleObject)]
#[graphql(complex)]
pub(super) struct Transfer {
    #[graphql(skip)]
    subjects: Vec<Subject>,
    #[graphql(skip)]
    proposed: (GroupId, money::Transfer<MemberId>),
    #[graphql(skip)]
    mode: Mode,
    /// The payer.
    #[graphql(provides = "name")]
    from: Member,
    /// The receiver.
    #[graphql(provides = "name")]
    to: Member,
    /// The amount; positive.
    amount: Money,
}

#[ComplexObject]
impl Transfer {
    /// The expenses and payments that add up to it, the newest first; those of a household member by member. If the group
    /// simplifies debts, they explain the payer's balance, less what the payer is to pay to others.
    async fn because(
        &self,
        ctx: &Context<'_>,
        #[graphql(default_with = "Some(20)")] first: Option<i32>,
        after: Option<String>,
    ) -> Option<Outcome<CauseConnection>> {
        Some(because(ctx, (self.proposed.0, &self.subjects), first, after.as_deref()).await)
    }

    /// The ways in which the caller can pay it outside of Quits, in the receiver's order; empty for everybody except
    /// the payer.
    async fn pay_options(&self, ctx: &Context<'_>) -> Option<Outcome<Vec<PayOption>>> {
        Some(self.ways_to_pay(ctx).await)
    }

    /// When the caller last reminded the payer, in any group; null if never, and for everybody except the receiver.
    async fn reminded_at(&self, ctx: &Context<'_>) -> Outcome<Option<DateTime>> {
        let (group, transfer) = &self.proposed;
        let (loaders, caller) = (data::<Loaders>(ctx)?, data::<Caller>(ctx)?);
        let roster = loaders.roster(*group).await?;
        let pair = roster.and_then(|roster| {
            let creditor = caller.user().ok()?;
            let is_own = roster.active_member_of(creditor)?.member_id == transfer.to;
            let debtor = roster.member(transfer.from)?.user_id?;
            is_own.then_some(Pair { debtor, creditor })
        });
        let Some(pair) = pair else { return Ok(None) };
        Ok(loaders.reminded_at(pair).await?.map(DateTime::from))
    }
}

impl Transfer {
    /// Reveals how the receiver can be paid only if groups and expenses confirm that the caller is to pay.
    async fn ways_to_pay(&self, ctx: &Context<'_>) -> Outcome<Vec<PayOption>> {
        let loaders = data::<Loaders>(ctx)?;
        let (group, transfer) = &self.proposed;
        let debts = loaders.debts(*group, self.mode.per_household).await?;
        let Some(debts) = debts.filter(|debts| debts.proposes(transfer)) else {
            return Ok(Vec::new());
        };
        let Some(receiver) = debts.user_of(transfer.to) else { return Ok(Vec::new()) };
        let handles = loaders.pay_handles(receiver).await?;
        let ways = handles.iter().flat_map(|handles| handles.iter());
        let ways = ways.filter_map(|handle| pay_option::PayOption::new(handle, transfer.amount, &debts.roster.name));
        Ok(ways.map(PayOption::from).collect())
    }

    /// Creates a transfer of a plan.
    pub(super) fn new(plan: &Plan<'_>, transfer: &money::Transfer<MemberId>) -> Self {
        let &Plan { roster, transfers, mode, households } = plan;
        let group = roster.group_id;
        Self {
            subjects: Subject::transfer(group, transfer, transfers, mode.simplify, households),
            proposed: (group, transfer.clone()),
            mode,
            from: Member::named(transfer.from, roster),
            to: Member::named(transfer.to, roster),
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
    pub(super) fn new(plan: &Plan<'_>, minimal: bool, ledger_version: i32) -> Self {
        let transfers = plan.transfers.iter().map(|transfer| Transfer::new(plan, transfer)).collect();
        Self { transfers, minimal, ledger_version }
    }
}
