//! `cargo xtask docs`: what pages say about the code, written from the code.

use anyhow::Result;

use crate::{compile, home::throwaway, settings, tidy};

/// Writes the page of settings and the files of the subgraphs.
pub(crate) fn run() -> Result<()> {
    let home = throwaway("docs")?;
    compile::rust(&home)?;
    settings::write()?;
    tidy::anatomy::write()?;
    home.remove()
}
