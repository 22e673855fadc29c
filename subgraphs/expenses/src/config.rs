//! What only expenses is told.

use clap::{Args, value_parser};

use crate::gemini::GeminiSettings;

/// The settings of expenses.
#[derive(Clone, Debug, Args)]
pub struct Config {
    /// Where groups answers who is in a group.
    #[arg(long, env = "QUITS_GROUPS_URL", default_value = "http://127.0.0.1:4002")]
    pub groups_url: reqwest::Url,
    /// How many drafts a person may ask for in a minute.
    #[arg(long, env = "QUITS_DRAFTS_PER_MINUTE", default_value_t = 10, value_parser = value_parser!(i64).range(1..))]
    pub drafts_per_minute: i64,
    /// How Gemini is reached.
    #[command(flatten)]
    pub gemini: GeminiSettings,
}
