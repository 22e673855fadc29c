//! Families of random groups to settle, which are hard in different ways.

use std::ops::RangeInclusive;

use money::{Amount, Entry, Ledger, Split, ledger::Nets, split::split};
use proptest::{collection::vec, prelude::*, sample::Index};

use crate::euro;

/// A group of any of four families, with a number of people in this range.
pub(crate) fn any_group(people: RangeInclusive<usize>) -> impl Strategy<Value = Nets<u8>> {
    people.prop_flat_map(|people| prop_oneof![random_cents(people), round_sums(people), trip(people), planted(people)])
}

/// The nets of people 0, 1, 2, ...; the last net makes the sum zero.
pub(crate) fn nets(mut balances: Vec<i64>) -> Nets<u8> {
    let sum: i64 = balances.iter().sum();
    if let Some(last) = balances.last_mut() {
        *last -= sum;
    }
    (0..).zip(balances).map(|(person, balance)| ((person, euro()), balance)).collect()
}

/// Contains hardly any zero-sum groups.
pub(crate) fn random_cents(people: usize) -> BoxedStrategy<Nets<u8>> {
    vec(-100_000_i64..100_000, people).prop_map(nets).boxed()
}

/// Contains very many zero-sum groups, and many equal and opposite balances.
pub(crate) fn round_sums(people: usize) -> BoxedStrategy<Nets<u8>> {
    vec((-12_i64..=12).prop_map(|balance| balance * 500), people).prop_map(nets).boxed()
}

/// The result of a few payers and equal shares: many nearly equal balances.
pub(crate) fn trip(people: usize) -> BoxedStrategy<Nets<u8>> {
    let expense = (1_i64..100_000, any::<Index>(), vec(prop::bool::weighted(0.8), people), any::<u64>());
    vec(expense, 1..6)
        .prop_map(move |expenses| {
            let mut ledger = Ledger::default();
            for (minor, payer, shared, seed) in expenses {
                let payer = u8::try_from(payer.index(people)).unwrap();
                let members = (0..).zip(shared).filter(|(member, shares)| *shares || *member == payer);
                let way = Split::Equal(members.map(|(member, _)| member).collect());
                let shares = split(Amount::new(minor, euro()), &way, seed).unwrap();
                ledger.apply(&Entry::of(&[(payer, minor)], &shares, euro()).unwrap()).unwrap();
            }
            ledger.nets
        })
        .boxed()
}

/// Zero-sum groups of two to five people, shuffled.
pub(crate) fn planted(people: usize) -> BoxedStrategy<Nets<u8>> {
    let sizes = vec(2_usize..=5, people);
    (vec(-10_000_i64..10_000, people), sizes)
        .prop_map(move |(mut balances, sizes)| {
            let mut rest = balances.as_mut_slice();
            for size in sizes {
                let (group, others) = rest.split_at_mut(size.min(rest.len()));
                let sum: i64 = group.iter().sum();
                if let Some(last) = group.last_mut() {
                    *last -= sum;
                }
                rest = others;
            }
            balances
        })
        .prop_shuffle()
        .prop_map(nets)
        .boxed()
}

/// Opposite pairs and a few people without an opposite, all different, shuffled. With small amounts, a partly paid
/// balance is often the opposite of another one.
pub(crate) fn pairs_among_others(people: usize, largest: i64) -> BoxedStrategy<Nets<u8>> {
    let pairs = people / 3;
    (Just((1..=largest).collect::<Vec<_>>()).prop_shuffle(), vec(prop::sample::select(vec![-1, 1]), people - 2 * pairs))
        .prop_map(move |(magnitudes, signs)| {
            let (paired, others) = magnitudes.split_at(pairs);
            let mut balances: Vec<i64> = others.iter().zip(signs).map(|(magnitude, sign)| magnitude * sign).collect();
            balances[0] -= balances.iter().sum::<i64>();
            balances.extend(paired.iter().flat_map(|balance| [*balance, -balance]));
            balances
        })
        .prop_shuffle()
        .prop_map(nets)
        .boxed()
}

/// A few people pay and all have an equal share: few different balances for any number of people.
pub(crate) fn large_trip(people: usize) -> BoxedStrategy<Nets<u8>> {
    vec((1_i64..100_000, 0_u8..4, any::<u64>()), 1..6)
        .prop_map(move |expenses| {
            let everybody = Split::Equal((0..u8::try_from(people).unwrap()).collect());
            let mut ledger = Ledger::default();
            for (minor, payer, seed) in expenses {
                let shares = split(Amount::new(minor, euro()), &everybody, seed).unwrap();
                ledger.apply(&Entry::of(&[(payer, minor)], &shares, euro()).unwrap()).unwrap();
            }
            ledger.nets
        })
        .boxed()
}
