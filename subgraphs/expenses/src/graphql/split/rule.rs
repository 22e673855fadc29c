//! A split as it was entered: the fields of `SplitInput` again, so that an edit can start from them.

use async_graphql::{ID, SimpleObject};
use contracts::MemberId;
use kit::graphql::Decimal;
use money::{Amount, Currency, Item, Itemized, Split};

/// How an expense is split, as it was entered: the one field that is not null can be sent again as the input.
#[derive(SimpleObject, Default)]
pub(in crate::graphql) struct SplitRule {
    /// The same for each of these members.
    equal: Option<Vec<ID>>,
    /// So much each.
    exact: Option<Vec<ExactShare>>,
    /// Percentages.
    percent: Option<Vec<PercentShare>>,
    /// In proportion to weights.
    weights: Option<Vec<WeightedShare>>,
    /// Equal, and so much more or less each.
    adjustments: Option<Vec<Adjustment>>,
    /// Every item by those who had it.
    items: Option<Receipt>,
}

/// What a member owes.
#[derive(SimpleObject)]
pub(in crate::graphql) struct ExactShare {
    member_id: ID,
    amount: Decimal,
}

/// What part of the total a member owes.
#[derive(SimpleObject)]
pub(in crate::graphql) struct PercentShare {
    member_id: ID,
    percent: Decimal,
}

/// How much of the total a member owes, in relation to the others.
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

/// A receipt: items, and what is spread over them in proportion.
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
    /// Who had it; shared equally.
    member_ids: Vec<ID>,
}

impl SplitRule {
    /// The split of an expense in this currency.
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

/// A number of hundredths without needless zeros: `250` is "2.5".
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
    fn hundredths_have_no_needless_zeros() {
        for (number, text) in [(0, "0"), (5, "0.05"), (10, "0.1"), (250, "2.5"), (3_333, "33.33"), (10_000, "100")] {
            assert_eq!(hundredths(number).0, text);
        }
    }
}
