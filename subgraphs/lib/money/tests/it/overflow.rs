//! For any input, sums are exact or refused: nothing wraps or panics.

use money::{
    Amount, Entry, Item, Itemized, Ledger, LedgerRefusal, Split, SplitRefusal, ledger::Nets, settle::settle,
    split::split,
};
use proptest::{collection::vec, prelude::*};

use crate::{euro, laws};

/// Mostly numbers near the limits of `i64`.
fn extreme() -> impl Strategy<Value = i64> {
    prop_oneof![
        Just(i64::MIN),
        Just(i64::MAX),
        i64::MIN..i64::MIN + 10,
        i64::MAX - 10..i64::MAX,
        -10_i64..10,
        any::<i64>()
    ]
}

fn extreme_split() -> impl Strategy<Value = Split<u8>> {
    let rows = |values: Vec<i64>| (0_u8..).zip(values).collect::<Vec<_>>();
    let unsigned =
        |rows: Vec<(u8, i64)>| rows.into_iter().map(|(member, value)| (member, value.cast_unsigned())).collect();
    prop_oneof![
        (1_u8..9).prop_map(|people| Split::Equal((0..people).collect())),
        vec(extreme(), 1..6).prop_map(move |values| Split::Exact(rows(values))),
        vec(extreme(), 1..6).prop_map(move |values| Split::Percent(unsigned(rows(values)))),
        vec(extreme(), 1..6).prop_map(move |values| Split::Weights(unsigned(rows(values)))),
        vec(extreme(), 1..6).prop_map(move |values| Split::Adjustments(rows(values))),
        (vec((extreme(), 1_u8..9), 1..6), [extreme(), extreme(), extreme()]).prop_map(
            |(items, [tax, tip, discount])| {
                let item = |(minor, people)| Item { name: String::new(), minor, members: (0..people).collect() };
                Split::Items(Itemized { items: items.into_iter().map(item).collect(), tax, tip, discount })
            }
        ),
    ]
}

proptest! {
    #![proptest_config(laws())]

    #[test]
    fn splits_are_exact_or_refused(total in extreme(), way in extreme_split(), seed: u64) {
        if let Ok(shares) = split(Amount::new(total, euro()), &way, seed) {
            prop_assert_eq!(shares.iter().map(|(_, share)| i128::from(*share)).sum::<i128>(), i128::from(total));
        }
    }

    #[test]
    fn entries_are_exact_or_refused(payers in vec(extreme(), 1..5), shares in vec(extreme(), 1..5)) {
        let rows = |values: &[i64]| (0_u8..).zip(values.iter().copied()).collect::<Vec<_>>();
        let sum = |values: &[i64]| values.iter().map(|value| i128::from(*value)).sum::<i128>();
        if Entry::of(&rows(&payers), &rows(&shares), euro()).is_ok() {
            prop_assert_eq!(sum(&payers), sum(&shares));
        }
    }

    #[test]
    fn settlements_are_exact_or_refused(values in vec(extreme(), 1..12)) {
        let rest = -values.iter().map(|value| i128::from(*value)).sum::<i128>();
        let values = values.into_iter().chain(i64::try_from(rest));
        let nets: Nets<u8> = (0..).zip(values).map(|(member, net)| ((member, euro()), net)).collect();
        let zero_sum = nets.values().map(|net| i128::from(*net)).sum::<i128>() == 0;
        match settle(&nets) {
            Ok(plan) => {
                let mut left: Vec<i128> = nets.values().map(|net| i128::from(*net)).collect();
                for transfer in plan.transfers {
                    left[usize::from(transfer.from)] += i128::from(transfer.amount.minor);
                    left[usize::from(transfer.to)] -= i128::from(transfer.amount.minor);
                }
                prop_assert!(left.iter().all(|net| *net == 0));
            }
            Err(_) => prop_assert!(!zero_sum),
        }
    }
}

#[test]
fn the_whole_range_can_be_split() {
    for total in [i64::MIN, i64::MAX] {
        let weights = Split::Weights(vec![("a", u64::MAX), ("b", 1), ("c", 0)]);
        for way in [Split::Equal(vec!["a", "b", "c"]), Split::Percent(vec![("a", 33_33), ("b", 66_67)]), weights] {
            let shares = split(Amount::new(total, euro()), &way, 1).unwrap();
            assert_eq!(shares.iter().map(|(_, share)| i128::from(*share)).sum::<i128>(), i128::from(total), "{way:?}");
        }
    }
}

#[test]
fn the_largest_receipt_is_split() {
    let half = i64::MAX / 12 * 6;
    let item = |members: &[&'static str]| Item { name: String::new(), minor: half, members: members.to_vec() };
    let items = vec![item(&["a", "b"]), item(&["a", "b", "c"])];
    let way = Split::Items(Itemized { items, tax: 0, tip: 0, discount: 0 });
    let (second, third) = (half / 2, half / 3);
    let expected = vec![("a", second + third), ("b", second + third), ("c", third)];
    assert_eq!(split(Amount::new(2 * half, euro()), &way, 0), Ok(expected));
}

#[test]
fn sums_that_do_not_fit_are_refused() {
    let total = Amount::new(1, euro());
    let too_much = Split::Exact(vec![("a", i64::MAX), ("b", i64::MAX)]);
    assert_eq!(split(total, &too_much, 0), Err(SplitRefusal::Overflow));
    let too_many_percent = Split::Percent(vec![("a", u64::MAX), ("b", u64::MAX)]);
    assert_eq!(split(total, &too_many_percent, 0), Err(SplitRefusal::Overflow));
    assert_eq!(SplitRefusal::Overflow.to_string(), "the numbers are too large");
}

#[test]
fn a_ledger_that_would_overflow_stays_as_it_was() {
    let pay = |minor| Entry::of(&[("a", minor)], &[("b", minor)], euro()).unwrap();
    let mut ledger = Ledger::default();
    ledger.apply(&pay(i64::MAX)).unwrap();
    let before = ledger.clone();
    assert_eq!(ledger.apply(&pay(1)), Err(LedgerRefusal::Overflow));
    assert_eq!(ledger, before);
    assert_eq!(ledger.merge(&before.clone()), Err(LedgerRefusal::Overflow));
    assert_eq!(ledger, before);
}

#[test]
fn an_entry_that_cannot_be_reversed_is_refused() {
    // The net of `b` is `i64::MIN`, which cannot be negated.
    let entry = Entry::of(&[("a", i64::MAX), ("b", i64::MIN), ("c", 1)], &[("a", 0)], euro()).unwrap();
    assert_eq!(entry.reversed(), Err(LedgerRefusal::Overflow));
}

#[test]
fn a_net_that_does_not_fit_is_refused() {
    let entry =
        Entry::of(&[("a", i64::MIN), ("b", 0)], &[("a", 1), ("b", i64::MAX), ("c", i64::MIN), ("d", i64::MIN)], euro());
    assert_eq!(entry, Err(LedgerRefusal::Overflow));
}
