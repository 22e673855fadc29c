//! Committed files that are generated from the code.

use std::{collections::BTreeMap, fs};

use anyhow::{Context, Result, bail};

use crate::{
    compile,
    home::{Home, root, throwaway},
    process, progress, schema, settings,
    tools::{TIDY, cargo},
};

/// The texts of files by their paths relative to the root.
type Files = BTreeMap<String, String>;

/// Fails if a committed file differs from the code.
pub(crate) fn check(files: &Files, command: &str) -> Result<()> {
    let outdated: Vec<&str> = outdated(files).collect();
    if outdated.is_empty() {
        return Ok(());
    }
    bail!("generated files differ from the code: {}; run `cargo xtask {command}`", outdated.join(", "))
}

/// `cargo xtask schema`: writes the schema, and the currencies of the app.
pub(crate) fn write_schema() -> Result<()> {
    let home = throwaway("schema")?;
    write(&home, schema::files)?;
    home.remove()
}

/// `cargo xtask docs`: writes the page of settings and the table of the subgraphs' files.
pub(crate) fn write_docs() -> Result<()> {
    let home = throwaway("docs")?;
    write(&home, settings::files)?;
    let mut tidy = cargo();
    tidy.args(TIDY).args(["--", "--write"]);
    progress::step("Files of the subgraphs", |step| process::run(&home, step, "tidy", tidy))?;
    home.remove()
}

/// Builds the programs, and writes the files that have changed.
fn write(home: &Home, files: fn() -> Result<Files>) -> Result<()> {
    compile::rust(home)?;
    let files = files()?;
    for path in outdated(&files) {
        fs::write(root().join(path), &files[path]).with_context(|| format!("writing {path}"))?;
        progress::say(format!("     {path} written"));
    }
    Ok(())
}

fn outdated(files: &Files) -> impl Iterator<Item = &str> {
    let is_current = |path: &str, text: &str| fs::read_to_string(root().join(path)).is_ok_and(|kept| kept == text);
    files.iter().filter(move |(path, text)| !is_current(path, text)).map(|(path, _)| path.as_str())
}
