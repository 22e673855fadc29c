//! `cargo xtask docs`: generates the parts of the documentation that describe the code.

use anyhow::Result;

use crate::{
    compile, generated,
    home::throwaway,
    process, progress, settings,
    tools::{TIDY, cargo},
};

/// Writes the page of settings and the table of the subgraphs' files.
pub(crate) fn run() -> Result<()> {
    let home = throwaway("docs")?;
    compile::rust(&home)?;
    generated::write(&settings::files()?)?;
    let mut files = cargo();
    files.args(TIDY).args(["--", "--write"]);
    progress::step("Files of the subgraphs", |step| process::run(&home, step, "tidy", files))?;
    home.remove()
}
