//! One server that Quits stands on.

use crate::process::Process;

/// A server and, if it was started here, its process.
pub(super) struct Server {
    pub(super) address: String,
    pub(super) process: Option<Process>,
}

impl Server {
    /// The one that the environment names.
    pub(super) fn given(variable: &str) -> Option<Self> {
        let address = std::env::var(variable).ok().filter(|address| !address.is_empty())?;
        Some(Self { address, process: None })
    }
}
