//! Committed files that are generated from the code.

use std::{collections::BTreeMap, fs};

use anyhow::{Context, Result, bail};

use crate::{home::root, progress};

/// The texts of files by their paths relative to the root.
pub(crate) type Files = BTreeMap<String, String>;

/// Fails if a committed file differs from the code.
pub(crate) fn check(files: &Files, command: &str) -> Result<()> {
    let outdated: Vec<&str> = outdated(files).collect();
    if outdated.is_empty() {
        return Ok(());
    }
    bail!("generated files differ from the code: {}; run `cargo xtask {command}`", outdated.join(", "))
}

/// Writes those that have changed.
pub(crate) fn write(files: &Files) -> Result<()> {
    for path in outdated(files) {
        fs::write(root().join(path), &files[path]).with_context(|| format!("writing {path}"))?;
        progress::say(format!("     {path} written"));
    }
    Ok(())
}

fn outdated(files: &Files) -> impl Iterator<Item = &str> {
    let is_current = |path: &str, text: &str| fs::read_to_string(root().join(path)).is_ok_and(|kept| kept == text);
    files.iter().filter(move |(path, text)| !is_current(path, text)).map(|(path, _)| path.as_str())
}
