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
        self.tests(name, |shown, count| {
            step(shown)?;
            count.passed = 1;
            Ok(())
        })
    }

    /// Runs a step that counts its tests; returns whether it succeeded.
    pub(crate) fn tests(&mut self, name: &str, step: impl FnOnce(&Step, &mut Count) -> Result<()>) -> Result<bool> {
        let start = Instant::now();
        let mut count = Count::default();
        let done = progress::step(name, |shown| step(shown, &mut count));
        let succeeded = done.is_ok();
        match done {
            Err(error) if error.is::<Stopped>() => return Err(error),
            Err(error) => say(format!("\n{error:#}\n")),
            Ok(()) => {}
        }
        // A step can fail before it has counted anything.
        self.count.failed += count.failed.max(usize::from(!succeeded));
        self.count.passed += count.passed;
        self.count.failures.extend(count.failures);
        self.rows.push((name.to_owned(), start.elapsed(), succeeded));
        Ok(succeeded)
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
    use super::*;

    #[test]
    fn one_failure_fails_the_whole_but_the_other_steps_still_run() {
        let mut steps = Steps::default();
        assert!(!steps.check("a", |_| bail!("no")).unwrap());
        assert!(steps.check("b", |_| Ok(())).unwrap());
        let failing = |count: &mut Count| {
            *count = Count { passed: 3, failed: 1, failures: vec!["d".to_owned()] };
            bail!("no")
        };
        steps.tests("c", |_, count| failing(count)).unwrap();
        assert_eq!(steps.finish().unwrap_err().to_string(), "failed: a, c\n  d\n\n4 passed, 2 failed");
    }

    #[test]
    fn no_step_runs_after_a_signal() {
        assert!(Steps::default().check("a", |_| Err(Stopped.into())).is_err());
    }
}
