//! Child processes: each in its own process group, writing to a file, and ended with everything that it started.

use std::{
    fs::{self, File, OpenOptions},
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use rustix::process::{Pid, Signal, kill_process, kill_process_group};

use crate::{home::Home, interrupt, progress, progress::Step};

/// Every process started here carries its home's folder in this variable. A later start finds by it what an earlier
/// one could not end, whatever became of process ids meanwhile.
const MARK: &str = "QUITS_HOME";

/// How long a process may take to end on request.
const GRACE: Duration = Duration::from_secs(15);

/// Between two looks whether it has ended.
const PAUSE: Duration = Duration::from_millis(20);

/// No step takes longer.
const A_DAY: Duration = Duration::from_hours(24);

/// A long-running child. Dropped, it is ended.
pub(crate) struct Process {
    pub(crate) name: String,
    pub(crate) log: PathBuf,
    command: Command,
    child: Child,
}

impl Process {
    /// Starts it, with a new log.
    pub(crate) fn start(home: &Home, name: &str, mut command: Command) -> Result<Self> {
        let log = home.log(name);
        File::create(&log)?;
        into_log(&mut command, home, &log)?;
        let child = spawn(&mut command)?;
        Ok(Self { name: name.to_owned(), log, command, child })
    }

    /// Starts it once more, with the same log.
    pub(crate) fn restart(&mut self) -> Result<()> {
        self.child = spawn(&mut self.command)?;
        Ok(())
    }

    /// How it ended, if it has.
    pub(crate) fn exited(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().ok().flatten()
    }

    /// Fails with the end of the log if it is gone.
    pub(crate) fn expect_alive(&mut self) -> Result<()> {
        match self.exited() {
            None => Ok(()),
            Some(status) => bail!("{} ended ({status}); its last lines:\n{}", self.name, self.tail()),
        }
    }

    /// The end of its log.
    pub(crate) fn tail(&self) -> String {
        progress::tail(&self.log, 30)
    }

    fn signal(&self, signal: Signal) {
        if let Ok(pid) = i32::try_from(self.child.id())
            && let Some(group) = Pid::from_raw(pid)
        {
            // An error says that it is gone already.
            let _ = kill_process_group(group, signal);
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        stop_all(std::slice::from_mut(self));
    }
}

/// Asks all of them to end, waits for all, and insists where one does not.
pub(crate) fn stop_all(processes: &mut [Process]) {
    let alive: Vec<&mut Process> =
        processes.iter_mut().filter_map(|process| process.exited().is_none().then_some(process)).collect();
    for process in &alive {
        process.signal(Signal::TERM);
    }
    let deadline = Instant::now() + GRACE;
    for process in alive {
        while process.exited().is_none() && Instant::now() < deadline {
            thread::sleep(PAUSE);
        }
        process.signal(Signal::KILL);
        let _ = process.child.wait();
    }
}

/// Runs a command to its end; a failure shows the end of what it printed.
pub(crate) fn run(home: &Home, step: &Step, log: &str, command: Command) -> Result<()> {
    let mut process = Process::start(home, log, command)?;
    step.follow(&process.log);
    let status = interrupt::wait(A_DAY, || Ok(process.exited()))?.context("never ended")?;
    if !status.success() {
        let end = progress::tail(&process.log, 200);
        bail!("{} failed ({status}):\n{end}\n(all of it: {})", process.name, process.log.display());
    }
    Ok(())
}

/// Ends every process that carries the mark of this home.
pub(crate) fn end_leftovers(home: &Path) {
    for signal in [Signal::TERM, Signal::KILL] {
        for pid in marked(home) {
            let _ = kill_process(pid, signal);
        }
        let deadline = Instant::now() + GRACE;
        while !marked(home).is_empty() && Instant::now() < deadline {
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

fn into_log(command: &mut Command, home: &Home, log: &Path) -> Result<()> {
    let file = OpenOptions::new().append(true).open(log)?;
    command.env(MARK, home.dir()).process_group(0).stdin(Stdio::null()).stdout(file.try_clone()?).stderr(file);
    Ok(())
}

fn spawn(command: &mut Command) -> Result<Child> {
    command.spawn().with_context(|| format!("starting {}", command.get_program().display()))
}
