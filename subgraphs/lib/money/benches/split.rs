//! Benchmarks of splitting one expense.
#![allow(missing_docs, reason = "criterion's macros generate undocumented functions")]
#![allow(clippy::unwrap_used, reason = "benchmarks panic on failure")]
#![allow(clippy::inconsistent_digit_grouping, reason = "100_00 is a hundred euros in cents")]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use money::{Amount, Currency, Item, Itemized, Split, split};

fn bench(c: &mut Criterion) {
    let euro = Currency::from_code("EUR").unwrap();
    let total = Amount::new(100_00, euro);
    let cases = [
        ("equal among 3", Split::Equal((0..3).collect())),
        ("equal among 50", Split::Equal((0..50).collect())),
        ("weights among 50", Split::Weights((0..50).map(|member| (member, 100 + u64::from(member))).collect())),
        ("30 items among 10", Split::Items(receipt())),
    ];
    for (name, way) in cases {
        c.bench_function(&format!("split/{name}"), |b| b.iter(|| split::split(total, black_box(&way), 7).unwrap()));
    }
}

/// Thirty items, each shared by one to seven of ten members, with tax and tip: 100.00 in all.
fn receipt() -> Itemized<u32> {
    let item = |index: u32| Item {
        name: format!("item {index}"),
        minor: 300,
        members: (0..=index % 7).map(|member| (index + member) % 10).collect(),
    };
    Itemized { items: (0..30).map(item).collect(), tax: 7_00, tip: 5_00, discount: 2_00 }
}

criterion_group!(benches, bench);
criterion_main!(benches);
