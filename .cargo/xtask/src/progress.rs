//! Progress output: one line for each running step, redrawn on a terminal and repeated at intervals elsewhere.

use std::{
    fs::File,
    io::{Read, Seek, SeekFrom},
    path::Path,
    sync::LazyLock,
    time::{Duration, Instant},
};

use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::interrupt;

const REPAINT: Duration = Duration::from_millis(200);
const REMIND: Duration = Duration::from_secs(30);

/// Draws on a terminal only.
static LINES: LazyLock<MultiProgress> = LazyLock::new(|| MultiProgress::with_draw_target(ProgressDrawTarget::stdout()));

/// A running step. If it is dropped without [`Step::done`], it has failed.
pub(crate) struct Step {
    name: String,
    since: Instant,
    line: ProgressBar,
}

/// Starts a step.
pub(crate) fn step(name: impl Into<String>) -> Step {
    let style = ProgressStyle::with_template("  …  {prefix} {elapsed}  {wide_msg}");
    let style = style.unwrap_or_else(|_| ProgressStyle::default_spinner());
    let name = name.into();
    let line = LINES.add(ProgressBar::new_spinner().with_style(style).with_prefix(name.clone()));
    line.enable_steady_tick(REPAINT);
    if LINES.is_hidden() {
        say(format!("  …  {name}"));
    }
    Step { name, since: Instant::now(), line }
}

/// Prints a line above the running steps.
pub(crate) fn say(line: impl AsRef<str>) {
    LINES.suspend(|| println!("{}", line.as_ref()));
}

/// Shows the last lines of a log as the status of a step.
pub(crate) struct Follow<'a> {
    step: &'a Step,
    log: &'a Path,
    /// When they are shown next.
    due: Instant,
}

impl Follow<'_> {
    /// Shows the last line, if it is time.
    pub(crate) fn look(&mut self) {
        if Instant::now() < self.due {
            return;
        }
        let Step { name, since, line } = self.step;
        let doing = last_line(self.log).unwrap_or_default();
        if LINES.is_hidden() {
            say(format!("  …  {name} {}  {doing}", elapsed(since.elapsed())));
        }
        line.set_message(doing);
        self.due = Instant::now() + interval();
    }
}

fn interval() -> Duration {
    if LINES.is_hidden() { REMIND } else { REPAINT }
}

impl Step {
    /// Begins to show a log.
    pub(crate) fn follow<'a>(&'a self, log: &'a Path) -> Follow<'a> {
        Follow { step: self, log, due: Instant::now() + interval() }
    }

    /// Marks the step as successful.
    pub(crate) fn done(self) {
        self.finish("✓", "");
    }

    /// Marks the step as successful, with a note.
    pub(crate) fn done_with(self, note: &str) {
        self.finish("✓", &format!(", {note}"));
    }

    fn finish(&self, mark: &str, note: &str) {
        if !self.line.is_finished() {
            self.line.finish_and_clear();
            say(format!("  {mark}  {}{note}  ({})", self.name, elapsed(self.since.elapsed())));
        }
    }
}

impl Drop for Step {
    fn drop(&mut self) {
        // When one of several concurrent steps fails, the others are interrupted and marked differently.
        self.finish(if interrupt::requested() { "–" } else { "✗" }, "");
    }
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
