use std::collections::BTreeMap;

use money::{Amount, Item, Itemized, Split, SplitRefusal, split::split};
use proptest::{collection::btree_set, prelude::*, sample::subsequence};

use crate::{currency, euro, laws};

type Member = u16;

/// A valid split, with a positive or negative total.
fn any_split() -> impl Strategy<Value = (Amount, Split<Member>)> {
    let members = btree_set(0_u16..1000, 1..9).prop_map(|members| members.into_iter().collect::<Vec<_>>());
    let magnitude = prop_oneof![1_i64..20, 1_i64..100_000, 1_i64..1_000_000_000_000];
    (members, magnitude, any::<bool>()).prop_flat_map(|(members, magnitude, refund)| {
        let total = if refund { -magnitude } else { magnitude };
        any_way(members, total).prop_map(move |way| with_total(way, total)).prop_shuffle_members()
    })
}

fn with_total(way: Split<Member>, total: i64) -> (Amount, Split<Member>) {
    let minor = match &way {
        Split::Items(receipt) => {
            receipt.items.iter().map(|item| item.minor).sum::<i64>() + receipt.tax + receipt.tip - receipt.discount
        }
        _ => total,
    };
    (Amount::new(minor, euro()), way)
}

fn any_way(members: Vec<Member>, total: i64) -> BoxedStrategy<Split<Member>> {
    let count = members.len();
    let rows = move |values: Vec<u64>| members.iter().copied().zip(values).collect::<Vec<_>>();
    let (percents, weights, exact, adjusted, items) =
        (rows.clone(), rows.clone(), rows.clone(), rows.clone(), rows.clone());
    prop_oneof![
        Just(Split::Equal(rows(vec![0; count]).into_iter().map(|(member, _)| member).collect())),
        parts(10_000, count).prop_map(move |parts| Split::Percent(percents(parts))),
        prop::collection::vec(prop_oneof![0_u64..4, 0_u64..1000], count)
            .prop_filter("some weight", |weights| weights.iter().any(|weight| *weight > 0))
            .prop_map(move |values| Split::Weights(weights(values))),
        parts(total.unsigned_abs(), count).prop_map(move |parts| Split::Exact(signed(exact(parts), total))),
        // Each adjustment is at most the equal share, so no share gets the wrong sign.
        prop::collection::vec(0..=total.unsigned_abs() / count as u64, count)
            .prop_map(move |values| Split::Adjustments(signed(adjusted(values), total))),
        any_receipt(items(vec![0; count]).into_iter().map(|(member, _)| member).collect(), total.signum()),
    ]
    .boxed()
}

/// `count` numbers that add up to `whole`.
fn parts(whole: u64, count: usize) -> impl Strategy<Value = Vec<u64>> {
    prop::collection::vec(0..=whole, count - 1).prop_map(move |mut cuts| {
        cuts.extend([0, whole]);
        cuts.sort_unstable();
        cuts.windows(2).map(|cut| cut[1] - cut[0]).collect()
    })
}

fn signed(rows: Vec<(Member, u64)>, total: i64) -> Vec<(Member, i64)> {
    rows.into_iter().map(|(member, value)| (member, i64::try_from(value).unwrap() * total.signum())).collect()
}

fn any_receipt(members: Vec<Member>, sign: i64) -> impl Strategy<Value = Split<Member>> {
    let count = members.len();
    let item = (1_i64..100_000, subsequence(members, 1..=count)).prop_map(move |(minor, members)| Item {
        name: "item".to_owned(),
        minor: minor * sign,
        members,
    });
    let extras = (0_i64..10_000, 0_i64..10_000, 0_i64..10_000);
    (prop::collection::vec(item, 1..8), extras).prop_filter_map("not free of charge", move |(items, extras)| {
        let (tax, tip, discount) = (extras.0 * sign, extras.1 * sign, extras.2 * sign);
        let sum: i64 = items.iter().map(|item| item.minor).sum();
        (sign * (sum + tax + tip - discount) > 0).then_some(Split::Items(Itemized { items, tax, tip, discount }))
    })
}

trait Shuffled: Strategy<Value = (Amount, Split<Member>)> + Sized {
    fn prop_shuffle_members(self) -> impl Strategy<Value = (Amount, Split<Member>)> {
        self.prop_perturb(|(total, way), mut random| {
            (total, reordered(way, &mut |length| random.random_range(0..length)))
        })
    }
}

impl<S: Strategy<Value = (Amount, Split<Member>)>> Shuffled for S {}

