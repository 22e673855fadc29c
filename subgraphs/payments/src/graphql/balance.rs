//! Balances.

use async_graphql::{ComplexObject, Context, SimpleObject};
use contracts::{GroupId, MemberId};
use kit::{Outcome, graphql::Money};
use money::{Amount, ledger::Nets};

use super::{
    cause::{CauseConnection, because},
    reference::Member,
};
use crate::explanation::Subject;

/// What one member is owed (positive) or owes (negative) in one currency.
#[derive(SimpleObject)]
#[graphql(complex)]
pub(super) struct Balance {
    #[graphql(skip)]
    subject: Subject,
    /// Whose balance.
    member: Member,
    /// What is owed to the member, less what the member owes.
    net: Money,
}

#[ComplexObject]
impl Balance {
    /// The expenses and payments that the present balance is made of, the newest first; they add up to it.
    async fn because(
        &self,
        ctx: &Context<'_>,
        #[graphql(default_with = "Some(20)")] first: Option<i32>,
        after: Option<String>,
    ) -> Option<Outcome<CauseConnection>> {
        Some(because(ctx, &self.subject, first, after.as_deref()).await)
    }
}

impl Balance {
    /// A row for every net of a group.
    pub(super) fn rows(group: GroupId, nets: &Nets<MemberId>) -> Vec<Self> {
        let row = |(&(member, currency), &minor): (&(MemberId, _), &i64)| Self {
            subject: Subject::balance(group, member, currency),
            member: member.into(),
            net: Amount::new(minor, currency).into(),
        };
        nets.iter().map(row).collect()
    }
}
