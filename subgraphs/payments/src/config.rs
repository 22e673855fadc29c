//! The settings that only payments has.

use clap::Args;

/// The settings of payments.
#[derive(Clone, Debug, Args)]
pub struct Config {
    /// Where groups answers who is in a group.
    #[arg(long, env = "QUITS_GROUPS_URL", default_value = "http://127.0.0.1:4002")]
    pub groups_url: reqwest::Url,
    /// Where expenses answers what its nets were in the past.
    #[arg(long, env = "QUITS_EXPENSES_URL", default_value = "http://127.0.0.1:4003")]
    pub expenses_url: reqwest::Url,
    /// How often it is checked that who watches a group is still in it, in milliseconds.
    #[arg(long, env = "QUITS_HEARTBEAT_MS", default_value_t = 15_000, value_parser = clap::value_parser!(u64).range(1..))]
    pub heartbeat_ms: u64,
}
