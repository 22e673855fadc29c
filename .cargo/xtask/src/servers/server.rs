//! A server that Quits needs.

use crate::process::Process;

/// A server, with its process if it was started here.
pub(super) struct Server {
    pub(super) address: String,
    pub(super) process: Option<Process>,
}

impl Server {
    /// Returns the server that the environment names.
    pub(super) fn given(variable: &str) -> Option<Self> {
        let address = std::env::var(variable).ok().filter(|address| !address.is_empty())?;
        Some(Self { address, process: None })
    }
}
