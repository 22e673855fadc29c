//! The settings that only reports has.

use clap::Args;

/// The settings of `reports`.
#[derive(Clone, Debug, Args)]
pub struct Config {
    /// Where groups answers, which knows who may read about a group.
    #[arg(long, env = "QUITS_GROUPS_URL", default_value = "http://127.0.0.1:4002")]
    pub groups_url: String,
}
