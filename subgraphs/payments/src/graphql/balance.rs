//! GraphQL types of balances.

use std::collections::BTreeSet;

use async_graphql::{ComplexObject, Context, SimpleObject};
use contracts::{GroupId, MemberId};
use kit::{Outcome, graphql::Money};
use money::{Amount, ledger::Nets};

use super::{
    cause::{CauseConnection, because},
    reference::Member,
};
use crate::explanation::Subject;

/// The balance of one member in one currency: positive if the member is owed.
#[derive(SimpleObject)]
#[graphql(complex)]
pub(super) struct Balance {
    /// `None` if it is that of a household.
    #[graphql(skip)]
    subject: Option<Subject>,
    member: Member,
    /// What the member is owed less what the member owes.
    net: Money,
}

#[ComplexObject]
impl Balance {
    /// The expenses and payments that add up to the present balance, the newest first. Null for a household: its members'
    /// balances explain it.
    async fn because(
        &self,
        ctx: &Context<'_>,
        #[graphql(default_with = "Some(20)")] first: Option<i32>,
        after: Option<String>,
    ) -> Option<Outcome<CauseConnection>> {
        Some(because(ctx, self.subject.as_ref()?, first, after.as_deref()).await)
    }
}

impl Balance {
    /// Returns a row for every net of a group. These members are of households that have one balance.
    pub(super) fn rows(group: GroupId, nets: &Nets<MemberId>, together: &BTreeSet<MemberId>) -> Vec<Self> {
        let row = |(&(member, currency), &minor): (&(MemberId, _), &i64)| Self {
            subject: (!together.contains(&member)).then(|| Subject::balance(group, member, currency)),
            member: member.into(),
            net: Amount::new(minor, currency).into(),
        };
        nets.iter().map(row).collect()
    }
}
