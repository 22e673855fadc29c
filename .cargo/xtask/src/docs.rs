//! `cargo xtask docs`: what pages say about the code, written from the code.

use anyhow::Result;

use crate::{settings, tidy};

/// Writes the page of settings and the files of the subgraphs.
pub(crate) fn run() -> Result<()> {
    settings::write()?;
    tidy::anatomy::write()
}
