//! How long a reading may take. The bounds are those of a release build: `cargo test --release -p reader --test time`.
//! A build for debugging is allowed much more.
#![allow(clippy::unwrap_used, reason = "tests panic on failure")]

use std::time::{Duration, Instant};

use chrono::NaiveDate;
use money::Currency;
use reader::{Question, read};

/// How much slower a build for debugging may be.
const SLOWNESS: u32 = if cfg!(debug_assertions) { 60 } else { 1 };

fn time_of(text: &str) -> Duration {
    let question = Question {
        text,
        people: &["Ada", "Ben", "Chloé Martin", "Tom Becker", "Tom Hughes (guest)"],
        speaker: 0,
        currency: Currency::from_code("EUR").unwrap(),
        today: NaiveDate::from_ymd_opt(2026, 11, 18).unwrap(),
        total: None,
    };
    let begun = Instant::now();
    let _ = read(&question);
    begun.elapsed()
}

/// The best of several attempts: other programs can only make one slower.
fn best_of(text: &str) -> Duration {
    (0..5).map(|_| time_of(text)).min().unwrap_or_default()
}

#[test]
fn a_person_does_not_wait() {
    // The first reading loads the languages and the rules.
    let loading = time_of("pizza");
    // It cannot be measured again, so that other programs may slow it down in a build for debugging.
    let limit = Duration::from_millis(if cfg!(debug_assertions) { 5_000 } else { 10 });
    assert!(loading < limit, "loading takes {loading:?}");
    let sentence =
        "last friday Ben paid 84.50 for dinner, Chloé only had a salad for 12, the rest is shared, tip 10%; ";
    let short: String = sentence.chars().cycle().take(200).collect();
    let long: String = sentence.chars().cycle().take(2_000).collect();
    for (text, limit) in [(short, 5), (long, 50)] {
        let time = best_of(&text);
        assert!(time < Duration::from_millis(limit) * SLOWNESS, "{} characters take {time:?}", text.len());
    }
}
