//! What only expenses is told.

use clap::Args;

/// The settings of expenses.
#[derive(Clone, Debug, Args)]
pub struct Config {
    /// Where groups answers who is in a group.
    #[arg(long, env = "QUITS_GROUPS_URL", default_value = "http://127.0.0.1:4002")]
    pub groups_url: reqwest::Url,
}
