//! Progress output: one line for each running step, redrawn on a terminal and repeated at intervals elsewhere.

use std::{
    fs::File,
    io::{Read, Seek, SeekFrom},
    path::{Path, PathBuf},
    sync::{Arc, LazyLock, Mutex, PoisonError},
    thread,
    time::{Duration, Instant},
};

use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::interrupt;

const REPAINT: Duration = Duration::from_millis(200);
const REMIND: Duration = Duration::from_secs(30);

/// Draws on a terminal only.
static LINES: LazyLock<MultiProgress> = LazyLock::new(|| MultiProgress::with_draw_target(ProgressDrawTarget::stdout()));

/// A running step. If it is dropped without [`Step::done`], it has failed.
pub(crate) struct Step(Arc<Running>);

struct Running {
    name: String,
    since: Instant,
    line: ProgressBar,
    log: Mutex<Option<PathBuf>>,
}

/// Starts a step.
pub(crate) fn step(name: impl Into<String>) -> Step {
    let style = ProgressStyle::with_template("{wide_msg}").unwrap_or_else(|_| ProgressStyle::default_spinner());
    let line = LINES.add(ProgressBar::new_spinner().with_style(style));
    let running = Arc::new(Running { name: name.into(), since: Instant::now(), line, log: Mutex::default() });
    if LINES.is_hidden() {
        say(format!("  …  {}", running.name));
    }
    let shown = Arc::downgrade(&running);
    thread::spawn(move || {
        let mut due = REMIND;
        while let Some(running) = shown.upgrade() {
            running.line.set_message(running.says());
            // A step without a log only contains others, which have their own output.
            if LINES.is_hidden() && running.since.elapsed() >= due && running.log().is_some() {
                due += REMIND;
                say(running.says());
            }
            drop(running);
            thread::sleep(REPAINT);
        }
    });
    Step(running)
}

/// Prints a line above the running steps.
pub(crate) fn say(line: impl AsRef<str>) {
    LINES.suspend(|| println!("{}", line.as_ref()));
}

impl Step {
    /// Shows the last line of this file as the status of the step.
    pub(crate) fn follow(&self, log: &Path) {
        *self.0.log.lock().unwrap_or_else(PoisonError::into_inner) = Some(log.to_owned());
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
        let Running { name, since, line, .. } = &*self.0;
        if !line.is_finished() {
            line.finish_and_clear();
            say(format!("  {mark}  {name}{note}  ({})", elapsed(since.elapsed())));
        }
    }
}

impl Drop for Step {
    fn drop(&mut self) {
        // When one of several concurrent steps fails, the others are interrupted and marked differently.
        self.finish(if interrupt::requested() { "–" } else { "✗" }, "");
    }
}

impl Running {
    fn log(&self) -> Option<PathBuf> {
        self.log.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn says(&self) -> String {
        let doing = self.log().as_deref().and_then(last_line).map(|line| format!("  {line}")).unwrap_or_default();
        format!("  …  {} {}{doing}", self.name, elapsed(self.since.elapsed()))
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
