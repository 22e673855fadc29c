//! `cargo xtask docs`: generates the parts of the documentation that describe the code.

use anyhow::Result;

use crate::{compile, home::throwaway, settings, tidy};

/// Writes the page of settings and the table of the subgraphs' files.
pub(crate) fn run() -> Result<()> {
    let home = throwaway("docs")?;
    compile::rust(&home)?;
    settings::write()?;
    tidy::anatomy::write()?;
    home.remove()
}
