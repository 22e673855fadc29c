//! Properties of a split that do not depend on a total.

use super::{Item, Itemized, Split};

impl<M: Clone> Split<M> {
    /// Returns all members in order of appearance. A member of several items appears several times.
    pub fn members(&self) -> Vec<M> {
        fn named<M: Clone, V>(rows: &[(M, V)]) -> Vec<M> {
            rows.iter().map(|(member, _)| member.clone()).collect()
        }
        match self {
            Self::Equal(members) => members.clone(),
            Self::Exact(rows) | Self::Adjustments(rows) => named(rows),
            Self::Percent(rows) | Self::Weights(rows) => named(rows),
            Self::Items(itemized) => itemized.items.iter().flat_map(|item| item.members.iter().cloned()).collect(),
        }
    }
}

impl<M> Split<M> {
    /// The number of rows. A receipt has one for each member of an item, and one for an item without members.
    pub fn lines(&self) -> usize {
        match self {
            Self::Equal(members) => members.len(),
            Self::Exact(rows) | Self::Adjustments(rows) => rows.len(),
            Self::Percent(rows) | Self::Weights(rows) => rows.len(),
            Self::Items(itemized) => itemized.items.iter().map(|item| item.members.len().max(1)).sum(),
        }
    }

    /// Whether it contains amounts of money, which do not apply to another currency.
    pub fn has_amounts(&self) -> bool {
        matches!(self, Self::Exact(_) | Self::Adjustments(_) | Self::Items(_))
    }

    /// Replaces each member by its counterpart; `None` if a member has none.
    pub fn map_members<N>(&self, counterpart: impl Fn(&M) -> Option<N>) -> Option<Split<N>> {
        fn rows<M, N, V: Copy>(rows: &[(M, V)], counterpart: impl Fn(&M) -> Option<N>) -> Option<Vec<(N, V)>> {
            rows.iter().map(|(member, value)| Some((counterpart(member)?, *value))).collect()
        }
        let members = |members: &[M]| members.iter().map(&counterpart).collect::<Option<Vec<_>>>();
        Some(match self {
            Self::Equal(all) => Split::Equal(members(all)?),
            Self::Exact(all) => Split::Exact(rows(all, &counterpart)?),
            Self::Percent(all) => Split::Percent(rows(all, &counterpart)?),
            Self::Weights(all) => Split::Weights(rows(all, &counterpart)?),
            Self::Adjustments(all) => Split::Adjustments(rows(all, &counterpart)?),
            Self::Items(Itemized { items, tax, tip, discount }) => {
                let item = |item: &Item<M>| {
                    Some(Item { name: item.name.clone(), minor: item.minor, members: members(&item.members)? })
                };
                let items = items.iter().map(item).collect::<Option<_>>()?;
                Split::Items(Itemized { items, tax: *tax, tip: *tip, discount: *discount })
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_are_replaced_all_or_none() {
        let items = vec![Item { name: "Tea".to_owned(), minor: 300, members: vec![0, 1] }];
        let splits = [
            Split::Equal(vec![0, 1]),
            Split::Exact(vec![(0, 5), (1, 6)]),
            Split::Percent(vec![(0, 4_000), (1, 6_000)]),
            Split::Weights(vec![(0, 100), (1, 200)]),
            Split::Adjustments(vec![(0, -5), (1, 0)]),
            Split::Items(Itemized { items, tax: 1, tip: 2, discount: 3 }),
        ];
        for split in splits {
            assert_eq!((split.lines(), split.members()), (2, vec![0, 1]));
            let letters = split.map_members(|place| ["a", "b"].get(*place).copied()).unwrap();
            assert_eq!(letters.members(), ["a", "b"]);
            assert_eq!(
                letters.map_members(|letter| usize::from_str_radix(letter, 16).ok()?.checked_sub(10)),
                Some(split)
            );
            assert_eq!(letters.map_members(|letter| (*letter == "a").then_some(0)), None);
        }
    }
}
