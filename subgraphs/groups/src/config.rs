//! Settings of groups, in addition to those of kit.

use clap::Args;
use reqwest::Url;

/// The settings of groups.
#[derive(Clone, Debug, Args)]
pub struct Config {
    /// The base URL of users, which provides the names of people.
    #[arg(long, env = "QUITS_USERS_URL", default_value = "http://127.0.0.1:4001")]
    pub users_url: Url,
    /// The base URL of expenses, which provides its part of balances.
    #[arg(long, env = "QUITS_EXPENSES_URL", default_value = "http://127.0.0.1:4003")]
    pub expenses_url: Url,
    /// The base URL of payments, which provides its part of balances.
    #[arg(long, env = "QUITS_PAYMENTS_URL", default_value = "http://127.0.0.1:4004")]
    pub payments_url: Url,
    /// The most groups that a person can be in, groups that they left included. A person's balances add up all of them.
    #[arg(long, env = "QUITS_GROUPS_PER_PERSON", default_value_t = 500, value_parser = clap::value_parser!(u64).range(1..))]
    pub groups_per_person: u64,
    /// The URL of the app, for the links of invitations.
    #[arg(long, env = "QUITS_APP_URL", default_value = "http://localhost:5173")]
    pub app_url: Url,
}
