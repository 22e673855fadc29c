//! Progress output: one line for each running step, redrawn on a terminal and repeated at intervals elsewhere.

use std::{
    cell::Cell,
    fs::File,
    io::{Read, Seek, SeekFrom},
    path::Path,
    sync::LazyLock,
    time::{Duration, Instant},
};

use anyhow::Result;
use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::interrupt;

const REPAINT: Duration = Duration::from_millis(200);
const REMIND: Duration = Duration::from_secs(30);

/// Draws on a terminal only.
static LINES: LazyLock<MultiProgress> = LazyLock::new(|| MultiProgress::with_draw_target(ProgressDrawTarget::stdout()));

/// A running step.
pub(crate) struct Step {
    name: String,
    since: Instant,
    line: ProgressBar,
    /// When the log is shown next.
    due: Cell<Instant>,
}

/// Runs a step, and prints whether it succeeded and how long it took.
pub(crate) fn step<T>(name: impl Into<String>, run: impl FnOnce(&Step) -> Result<T>) -> Result<T> {
    let style = ProgressStyle::with_template("  …  {prefix} {elapsed}  {wide_msg}")?;
    let name = name.into();
    let line = LINES.add(ProgressBar::new_spinner().with_style(style).with_prefix(name.clone()));
    line.enable_steady_tick(REPAINT);
    if LINES.is_hidden() {
        say(format!("  …  {name}"));
    }
    let step = Step { name, since: Instant::now(), line, due: Cell::new(Instant::now() + interval()) };
    let done = run(&step);
    let mark = match done {
        Ok(_) => "✓",
        // When one of several concurrent steps fails, the others are interrupted and marked differently.
        Err(_) if interrupt::requested() => "–",
        Err(_) => "✗",
    };
    step.line.finish_and_clear();
    say(format!("  {mark}  {}  ({})", step.name, elapsed(step.since.elapsed())));
    done
}

/// Prints a line above the running steps.
pub(crate) fn say(line: impl AsRef<str>) {
    LINES.suspend(|| println!("{}", line.as_ref()));
}

impl Step {
    /// Shows the last line of a log as the status of the step, if it is time.
    pub(crate) fn show(&self, log: &Path) {
        if Instant::now() < self.due.get() {
            return;
        }
        let doing = last_line(log).unwrap_or_default();
        if LINES.is_hidden() {
            say(format!("  …  {} {}  {doing}", self.name, elapsed(self.since.elapsed())));
        }
        self.line.set_message(doing);
        self.due.set(Instant::now() + interval());
    }
}

fn interval() -> Duration {
    if LINES.is_hidden() { REMIND } else { REPAINT }
}

/// Returns the end of a log, for error messages.
pub(crate) fn tail(log: &Path, lines: usize) -> String {
    let text = std::fs::read(log).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
    let all: Vec<&str> = text.lines().collect();
    all[all.len().saturating_sub(lines)..].join("\n")
}

/// Formats a duration for people.
pub(crate) fn elapsed(time: Duration) -> String {
    let seconds = time.as_secs();
    if seconds < 10 {
        format!("{seconds}.{} s", time.subsec_millis() / 100)
    } else if seconds < 60 {
        format!("{seconds} s")
    } else {
        format!("{} min {:02} s", seconds / 60, seconds % 60)
    }
}

fn last_line(log: &Path) -> Option<String> {
    let mut file = File::open(log).ok()?;
    let length = file.metadata().ok()?.len();
    file.seek(SeekFrom::Start(length.saturating_sub(2048))).ok()?;
    let mut end = Vec::new();
    file.read_to_end(&mut end).ok()?;
    let text = String::from_utf8_lossy(&end);
    let line = text.split(['\n', '\r']).rev().map(str::trim).find(|line| !line.is_empty())?;
    Some(line.chars().filter(|c| !c.is_control()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_formatted_for_people() {
        assert_eq!(elapsed(Duration::from_millis(1250)), "1.2 s");
        assert_eq!(elapsed(Duration::from_secs(42)), "42 s");
        assert_eq!(elapsed(Duration::from_secs(125)), "2 min 05 s");
    }
}
