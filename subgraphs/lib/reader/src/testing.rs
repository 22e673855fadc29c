//! What tests of several modules ask with.

use money::{Currency, split::split};

use crate::{Question, Reading, read};

/// Reads what the first of these people writes in November, in euros.
pub(crate) fn read_among(people: &[&str], text: &str) -> Reading {
    read(&Question {
        text,
        people,
        speaker: 0,
        currency: Currency::from_code("EUR").unwrap(),
        today: "2026-11-18".parse().unwrap(),
        total: None,
    })
}

/// What everybody owes, in minor units; `None` where something is asked.
pub(crate) fn owed(reading: &Reading) -> Option<Vec<(usize, i64)>> {
    let mut shares = split(reading.total?, reading.split.as_ref()?, 0).ok()?;
    shares.sort_unstable();
    reading.questions.is_empty().then_some(shares)
}