/// The same split with all lists shuffled.
fn reordered(way: Split<Member>, choose: &mut dyn FnMut(usize) -> usize) -> Split<Member> {
    fn shuffle<T>(mut list: Vec<T>, choose: &mut dyn FnMut(usize) -> usize) -> Vec<T> {
        for length in (1..=list.len()).rev() {
            list.swap(choose(length), length - 1);
        }
        list
    }
    match way {
        Split::Equal(members) => Split::Equal(shuffle(members, choose)),
        Split::Exact(rows) => Split::Exact(shuffle(rows, choose)),
        Split::Percent(rows) => Split::Percent(shuffle(rows, choose)),
        Split::Weights(rows) => Split::Weights(shuffle(rows, choose)),
        Split::Adjustments(rows) => Split::Adjustments(shuffle(rows, choose)),
        Split::Items(mut receipt) => {
            for item in &mut receipt.items {
                item.members = shuffle(std::mem::take(&mut item.members), choose);
            }
            Split::Items(Itemized { items: shuffle(receipt.items, choose), ..receipt })
        }
    }
}

fn turned(way: &Split<Member>) -> Split<Member> {
    let turn = |rows: &[(Member, i64)]| rows.iter().map(|(member, minor)| (*member, -minor)).collect();
    match way {
        Split::Exact(rows) => Split::Exact(turn(rows)),
        Split::Adjustments(rows) => Split::Adjustments(turn(rows)),
        Split::Items(receipt) => Split::Items(Itemized {
            items: receipt.items.iter().map(|item| Item { minor: -item.minor, ..item.clone() }).collect(),
            tax: -receipt.tax,
            tip: -receipt.tip,
            discount: -receipt.discount,
        }),
        other => other.clone(),
    }
}

/// The exact share of each member, as numerators over one denominator.
fn exact_shares(total: i64, way: &Split<Member>) -> (BTreeMap<Member, i128>, i128) {
    let total = i128::from(total);
    let weighted = |rows: &[(Member, u64)]| {
        let all = rows.iter().map(|(_, weight)| i128::from(*weight)).sum();
        (rows.iter().map(|(member, weight)| (*member, total * i128::from(*weight))).collect(), all)
    };
    match way {
        Split::Equal(members) => (members.iter().map(|member| (*member, total)).collect(), members.len() as i128),
        Split::Exact(rows) => (rows.iter().map(|(member, share)| (*member, i128::from(*share))).collect(), 1),
        Split::Percent(rows) | Split::Weights(rows) => weighted(rows),
        Split::Adjustments(rows) => {
            let (people, sum) = (rows.len() as i128, rows.iter().map(|(_, own)| i128::from(*own)).sum::<i128>());
            let share = |own: i64| total - sum + people * i128::from(own);
            (rows.iter().map(|(member, own)| (*member, share(*own))).collect(), people)
        }
        Split::Items(receipt) => {
            // 840 is divisible by every number of people up to eight.
            let items: i128 = receipt.items.iter().map(|item| i128::from(item.minor)).sum();
            let mut shares = BTreeMap::new();
            for item in &receipt.items {
                for member in &item.members {
                    *shares.entry(*member).or_insert(0) +=
                        total * i128::from(item.minor) * 840 / item.members.len() as i128;
                }
            }
            (shares, items * 840)
        }
    }
}

