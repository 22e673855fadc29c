//! How an expense is split, as it was asked for: stored beside the shares, so that an edit starts
//! from what a person meant and not from what it came to.

use std::collections::BTreeSet;

use contracts::{MemberId, event::MemberAmount};
use money::{Amount, Item, Itemized, Split};
use serde::{Deserialize, Serialize};

use crate::refusal::Refusal;

/// The most lines that a split can have.
pub const MOST_LINES: usize = 200;

/// The rule. Amounts in minor units of the expense's currency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "mode", rename_all = "snake_case")]
pub enum SplitRule {
    /// The same for each.
    Equal {
        /// Who takes part.
        members: Vec<MemberId>,
    },
    /// So much each.
    Exact {
        /// Who owes what.
        shares: Vec<MemberAmount>,
    },
    /// So many hundredths of a percent each.
    Percent {
        /// Who owes what part.
        shares: Vec<Hundredths>,
    },
    /// So many hundredths of a weight each.
    Weights {
        /// Who weighs what.
        shares: Vec<Hundredths>,
    },
    /// Equal, and so much more or less each.
    Adjustments {
        /// Who owes how much more.
        shares: Vec<MemberAmount>,
    },
    /// Every item by those who had it.
    Items {
        /// The lines of the receipt.
        items: Vec<ReceiptItem>,
        /// Added in proportion.
        tax_minor: i64,
        /// Added in proportion.
        tip_minor: i64,
        /// Taken off in proportion.
        discount_minor: i64,
    },
}

/// A percentage or a weight.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hundredths {
    /// Whose.
    pub member_id: MemberId,
    /// In hundredths, so never negative and never a float.
    pub hundredths: i64,
}

/// One line of a receipt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptItem {
    /// What it is called.
    pub name: String,
    /// Its price.
    pub amount_minor: i64,
    /// Who had it.
    pub members: Vec<MemberId>,
}

impl SplitRule {
    /// The rule that was read, where people are told apart by their place in a list; `None` when it names a place that
    /// is not in the list.
    pub fn read(split: &Split<usize>, people: &[MemberId]) -> Option<Self> {
        let member = |place: &usize| people.get(*place).copied();
        let members = |places: &[usize]| places.iter().map(member).collect::<Option<Vec<_>>>();
        let hundredths = |rows: &[(usize, u64)]| {
            let row = |(place, hundredths): &(usize, u64)| {
                Some(Hundredths { member_id: member(place)?, hundredths: i64::try_from(*hundredths).ok()? })
            };
            rows.iter().map(row).collect::<Option<Vec<_>>>()
        };
        Some(match split {
            Split::Equal(places) => Self::Equal { members: members(places)? },
            Split::Exact(rows) => Self::Exact { shares: read_parts(rows, people)? },
            Split::Percent(rows) => Self::Percent { shares: hundredths(rows)? },
            Split::Weights(rows) => Self::Weights { shares: hundredths(rows)? },
            Split::Adjustments(rows) => Self::Adjustments { shares: read_parts(rows, people)? },
            Split::Items(Itemized { items, tax, tip, discount }) => {
                let item = |item: &Item<usize>| {
                    let members = members(&item.members)?;
                    Some(ReceiptItem { name: item.name.clone(), amount_minor: item.minor, members })
                };
                let items = items.iter().map(item).collect::<Option<_>>()?;
                Self::Items { items, tax_minor: *tax, tip_minor: *tip, discount_minor: *discount }
            }
        })
    }

    /// Who owes how much of the total, by `money::split`. The rounding offset decides who gets the odd cents: it grows with every
    /// expense of the same people, so that nobody is ahead of another by more than a cent or two in the long run. (An
    /// id would do too, but dealing by chance drifts apart with the square root of the number of expenses.)
    pub fn shares(&self, total: Amount, rounding_offset: i64) -> Result<Vec<MemberAmount>, Refusal> {
        if self.lines() > MOST_LINES {
            return Err(Refusal::TooMany { field: "input.split", most: MOST_LINES });
        }
        let shares =
            money::split::split(total, &self.to_money(), rounding_offset.unsigned_abs()).map_err(Refusal::Split)?;
        Ok(shares.into_iter().map(|(member_id, amount_minor)| MemberAmount { member_id, amount_minor }).collect())
    }

    /// Everyone who is named, some perhaps several times.
    pub fn members(&self) -> Vec<MemberId> {
        match self {
            Self::Equal { members } => members.clone(),
            Self::Exact { shares } | Self::Adjustments { shares } => {
                shares.iter().map(|share| share.member_id).collect()
            }
            Self::Percent { shares } | Self::Weights { shares } => shares.iter().map(|share| share.member_id).collect(),
            Self::Items { items, .. } => items.iter().flat_map(|item| item.members.iter().copied()).collect(),
        }
    }

    /// Everyone who is named, as one text that is the same for the same people in any order.
    pub fn sharers(&self) -> String {
        let members: BTreeSet<_> = self.members().into_iter().collect();
        let members: Vec<_> = members.iter().map(MemberId::to_string).collect();
        kit::digest(members.join(" ").as_bytes())
    }

    /// Whether it names amounts of money, which mean nothing in another currency.
    pub fn has_amounts(&self) -> bool {
        matches!(self, Self::Exact { .. } | Self::Adjustments { .. } | Self::Items { .. })
    }

    fn lines(&self) -> usize {
        match self {
            Self::Items { items, .. } => items.iter().map(|item| item.members.len().max(1)).sum(),
            other => other.members().len(),
        }
    }

    fn to_money(&self) -> Split<MemberId> {
        let parts =
            |shares: &[MemberAmount]| shares.iter().map(|share| (share.member_id, share.amount_minor)).collect();
        let hundredths = |shares: &[Hundredths]| {
            shares.iter().map(|share| (share.member_id, u64::try_from(share.hundredths).unwrap_or(0))).collect()
        };
        match self {
            Self::Equal { members } => Split::Equal(members.clone()),
            Self::Exact { shares } => Split::Exact(parts(shares)),
            Self::Percent { shares } => Split::Percent(hundredths(shares)),
            Self::Weights { shares } => Split::Weights(hundredths(shares)),
            Self::Adjustments { shares } => Split::Adjustments(parts(shares)),
            Self::Items { items, tax_minor, tip_minor, discount_minor } => Split::Items(Itemized {
                items: items.iter().map(ReceiptItem::to_money).collect(),
                tax: *tax_minor,
                tip: *tip_minor,
                discount: *discount_minor,
            }),
        }
    }
}

/// Amounts that were read, where people are told apart by their place in a list.
pub(crate) fn read_parts(rows: &[(usize, i64)], people: &[MemberId]) -> Option<Vec<MemberAmount>> {
    let part =
        |(place, minor): &(usize, i64)| Some(MemberAmount { member_id: *people.get(*place)?, amount_minor: *minor });
    rows.iter().map(part).collect()
}

impl ReceiptItem {
    fn to_money(&self) -> Item<MemberId> {
        Item { name: self.name.clone(), minor: self.amount_minor, members: self.members.clone() }
    }
}
