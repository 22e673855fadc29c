//! The settings that only payments has.

use std::{collections::BTreeMap, str::FromStr};

use clap::Args;
use kit::settings::SecretString;
use money::Currency;

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
    /// Where browsers load Stripe.js from. Another one than Stripe's needs a place in the app's Content-Security-Policy.
    #[arg(long, env = "QUITS_STRIPE_SCRIPT_URL", default_value = "https://js.stripe.com/endive/stripe.js")]
    pub stripe_script_url: reqwest::Url,
    /// What a payer by card pays beside the amount, in hundredths of a percent of it.
    #[arg(long, env = "QUITS_CARD_FEE_BASIS_POINTS", default_value_t = 0, value_parser = clap::value_parser!(u16).range(..=10_000))]
    pub card_fee_basis_points: u16,
    /// What a payer by card pays beside the amount and the part of it, in minor units of each currency: `EUR:25,USD:30`.
    #[arg(long, env = "QUITS_CARD_FEE_FIXED", default_value = "")]
    pub card_fee_fixed: FixedFees,
}

fn at_least_one(text: &str) -> Result<usize, String> {
    text.parse().ok().filter(|number| *number > 0).ok_or_else(|| "a number above zero is needed".to_owned())
}

/// The fixed part of the fee, in minor units of each currency.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FixedFees(BTreeMap<String, i64>);

impl FixedFees {
    /// Returns the fixed part of the fee in this currency, in minor units.
    pub(crate) fn of(&self, currency: Currency) -> i64 {
        self.0.get(currency.code()).copied().unwrap_or_default()
    }
}

impl FromStr for FixedFees {
    type Err = String;

    /// Reads `EUR:25,USD:30`.
    fn from_str(text: &str) -> Result<Self, String> {
        let mut fees = BTreeMap::new();
        for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            let wrong = || format!("{part:?} is not like EUR:25");
            let (code, minor) = part.split_once(':').ok_or_else(wrong)?;
            let currency = Currency::from_code(code.trim()).map_err(|_| wrong())?;
            let minor = minor.trim().parse().ok().filter(|minor| *minor >= 0).ok_or_else(wrong)?;
            fees.insert(currency.code().to_owned(), minor);
        }
        Ok(Self(fees))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_fixed_fees_are_refused() {
        for text in ["EUR", "EUR:", "EUR:-1", "EUR:0.25", "XXQ:1", ":1"] {
            assert!(text.parse::<FixedFees>().is_err(), "{text}");
        }
    }
}
