//! Ctrl-C and SIGTERM: every wait checks for them, so that everything that was started is also stopped.

use std::{
    panic::resume_unwind,
    sync::{
        Arc, LazyLock, OnceLock,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use anyhow::Result;
use signal_hook::{
    consts::{SIGHUP, SIGINT, SIGTERM},
    flag,
};
use thiserror::Error;

/// The error of an operation that a signal interrupted.
#[derive(Debug, Error)]
#[error("stopped before the end")]
pub(crate) struct Stopped;

static REQUESTED: LazyLock<Arc<AtomicBool>> = LazyLock::new(Arc::default);

/// The polling interval of waits.
const POLL_INTERVAL: Duration = Duration::from_millis(50);

/// Registers the signal handlers. The first signal requests an orderly shutdown, a second one exits at once; the next
/// start finds and ends the processes that this leaves.
pub(crate) fn listen() -> Result<()> {
    for signal in [SIGINT, SIGTERM, SIGHUP] {
        flag::register_conditional_shutdown(signal, 130, Arc::clone(&REQUESTED))?;
        flag::register(signal, Arc::clone(&REQUESTED))?;
    }
    Ok(())
}

/// Whether a shutdown was requested.
pub(crate) fn requested() -> bool {
    REQUESTED.load(Ordering::Relaxed)
}

/// Polls until there is a result. A signal interrupts it with an error.
pub(crate) fn wait<T>(mut look: impl FnMut() -> Result<Option<T>>) -> Result<T> {
    loop {
        if requested() {
            return Err(Stopped.into());
        }
        if let Some(found) = look()? {
            return Ok(found);
        }
        thread::sleep(POLL_INTERVAL);
    }
}

/// Polls until there is a result; `None` after the timeout. A signal interrupts it with an error.
pub(crate) fn wait_at_most<T>(limit: Duration, mut look: impl FnMut() -> Result<Option<T>>) -> Result<Option<T>> {
    let deadline = Instant::now() + limit;
    wait(|| match look()? {
        None if Instant::now() <= deadline => Ok(None),
        found => Ok(Some(found)),
    })
}

/// Runs all tasks concurrently. The first failure is returned and interrupts the waits of the others.
pub(crate) fn at_once<A: Send, T: Send>(
    tasks: impl IntoIterator<Item = A>,
    run: impl Fn(A) -> Result<T> + Sync,
) -> Result<Vec<T>> {
    let cause = OnceLock::<anyhow::Error>::new();
    let fail = |error| {
        // Later failures are consequences of the first.
        let _ = cause.set(error);
        REQUESTED.store(true, Ordering::Relaxed);
    };
    let run = &|task| run(task).map_err(fail).ok();
    let done = thread::scope(|scope| {
        let threads: Vec<_> = tasks.into_iter().map(|task| scope.spawn(move || run(task))).collect();
        let joined = threads.into_iter().map(|thread| thread.join().unwrap_or_else(|panic| resume_unwind(panic)));
        joined.collect::<Vec<_>>()
    });
    match cause.into_inner() {
        Some(error) => Err(error),
        None => Ok(done.into_iter().flatten().collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_ends_with_a_result_or_a_timeout() {
        let mut looks = 0;
        let found = wait_at_most(Duration::from_secs(5), || {
            looks += 1;
            Ok((looks == 3).then_some(looks))
        });
        assert_eq!(found.unwrap(), Some(3));
        assert_eq!(wait_at_most(Duration::ZERO, || Ok(None::<()>)).unwrap(), None);
    }
}