proptest! {
    #![proptest_config(laws())]

    #[test]
    fn shares_add_up_and_are_within_one_unit_of_exact((total, way) in any_split(), seed: u64) {
        let shares = split(total, &way, seed).unwrap();
        prop_assert_eq!(shares.iter().map(|(_, share)| i128::from(*share)).sum::<i128>(), i128::from(total.minor));
        prop_assert!(shares.is_sorted_by(|(left, _), (right, _)| left < right));
        let (exact, denominator) = exact_shares(total.minor, &way);
        prop_assert!(shares.iter().map(|(member, _)| member).eq(exact.keys()));
        for (member, share) in shares {
            let error = i128::from(share) * denominator - exact[&member];
            prop_assert!(error.abs() < denominator.abs(), "{} of {:?}", share, exact);
            prop_assert!(share.signum() != -total.minor.signum());
        }
    }

    #[test]
    fn larger_remainders_come_first((total, way) in any_split(), seed: u64) {
        let (exact, denominator) = exact_shares(total.minor, &way);
        let shares: BTreeMap<_, _> = split(total, &way, seed).unwrap().into_iter().collect();
        let remainder = |member: &Member| exact[member].abs() % denominator.abs();
        let rounded_up = |member: &Member| i128::from(shares[member].abs()) > exact[member].abs() / denominator.abs();
        for (up, down) in exact.keys().flat_map(|up| exact.keys().map(move |down| (up, down))) {
            let fair = !rounded_up(up) || rounded_up(down) || remainder(up) >= remainder(down);
            // With adjustments, only the equal part is rounded, for which all remainders are equal.
            prop_assert!(fair || matches!(way, Split::Adjustments(_)));
        }
    }

    #[test]
    fn the_order_of_members_does_not_matter((total, way) in any_split(), seed: u64, turn in 0_usize..8) {
        let other = reordered(way.clone(), &mut |length| turn % length);
        prop_assert_eq!(split(total, &way, seed), split(total, &other, seed));
    }

    #[test]
    fn a_refund_mirrors_an_expense((total, way) in any_split(), seed: u64) {
        let refund: Vec<_> = split(total, &way, seed).unwrap().into_iter().map(|(member, share)| (member, -share)).collect();
        prop_assert_eq!(split(total.checked_neg().unwrap(), &turned(&way), seed), Ok(refund));
    }

    #[test]
    fn no_member_is_favoured_by_more_than_one_unit(people in 1_u16..12, minor in 1_i64..1000, first in 0_u64..1_000_000, expenses in 1_u64..40) {
        let way = Split::Equal((0..people).collect());
        let mut sums = vec![0; usize::from(people)];
        for seed in first..first + expenses {
            for (member, share) in split(Amount::new(minor, euro()), &way, seed).unwrap() {
                sums[usize::from(member)] += share;
            }
        }
        prop_assert!(sums.iter().max().unwrap() - sums.iter().min().unwrap() <= 1, "{:?}", sums);
    }

    #[test]
    fn a_wrong_sum_is_refused_with_the_difference((total, way) in any_split(), off in prop_oneof![-5_i64..0, 1_i64..100_000], seed: u64) {
        let longer = Amount::new(total.minor + off, euro());
        prop_assume!(longer.minor != 0);
        match way {
            Split::Exact(_) | Split::Items(_) => {
                let left = Amount::new(off, euro());
                prop_assert_eq!(split(longer, &way, seed), Err(SplitRefusal::DoesNotAddUp { given: total, total: longer, left }));
            }
            Split::Percent(mut rows) => {
                rows[0].1 += off.unsigned_abs();
                let hundredths = 10_000 + off.unsigned_abs();
                prop_assert_eq!(split(total, &Split::Percent(rows), seed), Err(SplitRefusal::NotHundredPercent { hundredths }));
            }
            _ => {}
        }
    }
}

#[test]
fn after_a_thousand_equal_expenses_members_differ_by_one_cent() {
    let way = Split::Equal(vec!["Ann", "Ben", "Cleo"]);
    let mut sums = BTreeMap::new();
    for seed in 0..1000 {
        for (member, share) in split(Amount::new(100_00, euro()), &way, seed).unwrap() {
            *sums.entry(member).or_insert(0) += share;
        }
    }
    assert_eq!(sums.into_values().collect::<Vec<i64>>(), [33_333_34, 33_333_33, 33_333_33]);
}

#[test]
fn odd_units_are_dealt_in_turn() {
    let shares = |seed| -> Vec<i64> {
        let shares = split(Amount::new(6, euro()), &Split::Equal(vec!["a", "b", "c", "d"]), seed).unwrap();
        shares.into_iter().map(|(_, share)| share).collect()
    };
    assert_eq!(shares(0), [2, 2, 1, 1]);
    assert_eq!(shares(1), [1, 1, 2, 2]);
    assert_eq!(shares(2), [2, 2, 1, 1]);
}

fn minor_shares(total: i64, way: &Split<&'static str>) -> Result<Vec<(&'static str, i64)>, SplitRefusal> {
    split(Amount::new(total, euro()), way, 0)
}

