//! GraphQL types of balances.

use async_graphql::{ComplexObject, Context, SimpleObject};
use contracts::{GroupId, MemberId, roster::Roster};
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
    #[graphql(skip)]
    subjects: (GroupId, Vec<Subject>),
    #[graphql(provides = "name")]
    member: Member,
    /// What the member is owed less what the member owes.
    net: Money,
}

#[ComplexObject]
impl Balance {
    /// The expenses and payments that add up to the present balance, the newest first; those of a household member by
    /// member.
    async fn because(
        &self,
        ctx: &Context<'_>,
        #[graphql(default_with = "Some(20)")] first: Option<i32>,
        after: Option<String>,
    ) -> Option<Outcome<CauseConnection>> {
        Some(because(ctx, (self.subjects.0, &self.subjects.1), first, after.as_deref()).await)
    }
}

impl Balance {
    /// Returns a row for every net of a group. These households have one balance.
    pub(super) fn rows(roster: &Roster, nets: &Nets<MemberId>, households: &[Vec<MemberId>]) -> Vec<Self> {
        let group = roster.group_id;
        let row = |(&(member, currency), &minor): (&(MemberId, _), &i64)| Self {
            subjects: (group, Subject::balance(group, member, currency, households)),
            member: Member::named(member, roster),
            net: Amount::new(minor, currency).into(),
        };
        nets.iter().map(row).collect()
    }
}
