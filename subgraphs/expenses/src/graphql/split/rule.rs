//! A split as it was entered: the same fields as `SplitInput`, so that an edit can start from them.

use async_graphql::{ID, SimpleObject};
use contracts::MemberId;
use kit::graphql::Decimal;
use money::{Amount, Currency, Item, Itemized, Split};

/// A split as it was entered. The only field that is not null can be sent again as `SplitInput`.
#[derive(SimpleObject, Default)]
pub(in crate::graphql) struct SplitRule {
    /// Equal shares for these members.
    equal: Option<Vec<ID>>,
    /// An exact amount for each member.
    exact: Option<Vec<ExactShare>>,
    /// Percentages.
    percent: Option<Vec<PercentShare>>,
    /// In proportion to weights.
    weights: Option<Vec<WeightedShare>>,
    /// Equal shares, plus or minus an amount for each member.
    adjustments: Option<Vec<Adjustment>>,
    /// By items: each item is shared by the members who had it.
    items: Option<Receipt>,
}

/// The amount that a member owes.
#[derive(SimpleObject)]
pub(in crate::graphql) struct ExactShare {
    member_id: ID,
    amount: Decimal,
}

/// The percentage of the total that a member owes.
#[derive(SimpleObject)]
pub(in crate::graphql) struct PercentShare {
    member_id: ID,
    percent: Decimal,
}

/// The weight of a member's share in relation to the others.
#[derive(SimpleObject)]
pub(in crate::graphql) struct WeightedShare {
    member_id: ID,
    weight: Decimal,
}

/// How much more than an equal share a member owes.
#[derive(SimpleObject)]
pub(in crate::graphql) struct Adjustment {
    member_id: ID,
    amount: Decimal,
}

/// A receipt: items, and amounts that are distributed in proportion to the items.
#[derive(SimpleObject)]
pub(in crate::graphql) struct Receipt {
    items: Vec<ReceiptItem>,
    tax: Decimal,
    tip: Decimal,
    discount: Decimal,
}

/// One line of a receipt.
#[derive(SimpleObject)]
pub(in crate::graphql) struct ReceiptItem {
    name: String,
    amount: Decimal,
    /// The members who share it equally.
    member_ids: Vec<ID>,
}

impl SplitRule {
    /// Returns the input form of a split in this currency.
    pub(in crate::graphql) fn of(split: &Split<MemberId>, currency: Currency) -> Self {
        let amount = |minor: i64| Decimal(Amount::new(minor, currency).to_string());
        let rule = Self::default();
        match split {
            Split::Equal(members) => Self { equal: Some(ids(members)), ..rule },
            Split::Exact(rows) => {
                let row = |(id, minor): &_| ExactShare { member_id: member(id), amount: amount(*minor) };
                Self { exact: Some(rows.iter().map(row).collect()), ..rule }
            }
            Split::Percent(rows) => {
                let row = |(id, part): &_| PercentShare { member_id: member(id), percent: hundredths(*part) };
                Self { percent: Some(rows.iter().map(row).collect()), ..rule }
            }
            Split::Weights(rows) => {
                let row = |(id, part): &_| WeightedShare { member_id: member(id), weight: hundredths(*part) };
                Self { weights: Some(rows.iter().map(row).collect()), ..rule }
            }
            Split::Adjustments(rows) => {
                let row = |(id, minor): &_| Adjustment { member_id: member(id), amount: amount(*minor) };
                Self { adjustments: Some(rows.iter().map(row).collect()), ..rule }
            }
            Split::Items(Itemized { items, tax, tip, discount }) => {
                let item = |item: &Item<MemberId>| ReceiptItem {
                    name: item.name.clone(),
                    amount: amount(item.minor),
                    member_ids: ids(&item.members),
                };
                let items = items.iter().map(item).collect();
                let receipt = Receipt { items, tax: amount(*tax), tip: amount(*tip), discount: amount(*discount) };
                Self { items: Some(receipt), ..rule }
            }
        }
    }
}

fn member(id: &MemberId) -> ID {
    id.to_string().into()
}

fn ids(members: &[MemberId]) -> Vec<ID> {
    members.iter().map(member).collect()
}

/// Formats hundredths without trailing zeros: `250` is "2.5".
fn hundredths(number: u64) -> Decimal {
    let (whole, rest) = (number / 100, number % 100);
    Decimal(match rest {
        0 => whole.to_string(),
        rest if rest % 10 == 0 => format!("{whole}.{}", rest / 10),
        rest => format!("{whole}.{rest:02}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hundredths_have_no_trailing_zeros() {
        for (number, text) in [(0, "0"), (5, "0.05"), (10, "0.1"), (250, "2.5"), (3_333, "33.33"), (10_000, "100")] {
            assert_eq!(hundredths(number).0, text);
        }
    }
}
