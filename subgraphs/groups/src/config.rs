//! The settings that only groups has.

use clap::Args;
use reqwest::Url;

/// The settings of groups.
#[derive(Clone, Debug, Args)]
pub struct Config {
    /// Where users answers.
    #[arg(long, env = "QUITS_USERS_URL", default_value = "http://127.0.0.1:4001")]
    pub users_url: Url,
    /// Where expenses answers what its entries add to balances.
    #[arg(long, env = "QUITS_EXPENSES_URL", default_value = "http://127.0.0.1:4003")]
    pub expenses_url: Url,
    /// Where payments answers what its entries add to balances.
    #[arg(long, env = "QUITS_PAYMENTS_URL", default_value = "http://127.0.0.1:4004")]
    pub payments_url: Url,
    /// Where the app is, for the links of invitations.
    #[arg(long, env = "QUITS_APP_URL", default_value = "http://localhost:5173")]
    pub app_url: Url,
}
