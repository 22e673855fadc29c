//! Percentiles of measured times, for the stories and the benchmark.

use std::time::Duration;

/// Returns this percentile of the sorted times; between two of them the slower one, and zero if there are none.
pub(crate) fn percentile(times: &[Duration], percent: usize) -> Duration {
    let place = (times.len() * percent / 100).min(times.len().saturating_sub(1));
    times.get(place).copied().unwrap_or_default()
}
