//! Ctrl-C and SIGTERM: asked for at every wait, so that everything started is also stopped.

use std::{
    fmt,
    panic::resume_unwind,
    sync::{
        Arc, LazyLock, OnceLock,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use anyhow::{Error, Result};
use signal_hook::{
    consts::{SIGHUP, SIGINT, SIGTERM},
    flag,
};

/// The error of what was not finished because of a signal.
#[derive(Debug)]
pub(crate) struct Stopped;

impl fmt::Display for Stopped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("stopped before the end")
    }
}

impl std::error::Error for Stopped {}

static REQUESTED: LazyLock<Arc<AtomicBool>> = LazyLock::new(Arc::default);

/// Between two looks at something that is waited for.
const PAUSE: Duration = Duration::from_millis(50);

/// From here on a first signal asks for an orderly end, a second one ends at once. What a second one leaves behind is
/// found and ended by the next start.
pub(crate) fn listen() -> Result<()> {
    for signal in [SIGINT, SIGTERM, SIGHUP] {
        flag::register_conditional_shutdown(signal, 130, Arc::clone(&REQUESTED))?;
        flag::register(signal, Arc::clone(&REQUESTED))?;
    }
    Ok(())
}

/// Whether somebody asked to stop.
pub(crate) fn requested() -> bool {
    REQUESTED.load(Ordering::Relaxed)
}

/// Looks until there is an answer; `None` when the time is up. A signal ends it with an error.
pub(crate) fn wait<T>(limit: Duration, mut look: impl FnMut() -> Result<Option<T>>) -> Result<Option<T>> {
    let deadline = Instant::now() + limit;
    loop {
        if requested() {
            return Err(Stopped.into());
        }
        if let Some(found) = look()? {
            return Ok(Some(found));
        }
        if Instant::now() > deadline {
            return Ok(None);
        }
        thread::sleep(PAUSE);
    }
}

/// One of several things to do at once.
pub(crate) type Task<'a, T> = Box<dyn FnOnce() -> Result<T> + Send + 'a>;

/// Does all at once. The first failure is the answer, and it ends the waits of the others.
pub(crate) fn at_once<T: Send>(tasks: Vec<Task<'_, T>>) -> Result<Vec<T>> {
    let cause = OnceLock::<Error>::new();
    let fail = |error| {
        // Later failures only follow from the first.
        let _ = cause.set(error);
        REQUESTED.store(true, Ordering::Relaxed);
    };
    let run = |task: Task<'_, T>| task().map_err(fail).ok();
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
    fn a_wait_ends_with_the_answer_or_with_the_time() {
        let mut looks = 0;
        let found = wait(Duration::from_secs(5), || {
            looks += 1;
            Ok((looks == 3).then_some(looks))
        });
        assert_eq!(found.unwrap(), Some(3));
        assert_eq!(wait(Duration::ZERO, || Ok(None::<()>)).unwrap(), None);
    }
}
