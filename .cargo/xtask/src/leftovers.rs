//! Ends processes, also those that an earlier run started and could not end.

use std::{
    fs,
    path::Path,
    thread,
    time::{Duration, Instant},
};

use rustix::process::{Pid, Signal, kill_process};

/// The environment variable with the home folder, set for every process that is started here. A later start finds
/// leftover processes by it, which is safe even if process ids are reused.
pub(crate) const MARK: &str = "QUITS_HOME";

/// The grace period between SIGTERM and SIGKILL.
const GRACE: Duration = Duration::from_secs(15);

/// The polling interval while waiting for the end.
const PAUSE: Duration = Duration::from_millis(20);

/// Ends every process with the mark of this home.
pub(crate) fn end(home: &Path) {
    end_all(|| marked(home), kill_process);
}

/// Sends SIGTERM to those that run, and SIGKILL if they do not end in time.
pub(crate) fn end_all(mut running: impl FnMut() -> Vec<Pid>, kill: fn(Pid, Signal) -> rustix::io::Result<()>) {
    for signal in [Signal::TERM, Signal::KILL] {
        for pid in running() {
            // An error means that it has ended already.
            let _ = kill(pid, signal);
        }
        let deadline = Instant::now() + GRACE;
        while !running().is_empty() && Instant::now() < deadline {
            thread::sleep(PAUSE);
        }
    }
}

fn marked(home: &Path) -> Vec<Pid> {
    let mark = format!("{MARK}={}", home.display());
    let Ok(processes) = fs::read_dir("/proc") else { return Vec::new() };
    processes
        .flatten()
        .filter(|entry| carries(&entry.path(), mark.as_bytes()))
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok().and_then(Pid::from_raw))
        .filter(|pid| pid.as_raw_nonzero().get().cast_unsigned() != std::process::id())
        .collect()
}

fn carries(process: &Path, mark: &[u8]) -> bool {
    fs::read(process.join("environ")).is_ok_and(|environ| environ.split(|&byte| byte == 0).any(|entry| entry == mark))
}
