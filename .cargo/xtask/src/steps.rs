//! Runs several steps, even if some fail, and prints a summary at the end.

use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::{
    interrupt::Stopped,
    progress::{self, Step, elapsed, say},
};

/// The results so far: name, duration, success.
#[derive(Default)]
pub(crate) struct Steps {
    rows: Vec<(String, Duration, bool)>,
    count: Count,
}

/// The number of tests that a step ran, if it counts them, and which of them failed, as far as they have names.
#[derive(Default)]
pub(crate) struct Count {
    pub(crate) passed: usize,
    pub(crate) failed: usize,
    pub(crate) failures: Vec<String>,
}

impl Steps {
    /// Runs a step that counts as one test; returns whether it succeeded.
    pub(crate) fn check(&mut self, name: &str, step: impl FnOnce(&Step) -> Result<()>) -> Result<bool> {
        self.tests(name, |shown| {
            let done = step(shown);
            (Count { passed: usize::from(done.is_ok()), ..Count::default() }, done)
        })
    }

    /// Runs a step that counts its tests; returns whether it succeeded.
    pub(crate) fn tests(&mut self, name: &str, step: impl FnOnce(&Step) -> (Count, Result<()>)) -> Result<bool> {
        let start = Instant::now();
        let shown = progress::step(name);
        let (count, done) = step(&shown);
        let failure = match done {
            Ok(()) => {
                shown.done();
                None
            }
            Err(error) if error.is::<Stopped>() => return Err(error),
            Err(error) => {
                drop(shown);
                say(format!("\n{error:#}\n"));
                Some(name.to_owned())
            }
        };
        // A step can fail before it has counted anything.
        self.count.failed += count.failed.max(usize::from(failure.is_some()));
        self.count.passed += count.passed;
        self.count.failures.extend(count.failures);
        self.rows.push((name.to_owned(), start.elapsed(), failure.is_none()));
        Ok(failure.is_none())
    }

    /// Prints all steps; fails if one of them failed.
    pub(crate) fn finish(self) -> Result<()> {
        let width = self.rows.iter().map(|(name, ..)| name.chars().count()).max().unwrap_or_default();
        say("");
        for (name, took, succeeded) in &self.rows {
            let mark = if *succeeded { '✓' } else { '✗' };
            say(format!("  {mark}  {name:<width$}  {:>12}", elapsed(*took)));
        }
        let Count { passed, failed, failures: tests } = self.count;
        let count = format!("{passed} passed, {failed} failed");
        let failures: Vec<&str> = self.rows.iter().filter(|row| !row.2).map(|row| row.0.as_str()).collect();
        if failures.is_empty() {
            say(format!("\n{count}"));
            Ok(())
        } else {
            let names = [vec![failures.join(", ")], tests].concat().join("\n  ");
            bail!("failed: {names}\n\n{count}")
        }
    }
}

#[cfg(test)]
mod tests {
    use anyhow::anyhow;

    use super::*;

    #[test]
    fn one_failure_fails_the_whole_but_the_other_steps_still_run() {
        let mut steps = Steps::default();
        assert!(!steps.check("a", |_| bail!("no")).unwrap());
        assert!(steps.check("b", |_| Ok(())).unwrap());
        let count = Count { passed: 3, failed: 1, failures: vec!["d".to_owned()] };
        steps.tests("c", |_| (count, Err(anyhow!("no")))).unwrap();
        assert_eq!(steps.finish().unwrap_err().to_string(), "failed: a, c\n  d\n\n4 passed, 2 failed");
    }

    #[test]
    fn no_step_runs_after_a_signal() {
        assert!(Steps::default().check("a", |_| Err(Stopped.into())).is_err());
    }
}
