//! Input types of splits and their validation. Each refusal names the field.

use async_graphql::{ID, InputObject, OneofObject};
use contracts::MemberId;
use kit::{
    Outcome, Refusal,
    graphql::{Decimal, not_a_number, read_id},
    text::{NAME, line},
};
use money::{AmountRefusal, Currency, Itemized, Split, parse_hundredths};
use serde::Serialize;

/// The amount that a member owes.
#[derive(InputObject, Serialize)]
pub(in crate::graphql) struct ExactShareInput {
    member_id: ID,
    amount: Decimal,
}

/// The percentage of the total that a member owes; all add up to 100.
#[derive(InputObject, Serialize)]
pub(in crate::graphql) struct PercentShareInput {
    member_id: ID,
    /// Up to two decimals.
    percent: Decimal,
}

/// The weight of a member's share in relation to the others.
#[derive(InputObject, Serialize)]
pub(in crate::graphql) struct WeightedShareInput {
    member_id: ID,
    /// Up to two decimals, not negative.
    weight: Decimal,
}

/// How much more than an equal share a member owes.
#[derive(InputObject, Serialize)]
pub(in crate::graphql) struct AdjustmentInput {
    member_id: ID,
    /// May be negative; zero for a member with an equal share.
    amount: Decimal,
}

/// One line of a receipt.
#[derive(InputObject, Serialize)]
pub(in crate::graphql) struct ItemInput {
    name: String,
    amount: Decimal,
    /// The members who share it equally.
    member_ids: Vec<ID>,
}

/// A receipt: items, and amounts that are distributed in proportion to the items.
#[derive(InputObject, Serialize)]
pub(in crate::graphql) struct ItemizedInput {
    items: Vec<ItemInput>,
    #[graphql(default_with = "zero()")]
    tax: Option<Decimal>,
    #[graphql(default_with = "zero()")]
    tip: Option<Decimal>,
    #[graphql(default_with = "zero()")]
    discount: Option<Decimal>,
}

#[allow(clippy::unnecessary_wraps, reason = "the default of an optional input field is an Option")]
fn zero() -> Option<Decimal> {
    Some(Decimal("0".to_owned()))
}

/// How an expense is split: exactly one of these fields.
#[derive(OneofObject, Serialize)]
pub(in crate::graphql) enum SplitInput {
    /// Equal shares for these members.
    Equal(Vec<ID>),
    /// An exact amount for each member; they add up to the total.
    Exact(Vec<ExactShareInput>),
    /// Percentages, which add up to 100.
    Percent(Vec<PercentShareInput>),
    /// In proportion to weights.
    Weights(Vec<WeightedShareInput>),
    /// Equal shares, plus or minus an amount for each member.
    Adjustments(Vec<AdjustmentInput>),
    /// By items: each item is shared by the members who had it.
    Items(ItemizedInput),
}

impl SplitInput {
    /// Returns the split; `field` is its path in the request, for refusals.
    pub(in crate::graphql) fn read(&self, currency: Currency, field: &str) -> Outcome<Split<MemberId>> {
        Ok(match self {
            Self::Equal(members) => Split::Equal(member_ids(members, &format!("{field}.equal"))?),
            Self::Exact(rows) => {
                let rows = rows.iter().map(|row| (&row.member_id, &row.amount));
                Split::Exact(amounts(rows, currency, &format!("{field}.exact"))?)
            }
            Self::Percent(rows) => {
                let rows = rows.iter().map(|row| (&row.member_id, &row.percent));
                Split::Percent(hundredths(rows, &format!("{field}.percent"), "percent")?)
            }
            Self::Weights(rows) => {
                let rows = rows.iter().map(|row| (&row.member_id, &row.weight));
                Split::Weights(hundredths(rows, &format!("{field}.weights"), "weight")?)
            }
            Self::Adjustments(rows) => {
                let rows = rows.iter().map(|row| (&row.member_id, &row.amount));
                Split::Adjustments(amounts(rows, currency, &format!("{field}.adjustments"))?)
            }
            Self::Items(itemized) => Split::Items(itemized.read(currency, &format!("{field}.items"))?),
        })
    }
}

impl ItemizedInput {
    fn read(&self, currency: Currency, field: &str) -> Outcome<Itemized<MemberId>> {
        let minor = |amount: &Option<Decimal>, name: &str| -> Outcome<i64> {
            let Some(amount) = amount else { return Ok(0) };
            Ok(amount.amount(currency, &format!("{field}.{name}"))?.minor)
        };
        let items =
            self.items.iter().enumerate().map(|(row, item)| item.read(currency, &format!("{field}.items.{row}")));
        Ok(Itemized {
            items: items.collect::<Outcome<_>>()?,
            tax: minor(&self.tax, "tax")?,
            tip: minor(&self.tip, "tip")?,
            discount: minor(&self.discount, "discount")?,
        })
    }
}

impl ItemInput {
    fn read(&self, currency: Currency, field: &str) -> Outcome<money::Item<MemberId>> {
        Ok(money::Item {
            name: line(&format!("{field}.name"), &self.name, NAME)?,
            minor: self.amount.amount(currency, &format!("{field}.amount"))?.minor,
            members: member_ids(&self.member_ids, &format!("{field}.memberIds"))?,
        })
    }
}

fn amounts<'a>(
    rows: impl Iterator<Item = (&'a ID, &'a Decimal)>,
    currency: Currency,
    field: &str,
) -> Outcome<Vec<(MemberId, i64)>> {
    rows.enumerate()
        .map(|(row, (id, amount))| {
            let field = format!("{field}.{row}.amount");
            let minor = amount.amount(currency, &field)?.minor;
            Ok((member_id(id, &field)?, minor))
        })
        .collect()
}

fn hundredths<'a>(
    rows: impl Iterator<Item = (&'a ID, &'a Decimal)>,
    field: &str,
    name: &str,
) -> Outcome<Vec<(MemberId, u64)>> {
    rows.enumerate()
        .map(|(row, (id, decimal))| {
            let field = format!("{field}.{row}.{name}");
            let refuse = |why| not_a_number(field.clone(), why);
            let hundredths = parse_hundredths(&decimal.0).map_err(refuse)?;
            // Splits are stored with signed integers.
            i64::try_from(hundredths).map_err(|_| refuse(AmountRefusal::TooLarge))?;
            Ok((member_id(id, &field)?, hundredths))
        })
        .collect()
}

fn member_ids(ids: &[ID], field: &str) -> Outcome<Vec<MemberId>> {
    ids.iter().map(|id| member_id(id, field)).collect()
}

pub(in crate::graphql) fn member_id(id: &ID, field: &str) -> Outcome<MemberId> {
    read_id(id, Refusal::invalid(field, "Everyone named must be a member of the group now."))
}
