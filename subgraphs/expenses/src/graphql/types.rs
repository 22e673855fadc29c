//! The types of the public schema that expenses answers for.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use contracts::{GroupId, MemberId, event::MemberAmount};
use kit::{
    Failure, Outcome,
    graphql::{CurrencyCode, Date, DateTime, Decimal, Money},
};
use money::{Amount, Currency};

use super::{
    drafts::Advice,
    loader::{AdviceLoader, loader},
    request,
};
use crate::{advice, expense, revision::Revision, split_rule::SplitRule};

/// A member; groups knows who it is.
#[derive(SimpleObject)]
#[graphql(unresolvable = "id")]
pub(super) struct Member {
    id: ID,
}

impl From<MemberId> for Member {
    fn from(id: MemberId) -> Self {
        Self { id: id.to_string().into() }
    }
}

/// A group, as far as its expenses go.
pub(super) struct Group(pub(super) GroupId);

/// An expense.
pub(super) struct Expense(pub(super) expense::Expense);

/// Something that some members paid for and some members share.
#[Object]
impl Expense {
    async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    async fn group(&self) -> Group {
        Group(self.0.group_id)
    }

    /// What it was for.
    async fn description(&self) -> &str {
        &self.0.description
    }

    async fn total(&self) -> Money {
        self.0.total.into()
    }

    /// The day it was spent.
    async fn date(&self) -> Date {
        self.0.date.into()
    }

    /// A word such as "groceries".
    async fn category(&self) -> &str {
        &self.0.category
    }

    async fn notes(&self) -> Option<&str> {
        self.0.notes.as_deref()
    }

    /// Who paid; adds up to the total.
    async fn payers(&self) -> Vec<Share> {
        shares(&self.0.payers, self.0.total.currency)
    }

    async fn split_mode(&self) -> SplitMode {
        (&self.0.split).into()
    }

    /// Who owes; adds up to the total.
    async fn shares(&self) -> Vec<Share> {
        shares(&self.0.shares, self.0.total.currency)
    }

    /// The lines of the receipt, when it is split by items.
    async fn items(&self) -> Vec<Item> {
        items(&self.0.split, self.0.total.currency)
    }

    async fn created_by(&self) -> Member {
        self.0.created_by.into()
    }

    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }

    async fn updated_at(&self) -> DateTime {
        self.0.updated_at.into()
    }

    async fn deleted_at(&self) -> Option<DateTime> {
        self.0.deleted_at.map(Into::into)
    }

    /// Grows with every change; an edit names the version that it was made for.
    async fn version(&self) -> i32 {
        i32::try_from(self.0.version).unwrap_or(i32::MAX)
    }

    /// Who changed what, the oldest first.
    async fn history(&self, ctx: &Context<'_>) -> Result<Vec<ExpenseRevision>, Failure> {
        let (expenses, _) = request(ctx)?;
        Ok(expenses.history(&self.0).await?.into_iter().map(Into::into).collect())
    }

    /// What an advisor thinks of this version; nothing changes until a person accepts it.
    async fn advice(&self, ctx: &Context<'_>) -> Option<Outcome<Advice>> {
        let found = async { loader::<AdviceLoader>(ctx)?.load(self.0.id).await };
        let shown = |found: Arc<advice::Advice>| {
            let advice = (*found).clone().for_version(&self.0)?;
            Some(Advice { expense: self.0.clone(), advice })
        };
        found.await.map(|found| found.and_then(shown)).transpose()
    }
}

/// What one member paid or owes.
#[derive(SimpleObject)]
pub(super) struct Share {
    member: Member,
    amount: Money,
}

pub(super) fn shares(parts: &[MemberAmount], currency: Currency) -> Vec<Share> {
    let share = |part: &MemberAmount| Share {
        member: part.member_id.into(),
        amount: Amount::new(part.amount_minor, currency).into(),
    };
    parts.iter().map(share).collect()
}

/// One version of an expense.
#[derive(SimpleObject)]
pub(super) struct ExpenseRevision {
    version: i32,
    at: DateTime,
    by: Member,
    /// What was changed, in words.
    change: String,
    /// The total after it.
    total: Money,
    /// The description after it.
    description: String,
}

impl From<Revision> for ExpenseRevision {
    fn from(revision: Revision) -> Self {
        let Revision { version, at, by, change, total, description } = revision;
        let version = i32::try_from(version).unwrap_or(i32::MAX);
        Self { version, at: at.into(), by: by.into(), change, total: total.into(), description }
    }
}

/// One line of a receipt.
#[derive(SimpleObject)]
pub(super) struct Item {
    name: String,
    amount: Money,
    /// Who had it.
    members: Vec<Member>,
}

pub(super) fn items(split: &SplitRule, currency: Currency) -> Vec<Item> {
    let SplitRule::Items { items, .. } = split else { return Vec::new() };
    let item = |item: &crate::split_rule::ReceiptItem| Item {
        name: item.name.clone(),
        amount: Amount::new(item.amount_minor, currency).into(),
        members: item.members.iter().copied().map(Into::into).collect(),
    };
    items.iter().map(item).collect()
}

/// How an expense is split.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
pub(super) enum SplitMode {
    /// The same for each.
    Equal,
    /// So much each.
    Exact,
    /// Percentages that make 100.
    Percent,
    /// In proportion to weights.
    Weights,
    /// Equal, and so much more or less each.
    Adjustments,
    /// Every item by those who had it.
    Items,
}

impl From<&SplitRule> for SplitMode {
    fn from(rule: &SplitRule) -> Self {
        match rule {
            SplitRule::Equal { .. } => Self::Equal,
            SplitRule::Exact { .. } => Self::Exact,
            SplitRule::Percent { .. } => Self::Percent,
            SplitRule::Weights { .. } => Self::Weights,
            SplitRule::Adjustments { .. } => Self::Adjustments,
            SplitRule::Items { .. } => Self::Items,
        }
    }
}

/// One snapshot of what the expenses add to each balance of a group. Only for other subgraphs.
#[derive(SimpleObject)]
#[graphql(inaccessible)]
pub(super) struct ExpenseNets {
    pub(super) version: i32,
    pub(super) nets: Vec<MemberNet>,
    pub(super) debts: Vec<MemberDebt>,
}

/// What the expenses add to one balance.
#[derive(SimpleObject)]
#[graphql(inaccessible)]
pub(super) struct MemberNet {
    pub(super) member_id: ID,
    pub(super) amount: Decimal,
    pub(super) currency: CurrencyCode,
}

/// What one member owes another by the expenses.
#[derive(SimpleObject)]
#[graphql(inaccessible)]
pub(super) struct MemberDebt {
    pub(super) from: ID,
    pub(super) to: ID,
    pub(super) amount: Decimal,
    pub(super) currency: CurrencyCode,
}
