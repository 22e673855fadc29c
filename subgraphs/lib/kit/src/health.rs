//! The command `health` of a subgraph.

use std::{net::IpAddr, process::ExitCode};

use clap::Args;

pub(crate) const NAME: &str = "health";
pub(crate) const ABOUT: &str = "Asks a running process of this subgraph whether it is ready; exits with 1 if not";

/// The process to ask.
#[derive(Clone, Debug, Args)]
pub(crate) struct Question {
    /// The role it has.
    #[arg(default_value = "serve")]
    pub(crate) role: String,
    /// The address it listens on.
    #[arg(long, env = "QUITS_HOST", default_value = "127.0.0.1")]
    host: IpAddr,
    /// The port it listens on; each role has its own default.
    #[arg(long, env = "QUITS_PORT")]
    port: Option<u16>,
}

impl Question {
    /// Sends the request; succeeds if the process is ready.
    pub(crate) fn ask(&self, default_port: u16) -> ExitCode {
        commands::health::ask(&self.host.to_string(), self.port.unwrap_or(default_port), "/ready")
    }
}
