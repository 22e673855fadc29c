//! The stored format of splits: `{mode, ...}`, with amounts in minor units of the expense's currency.
//!
//! For `#[serde(with = "contracts::split")]` and `contracts::split::optional`. The crate `money` itself has no wire
//! format.

use money::{Item, Itemized, Split};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

use crate::{MemberId, event::MemberAmount};

#[derive(Serialize, Deserialize)]
#[serde(tag = "mode", rename_all = "snake_case")]
enum Written {
    Equal { members: Vec<MemberId> },
    Exact { shares: Vec<MemberAmount> },
    Percent { shares: Vec<Hundredths> },
    Weights { shares: Vec<Hundredths> },
    Adjustments { shares: Vec<MemberAmount> },
    Items { items: Vec<WrittenItem>, tax_minor: i64, tip_minor: i64, discount_minor: i64 },
}

#[derive(Serialize, Deserialize)]
struct Hundredths {
    member_id: MemberId,
    /// BSON has no unsigned numbers.
    hundredths: i64,
}

#[derive(Serialize, Deserialize)]
struct WrittenItem {
    name: String,
    amount_minor: i64,
    members: Vec<MemberId>,
}

/// Serializes a split.
pub fn serialize<S: Serializer>(split: &Split<MemberId>, serializer: S) -> Result<S::Ok, S::Error> {
    Written::of(split).map_err(serde::ser::Error::custom)?.serialize(serializer)
}

/// Deserializes a split; refuses negative weights.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Split<MemberId>, D::Error> {
    Written::deserialize(deserializer)?.split().map_err(D::Error::custom)
}

/// Whether it can be serialized: weights beyond the range of signed numbers cannot.
pub fn can_be_written(split: &Split<MemberId>) -> bool {
    Written::of(split).is_ok()
}

/// An optional split.
pub mod optional {
    use super::{Deserialize, Deserializer, MemberId, Serialize, Serializer, Split};

    #[derive(Serialize, Deserialize)]
    struct Known(#[serde(with = "super")] Split<MemberId>);

    /// Serializes an optional split.
    #[allow(clippy::ref_option, reason = "serde passes a reference")]
    pub fn serialize<S: Serializer>(split: &Option<Split<MemberId>>, serializer: S) -> Result<S::Ok, S::Error> {
        split.clone().map(Known).serialize(serializer)
    }

    /// Deserializes an optional split.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Split<MemberId>>, D::Error> {
        Ok(Option::<Known>::deserialize(deserializer)?.map(|known| known.0))
    }
}

type OutOfRange = std::num::TryFromIntError;

impl Written {
    fn of(split: &Split<MemberId>) -> Result<Self, OutOfRange> {
        let amounts = |rows: &[(MemberId, i64)]| {
            let row = |(member_id, amount_minor): &(_, _)| MemberAmount {
                member_id: *member_id,
                amount_minor: *amount_minor,
            };
            rows.iter().map(row).collect()
        };
        Ok(match split {
            Split::Equal(members) => Self::Equal { members: members.clone() },
            Split::Exact(rows) => Self::Exact { shares: amounts(rows) },
            Split::Percent(rows) => Self::Percent { shares: written_hundredths(rows)? },
            Split::Weights(rows) => Self::Weights { shares: written_hundredths(rows)? },
            Split::Adjustments(rows) => Self::Adjustments { shares: amounts(rows) },
            Split::Items(Itemized { items, tax, tip, discount }) => Self::Items {
                items: items.iter().map(WrittenItem::of).collect(),
                tax_minor: *tax,
                tip_minor: *tip,
                discount_minor: *discount,
            },
        })
    }

    fn split(self) -> Result<Split<MemberId>, OutOfRange> {
        let amounts = |rows: Vec<MemberAmount>| rows.into_iter().map(|row| (row.member_id, row.amount_minor)).collect();
        Ok(match self {
            Self::Equal { members } => Split::Equal(members),
            Self::Exact { shares } => Split::Exact(amounts(shares)),
            Self::Percent { shares } => Split::Percent(hundredths(&shares)?),
            Self::Weights { shares } => Split::Weights(hundredths(&shares)?),
            Self::Adjustments { shares } => Split::Adjustments(amounts(shares)),
            Self::Items { items, tax_minor, tip_minor, discount_minor } => Split::Items(Itemized {
                items: items.into_iter().map(WrittenItem::item).collect(),
                tax: tax_minor,
                tip: tip_minor,
                discount: discount_minor,
            }),
        })
    }
}

impl WrittenItem {
    fn of(item: &Item<MemberId>) -> Self {
        Self { name: item.name.clone(), amount_minor: item.minor, members: item.members.clone() }
    }

    fn item(self) -> Item<MemberId> {
        Item { name: self.name, minor: self.amount_minor, members: self.members }
    }
}

fn written_hundredths(rows: &[(MemberId, u64)]) -> Result<Vec<Hundredths>, OutOfRange> {
    let row = |(member_id, hundredths): &(MemberId, u64)| {
        Ok(Hundredths { member_id: *member_id, hundredths: i64::try_from(*hundredths)? })
    };
    rows.iter().map(row).collect()
}

fn hundredths(rows: &[Hundredths]) -> Result<Vec<(MemberId, u64)>, OutOfRange> {
    rows.iter().map(|row| Ok((row.member_id, u64::try_from(row.hundredths)?))).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Stored(#[serde(with = "super")] Split<MemberId>);

    #[test]
    fn every_mode_is_serialized_without_loss() {
        let (ada, ben) = (MemberId::new(), MemberId::new());
        let item = Item { name: "Tea".to_owned(), minor: 300, members: vec![ada, ben] };
        let amounts = json!([{ "member_id": ada, "amount_minor": 5 }, { "member_id": ben, "amount_minor": -6 }]);
        let parts = json!([{ "member_id": ada, "hundredths": 4_000 }, { "member_id": ben, "hundredths": 6_000 }]);
        let items = json!([{ "name": "Tea", "amount_minor": 300, "members": [ada, ben] }]);
        let (exact, weights) = (vec![(ada, 5), (ben, -6)], vec![(ada, 4_000), (ben, 6_000)]);
        let cases = [
            (Split::Equal(vec![ada, ben]), json!({ "mode": "equal", "members": [ada, ben] })),
            (Split::Exact(exact.clone()), json!({ "mode": "exact", "shares": amounts })),
            (Split::Percent(weights.clone()), json!({ "mode": "percent", "shares": parts })),
            (Split::Weights(weights), json!({ "mode": "weights", "shares": parts })),
            (Split::Adjustments(exact), json!({ "mode": "adjustments", "shares": amounts })),
            (
                Split::Items(Itemized { items: vec![item], tax: 1, tip: 2, discount: 3 }),
                json!({ "mode": "items", "items": items, "tax_minor": 1, "tip_minor": 2, "discount_minor": 3 }),
            ),
        ];
        for (split, written) in cases {
            let stored = Stored(split);
            assert_eq!(serde_json::to_value(&stored).unwrap(), written);
            assert_eq!(serde_json::from_value::<Stored>(written).unwrap(), stored);
        }
    }

    #[test]
    fn a_negative_weight_is_refused() {
        let written: Value =
            json!({ "mode": "weights", "shares": [{ "member_id": MemberId::new(), "hundredths": -1 }] });
        assert!(serde_json::from_value::<Stored>(written).is_err());
    }
}
