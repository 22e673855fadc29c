//! How clients send a split, and how it is read: every refusal names its field.

use async_graphql::{ID, InputObject, OneofObject};
use contracts::MemberId;
use kit::{
    Outcome, Refusal,
    graphql::{Decimal, read_id},
    text::{NAME, line},
};
use money::{Currency, Itemized, Split, parse_hundredths};
use serde::Serialize;

/// What a member owes.
#[derive(InputObject, Serialize)]
pub(in crate::graphql) struct ExactShareInput {
    member_id: ID,
    amount: Decimal,
}

/// What part of the total a member owes; all make 100.
#[derive(InputObject, Serialize)]
pub(in crate::graphql) struct PercentShareInput {
    member_id: ID,
    /// Up to two decimals.
    percent: Decimal,
}

/// How much of the total a member owes, in relation to the others.
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
    /// May be negative; zero for those who take part plainly.
    amount: Decimal,
}

/// One line of a receipt.
#[derive(InputObject, Serialize)]
pub(in crate::graphql) struct ItemInput {
    name: String,
    amount: Decimal,
    /// Who had it; shared equally.
    member_ids: Vec<ID>,
}

/// A receipt: items, and what is spread over them in proportion.
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

/// How an expense is split: exactly one of these.
#[derive(OneofObject, Serialize)]
pub(in crate::graphql) enum SplitInput {
    /// The same for each of these members.
    Equal(Vec<ID>),
    /// So much each; must make the total.
    Exact(Vec<ExactShareInput>),
    /// Percentages; must make 100.
    Percent(Vec<PercentShareInput>),
    /// In proportion to weights.
    Weights(Vec<WeightedShareInput>),
    /// Equal, and so much more or less each.
    Adjustments(Vec<AdjustmentInput>),
    /// Every item by those who had it.
    Items(ItemizedInput),
}

impl SplitInput {
    /// The split that is meant; `field` is where the split stands in the request.
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
            let refuse = |why: String| Refusal::invalid(field.clone(), why);
            let hundredths = parse_hundredths(&decimal.0).map_err(|refusal| refuse(refusal.to_string()))?;
            // They are stored as signed numbers.
            i64::try_from(hundredths).map_err(|_| refuse("the number is too large".to_owned()))?;
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
