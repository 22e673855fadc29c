//! The settings that only payments has.

use clap::Args;
use kit::settings::SecretString;

/// The settings of payments.
#[derive(Clone, Debug, Args)]
pub struct Config {
    /// Where groups answers who is in a group.
    #[arg(long, env = "QUITS_GROUPS_URL", default_value = "http://127.0.0.1:4002")]
    pub groups_url: reqwest::Url,
    /// Where users answers, which knows how people can be paid.
    #[arg(long, env = "QUITS_USERS_URL", default_value = "http://127.0.0.1:4001")]
    pub users_url: reqwest::Url,
    /// Where expenses answers what its nets were in the past.
    #[arg(long, env = "QUITS_EXPENSES_URL", default_value = "http://127.0.0.1:4003")]
    pub expenses_url: reqwest::Url,
    /// How often it is checked that who watches a group is still in it, in milliseconds.
    #[arg(long, env = "QUITS_HEARTBEAT_MS", default_value_t = 15_000, value_parser = clap::value_parser!(u64).range(1..))]
    pub heartbeat_ms: u64,
    /// How many settlements are searched for at the same time. Each takes one processor for up to two seconds.
    #[arg(long, env = "QUITS_SETTLEMENT_SEARCHES", default_value = "2", value_parser = at_least_one)]
    pub settlement_searches: usize,
    /// Where the app is, which Stripe leads people back to.
    #[arg(long, env = "QUITS_APP_URL", default_value = "http://localhost:5173")]
    pub app_url: reqwest::Url,
    /// The secret key of an account at Stripe. Without the two keys nobody pays by card.
    #[arg(long, env = "STRIPE_SECRET_KEY", hide_env_values = true)]
    pub stripe_secret_key: Option<SecretString>,
    /// The key of the same account that browsers are given.
    #[arg(long, env = "STRIPE_PUBLISHABLE_KEY")]
    pub stripe_publishable_key: Option<String>,
    /// The secrets that Stripe signs webhooks with, separated by commas: one for payments, one for Connect, and old ones while
    /// they are replaced.
    #[arg(long, env = "STRIPE_WEBHOOK_SECRETS", hide_env_values = true)]
    pub stripe_webhook_secrets: Option<SecretString>,
    /// Where Stripe answers.
    #[arg(long, env = "QUITS_STRIPE_URL", default_value = "https://api.stripe.com")]
    pub stripe_url: reqwest::Url,
}

fn at_least_one(text: &str) -> Result<usize, String> {
    text.parse().ok().filter(|number| *number > 0).ok_or_else(|| "a number above zero is needed".to_owned())
}
