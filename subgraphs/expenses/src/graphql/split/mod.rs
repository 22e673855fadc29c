//! GraphQL types of splits.

mod input;
mod rule;

use async_graphql::{Context, Enum, Object, SimpleObject};
use contracts::{MemberId, event::MemberAmount};
use kit::{
    Outcome,
    graphql::{Money, MoneyInput, request},
};
use money::{Amount, Currency, Split};

use super::{argument::without_input, reference::Member};
use crate::services::Services;
pub(super) use input::{SplitInput, member_id};
pub(super) use rule::SplitRule;

#[derive(Default)]
pub(super) struct SplitQueries;

#[Object]
impl SplitQueries {
    /// Returns the shares that createExpense would save now.
    async fn preview_split(&self, ctx: &Context<'_>, total: MoneyInput, split: SplitInput) -> Outcome<Vec<Share>> {
        let (services, caller) = request::<Services>(ctx)?;
        let total = total.amount("total")?;
        let split = split.read(total.currency, "split")?;
        let previewed = services.expenses.preview(caller, total, &split).await;
        Ok(shares(&previewed.map_err(|failure| without_input(failure, ""))?, total.currency))
    }
}

/// The amount that one member paid or owes.
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

/// One line of a receipt.
#[derive(SimpleObject)]
pub(super) struct Item {
    name: String,
    amount: Money,
    /// The members who share it.
    members: Vec<Member>,
}

pub(super) fn items(split: &Split<MemberId>, currency: Currency) -> Vec<Item> {
    let Split::Items(itemized) = split else { return Vec::new() };
    let item = |item: &money::Item<MemberId>| Item {
        name: item.name.clone(),
        amount: Amount::new(item.minor, currency).into(),
        members: item.members.iter().copied().map(Into::into).collect(),
    };
    itemized.items.iter().map(item).collect()
}

/// The rule by which an expense is split.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
pub(super) enum SplitMode {
    /// Equal shares.
    Equal,
    /// An exact amount for each member.
    Exact,
    /// Percentages, which add up to 100.
    Percent,
    /// In proportion to weights.
    Weights,
    /// Equal shares, plus or minus an amount for each member.
    Adjustments,
    /// By items: each item is shared by the members who had it.
    Items,
}

impl From<&Split<MemberId>> for SplitMode {
    fn from(split: &Split<MemberId>) -> Self {
        match split {
            Split::Equal(_) => Self::Equal,
            Split::Exact(_) => Self::Exact,
            Split::Percent(_) => Self::Percent,
            Split::Weights(_) => Self::Weights,
            Split::Adjustments(_) => Self::Adjustments,
            Split::Items(_) => Self::Items,
        }
    }
}
