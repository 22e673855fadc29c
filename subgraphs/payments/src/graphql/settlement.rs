//! Settlements.

use async_graphql::{ComplexObject, Context, SimpleObject};
use contracts::{GroupId, MemberId};
use kit::{Outcome, graphql::Money};

use super::{
    cause::{CauseConnection, because},
    reference::Member,
};
use crate::explanation::Subject;

/// A payment that is proposed.
#[derive(SimpleObject)]
#[graphql(complex)]
pub(super) struct Transfer {
    #[graphql(skip)]
    subject: Subject,
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
}

impl Transfer {
    /// A transfer of a group, among all that are proposed.
    pub(super) fn new(
        group: GroupId,
        transfer: &money::Transfer<MemberId>,
        all: &[money::Transfer<MemberId>],
        simplify: bool,
    ) -> Self {
        Self {
            subject: Subject::transfer(group, transfer, all, simplify),
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
