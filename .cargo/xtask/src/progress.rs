//! What is being done, and for how long: one line for each running step, repainted on a terminal, repeated now and then
//! elsewhere.

use std::{
    fs::File,
    io::{IsTerminal, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
    thread,
    time::{Duration, Instant},
};

use crate::interrupt;

const REPAINT: Duration = Duration::from_millis(200);
const REMIND: Duration = Duration::from_secs(30);

static BOARD: Mutex<Board> = Mutex::new(Board { running: Vec::new(), painted: 0, next: 0 });

struct Board {
    running: Vec<Running>,
    /// Lines that stand below the last finished one and are painted over.
    painted: usize,
    next: usize,
}

struct Running {
    id: usize,
    name: String,
    since: Instant,
    reminded: Instant,
    log: Option<PathBuf>,
}

/// A step under way. Dropped without [`Step::done`], it has failed.
pub(crate) struct Step {
    id: usize,
    since: Instant,
}

/// Starts repainting; without it only the beginnings and ends of steps are shown.
pub(crate) fn start() {
    thread::spawn(|| {
        loop {
            thread::sleep(REPAINT);
            board().tick();
        }
    });
}

/// Begins a step.
pub(crate) fn step(name: impl Into<String>) -> Step {
    let name = name.into();
    let now = Instant::now();
    let mut board = board();
    let id = board.next;
    board.next += 1;
    if !on_terminal() {
        board.print(&format!("  …  {name}"));
    }
    board.running.push(Running { id, name, since: now, reminded: now, log: None });
    Step { id, since: now }
}

/// Prints a line above the running steps.
pub(crate) fn say(line: impl AsRef<str>) {
    board().print(line.as_ref());
}

impl Step {
    /// The last line of this file says from now on what the step is doing.
    pub(crate) fn follow(&self, log: &Path) {
        if let Some(running) = board().running.iter_mut().find(|running| running.id == self.id) {
            running.log = Some(log.to_owned());
        }
    }

    /// The step succeeded.
    pub(crate) fn done(self) {
        self.finish("✓", "");
    }

    /// The step succeeded, and there is something to say about how.
    pub(crate) fn done_with(self, note: &str) {
        self.finish("✓", note);
    }

    fn finish(&self, mark: &str, note: &str) {
        let mut board = board();
        let Some(at) = board.running.iter().position(|running| running.id == self.id) else { return };
        let name = board.running.remove(at).name;
        let note = if note.is_empty() { String::new() } else { format!(", {note}") };
        board.print(&format!("  {mark}  {name}{note}  ({})", elapsed(self.since.elapsed())));
    }
}

impl Drop for Step {
    fn drop(&mut self) {
        // Of what runs at once, one fails and the others are stopped.
        self.finish(if interrupt::requested() { "–" } else { "✗" }, "");
    }
}

impl Board {
    fn print(&mut self, line: &str) {
        self.erase();
        println!("{line}");
        self.paint();
    }

    fn tick(&mut self) {
        if on_terminal() {
            self.erase();
            self.paint();
        } else {
            self.remind();
        }
    }

    fn erase(&mut self) {
        if self.painted > 0 {
            print!("\x1b[{}A\x1b[J", self.painted);
            self.painted = 0;
        }
    }

    fn paint(&mut self) {
        if on_terminal() {
            for running in &self.running {
                println!("{}", shorten(&running.line(), width()));
            }
            self.painted = self.running.len();
        }
        // Nothing useful can be done about a terminal that went away.
        let _ = std::io::stdout().flush();
    }

    fn remind(&mut self) {
        // A step without a log only holds others, which say more.
        let due = |running: &&mut Running| running.log.is_some() && running.reminded.elapsed() >= REMIND;
        for running in self.running.iter_mut().filter(due) {
            running.reminded = Instant::now();
            println!("{}", running.line());
        }
    }
}

impl Running {
    fn line(&self) -> String {
        let doing = self.log.as_deref().and_then(last_line).map(|line| format!("  {line}")).unwrap_or_default();
        format!("  …  {} {}{doing}", self.name, elapsed(self.since.elapsed()))
    }
}

/// The end of a log, for the eye of whoever has to find out what went wrong.
pub(crate) fn tail(log: &Path, lines: usize) -> String {
    let text = std::fs::read(log).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
    let all: Vec<&str> = text.lines().collect();
    all[all.len().saturating_sub(lines)..].join("\n")
}

/// A duration as people say it.
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

fn board() -> MutexGuard<'static, Board> {
    BOARD.lock().unwrap_or_else(PoisonError::into_inner)
}

fn on_terminal() -> bool {
    std::io::stdout().is_terminal()
}

fn width() -> usize {
    let size = rustix::termios::tcgetwinsize(std::io::stdout());
    size.map_or(80, |size| usize::from(size.ws_col).max(20))
}

fn shorten(line: &str, width: usize) -> String {
    if line.chars().count() < width { line.to_owned() } else { line.chars().take(width - 2).chain(['…']).collect() }
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
    fn durations_are_said_as_people_say_them() {
        assert_eq!(elapsed(Duration::from_millis(1250)), "1.2 s");
        assert_eq!(elapsed(Duration::from_secs(42)), "42 s");
        assert_eq!(elapsed(Duration::from_secs(125)), "2 min 05 s");
    }

    #[test]
    fn a_line_never_wraps() {
        assert_eq!(shorten("short", 20), "short");
        assert_eq!(shorten("0123456789", 6), "0123…");
    }
}
