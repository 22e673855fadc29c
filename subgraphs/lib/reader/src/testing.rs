//! Helpers for the tests of several modules.

use money::{Currency, split::split};

use crate::{Question, Reading, read};

/// Reads a text on 18 November 2026 in a group in euros. The writer is the first of `people`.
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

/// The share of each person, in minor units; `None` if there are questions.
pub(crate) fn owed(reading: &Reading) -> Option<Vec<(usize, i64)>> {
    let mut shares = split(reading.total?, reading.split.as_ref()?, 0).ok()?;
    shares.sort_unstable();
    reading.questions.is_empty().then_some(shares)
}
