//! Child processes: each has its own process group, logs to a file, and is ended together with its own children. The
//! standard library has process groups, so that a crate for them would save nothing.

use std::{
    fs::{File, OpenOptions},
    os::unix::process::CommandExt,
    path::PathBuf,
    process::{Child, Command, ExitStatus, Stdio},
    time::Duration,
};

use anyhow::{Context, Result, bail};
use rustix::process::{Pid, kill_process_group};

use crate::{
    home::Home,
    interrupt, leftovers,
    progress::{self, Step},
};

/// A long-running child process, which is ended on drop.
pub(crate) struct Process {
    pub(crate) name: String,
    pub(crate) log: PathBuf,
    command: Command,
    child: Child,
}

impl Process {
    /// Starts the process with a new log.
    pub(crate) fn start(home: &Home, name: &str, mut command: Command) -> Result<Self> {
        let log = home.log(name);
        File::create(&log)?;
        let file = OpenOptions::new().append(true).open(&log)?;
        command.env(leftovers::MARK, home.dir()).process_group(0);
        command.stdin(Stdio::null()).stdout(file.try_clone()?).stderr(file);
        let child = spawn(&mut command)?;
        Ok(Self { name: name.to_owned(), log, command, child })
    }

    /// Starts it again, appending to the log.
    pub(crate) fn restart(&mut self) -> Result<()> {
        self.child = spawn(&mut self.command)?;
        Ok(())
    }

    /// Returns its exit status, if it has ended.
    pub(crate) fn exited(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().ok().flatten()
    }

    /// Fails with the end of the log if it has ended.
    pub(crate) fn expect_alive(&mut self) -> Result<()> {
        match self.exited() {
            None => Ok(()),
            Some(status) => bail!("{} ended ({status}); its last lines:\n{}", self.name, self.tail()),
        }
    }

    /// Waits until it is ready, while the step shows its log.
    pub(crate) fn expect_ready(&mut self, step: &Step, limit: Duration, is_ready: impl Fn() -> bool) -> Result<()> {
        let ready = interrupt::wait_at_most(limit, || {
            step.show(&self.log);
            self.expect_alive()?;
            Ok(is_ready().then_some(()))
        })?;
        ready.with_context(|| format!("{} did not get ready; its last lines:\n{}", self.name, self.tail()))
    }

    fn tail(&self) -> String {
        progress::tail(&self.log, 30)
    }

    /// Returns its process group while it runs.
    fn group(&mut self) -> Option<Pid> {
        self.exited().is_none().then(|| i32::try_from(self.child.id()).ok().and_then(Pid::from_raw)).flatten()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        stop_all(std::slice::from_mut(self));
    }
}

/// Ends these processes with their children.
pub(crate) fn stop_all(processes: &mut [Process]) {
    leftovers::end_all(|| processes.iter_mut().filter_map(Process::group).collect(), kill_process_group);
}

/// Runs a command to its end; on failure the error has the end of its output.
pub(crate) fn run(home: &Home, step: &Step, log: &str, command: Command) -> Result<()> {
    let mut process = Process::start(home, log, command)?;
    let status = interrupt::wait(|| {
        step.show(&process.log);
        Ok(process.exited())
    })?;
    if !status.success() {
        let end = progress::tail(&process.log, 200);
        bail!("{} failed ({status}):\n{end}\n(all of it: {})", process.name, process.log.display());
    }
    Ok(())
}

fn spawn(command: &mut Command) -> Result<Child> {
    command.spawn().with_context(|| format!("starting {}", command.get_program().display()))
}