fn receipt(items: &[(i64, &[&'static str])], tax: i64, tip: i64, discount: i64) -> Split<&'static str> {
    let item = |(minor, members): &(i64, &[&'static str])| Item {
        name: "soup".to_owned(),
        minor: *minor,
        members: members.to_vec(),
    };
    Split::Items(Itemized { items: items.iter().map(item).collect(), tax, tip, discount })
}

#[test]
fn tax_tip_and_discount_follow_the_items() {
    let way = receipt(&[(20_00, &["a"]), (10_00, &["a", "b"])], 3_00, 6_00, 1_50);
    assert_eq!(minor_shares(37_50, &way), Ok(vec![("a", 31_25), ("b", 6_25)]));
}

#[test]
fn a_returned_deposit_is_a_negative_item() {
    let way = receipt(&[(10_00, &["a", "b"]), (-2_00, &["a"])], 0, 0, 0);
    assert_eq!(minor_shares(8_00, &way), Ok(vec![("a", 3_00), ("b", 5_00)]));
    let more_than_had = receipt(&[(10_00, &["a", "b"]), (-6_00, &["a"])], 0, 0, 0);
    assert_eq!(minor_shares(4_00, &more_than_had), Err(SplitRefusal::WrongSign));
}

#[test]
fn adjustments_come_on_top_of_an_equal_share() {
    let way = Split::Adjustments(vec![("a", 5_00), ("b", -2_00), ("c", 0)]);
    assert_eq!(minor_shares(30_00, &way), Ok(vec![("a", 14_00), ("b", 7_00), ("c", 9_00)]));
    // The adjustments may use up the whole total, and a share may be zero.
    let all = Split::Adjustments(vec![("a", 6_00), ("b", 4_00), ("c", 0)]);
    assert_eq!(minor_shares(10_00, &all), Ok(vec![("a", 6_00), ("b", 4_00), ("c", 0)]));
}

#[test]
fn refusing_an_adjustment_does_not_depend_on_the_seed() {
    // The equal share is 33 and a third, so an adjustment of -33 is valid and -34 is not, with or without the odd unit.
    let way = |own| Split::Adjustments(vec![("a", own), ("b", -own), ("c", 0)]);
    for seed in 0..3 {
        assert!(split(Amount::new(100, euro()), &way(-33), seed).is_ok());
        assert_eq!(split(Amount::new(100, euro()), &way(-34), seed), Err(SplitRefusal::WrongSign));
    }
}

#[test]
fn members_with_nothing_are_listed_with_zero() {
    assert_eq!(minor_shares(5, &Split::Weights(vec![("a", 100), ("b", 0)])), Ok(vec![("a", 5), ("b", 0)]));
    assert_eq!(minor_shares(5, &Split::Percent(vec![("b", 0), ("a", 10_000)])), Ok(vec![("a", 5), ("b", 0)]));
    assert_eq!(minor_shares(1, &Split::Equal(vec!["b", "a"])), Ok(vec![("a", 1), ("b", 0)]));
}

#[test]
fn refusals_say_what_is_wrong() {
    let item_of_nobody = receipt(&[(1_00, &[])], 0, 0, 0);
    let cancelled = receipt(&[(1_00, &["a"]), (-1_00, &["b"])], 1_00, 0, 0);
    let cases = [
        (0, Split::Equal(vec!["a"]), "the total must not be zero"),
        (1_00, Split::Equal(vec![]), "there is nobody to split with"),
        (1_00, receipt(&[], 1_00, 0, 0), "there is nobody to split with"),
        (1_00, Split::Equal(vec!["a", "b", "a"]), "a member is named twice"),
        (1_00, Split::Exact(vec![("a", 50), ("a", 50)]), "a member is named twice"),
        (1_00, receipt(&[(1_00, &["a", "a"])], 0, 0, 0), "a member is named twice"),
        (100_00, Split::Exact(vec![("a", 50_00), ("b", 30_00)]), "80.00 of 100.00 EUR is assigned, 20.00 EUR is left"),
        (100_00, Split::Exact(vec![("a", 100_01)]), "100.01 of 100.00 EUR is assigned, 0.01 EUR is too much"),
        (-100_00, Split::Exact(vec![("a", -80_00)]), "-80.00 of -100.00 EUR is assigned, -20.00 EUR is left"),
        (-100_00, Split::Exact(vec![("a", -100_01)]), "-100.01 of -100.00 EUR is assigned, -0.01 EUR is too much"),
        (
            100_00,
            Split::Exact(vec![("a", 150_00), ("b", -50_00)]),
            "a share must not have the other sign than the total",
        ),
        (1_00, Split::Percent(vec![("a", 80_00)]), "the percentages make 80.00, 20.00 is left"),
        (1_00, Split::Percent(vec![("a", 100_05)]), "the percentages make 100.05, 0.05 is too much"),
        (1_00, Split::Weights(vec![("a", 0), ("b", 0)]), "at least one weight must be more than zero"),
        (
            100_00,
            Split::Adjustments(vec![("a", 80_00), ("b", 50_00)]),
            "the adjustments make 130.00 EUR, more than the total of 100.00",
        ),
        (1_00, Split::Adjustments(vec![("a", -2_00), ("b", 0)]), "a share must not have the other sign than the total"),
        (10_00, receipt(&[(7_00, &["a"])], 1_00, 1_00, 50), "8.50 of 10.00 EUR is assigned, 1.50 EUR is left"),
        (1_00, item_of_nobody, "nobody is named for the item \"soup\""),
        (1_00, cancelled, "the items add up to zero"),
    ];
    for (total, way, sentence) in cases {
        assert_eq!(minor_shares(total, &way).unwrap_err().to_string(), sentence, "{way:?}");
    }
}

#[test]
fn whole_yen_stay_whole() {
    let shares = split(Amount::new(500, currency("JPY")), &Split::Equal(vec!["a", "b", "c"]), 0).unwrap();
    assert_eq!(shares, [("a", 167), ("b", 167), ("c", 166)]);
}
