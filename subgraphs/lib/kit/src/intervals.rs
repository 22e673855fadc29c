//! Work that is done again and again beside serving.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use crate::failure::Outcome;

/// Does work at once and then at intervals, until cancelled. A failure is logged with this sentence, and the work is tried
/// again after the interval.
pub async fn repeat<F, T>(interval: Duration, stop: &CancellationToken, failed: &'static str, work: impl Fn() -> F)
where
    F: Future<Output = Outcome<T>>,
{
    while !stop.is_cancelled() {
        if let Err(failure) = work().await {
            tracing::warn!(reason = failure.log_text(), "{failed}; trying again");
        }
        tokio::select! {
            () = tokio::time::sleep(interval) => {}
            () = stop.cancelled() => {}
        }
    }
}
