//! Benchmarks of finding a settlement.
#![allow(missing_docs, reason = "criterion's macros generate undocumented functions")]
#![allow(clippy::unwrap_used, reason = "benchmarks panic on failure")]
#![allow(clippy::inconsistent_digit_grouping, reason = "100_00 is a hundred euros in cents")]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use money::{Currency, ledger::Nets, settle};

fn bench(c: &mut Criterion) {
    let cases = [
        ("10 people, random cents", random(10, 100_000)),
        ("20 people, random cents", random(20, 100_000)),
        ("20 people, small round sums", random(20, 40)),
        ("20 people, pairs only", pairs(10)),
        ("23 people, random cents", random(23, 100_000)),
        ("24 people, small round sums", random(24, 40)),
        ("40 people, a trip with 5 payers", trip(40, 5)),
        ("40 people, random cents", random(40, 100_000)),
        ("40 people, pairs only", pairs(20)),
        ("200 people, random cents", random(200, 100_000)),
    ];
    let mut group = c.benchmark_group("settle");
    group.sample_size(20);
    for (name, nets) in cases {
        group.bench_function(name, |b| b.iter(|| settle::settle(black_box(&nets)).unwrap()));
    }
}

fn nets(balances: impl IntoIterator<Item = i64>) -> Nets<u32> {
    let euro = Currency::from_code("EUR").unwrap();
    let mut nets: Nets<u32> = (0..).zip(balances).map(|(member, balance)| ((member, euro), balance)).collect();
    // The last balance makes the sum zero.
    let sum: i64 = nets.values().sum();
    *nets.last_entry().unwrap().get_mut() -= sum;
    nets
}

/// A linear congruential generator, which gives the same numbers on all machines.
fn numbers() -> impl Iterator<Item = i64> {
    let mut state = 42_u64;
    std::iter::repeat_with(move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::from(((state >> 32) as u32).cast_signed())
    })
}

fn random(people: usize, range: i64) -> Nets<u32> {
    nets(numbers().map(|number| number % range).filter(|balance| *balance != 0).take(people))
}

fn pairs(count: i64) -> Nets<u32> {
    nets((1..=count).map(|value| value * 100).chain((1..=count).map(|value| value * -100)))
}

/// A few people pay for all; the others owe nearly equal amounts.
fn trip(people: i64, payers: i64) -> Nets<u32> {
    let owed = (0..payers).map(|payer| 1_000_00 + 37_13 * payer);
    let share: i64 = owed.clone().sum::<i64>() / (people - payers);
    nets(owed.chain((payers..people).map(|person| -share + person % payers)))
}

criterion_group!(benches, bench);
criterion_main!(benches);
