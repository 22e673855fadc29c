//! Settings that only users has.

use clap::{Args, value_parser};
use kit::{mail::MailSettings, settings::SecretString};

/// How long sign-ins last, how often they may fail, and how mail reaches people.
#[derive(Clone, Debug, Args)]
pub struct Config {
    /// How long an access token counts. Ending a session does not end the access tokens made from it before.
    #[arg(long, env = "QUITS_ACCESS_TOKEN_SECONDS", default_value_t = 15 * 60, value_parser = value_parser!(i64).range(1..=86_400))]
    pub access_token_seconds: i64,
    /// The secret under which the keys that sign access tokens are encrypted in the database. Keep it elsewhere than the
    /// database, and keep it: without it those keys cannot be read.
    #[arg(long, env = "QUITS_KEY_ENCRYPTION_KEY", hide_env_values = true)]
    pub key_encryption_key: SecretString,
    /// How long a session lasts that is not refreshed.
    #[arg(long, env = "QUITS_REFRESH_TOKEN_DAYS", default_value_t = 30, value_parser = value_parser!(i64).range(1..=365))]
    pub refresh_token_days: i64,
    /// How long a session lasts since the sign-in, however often it is refreshed.
    #[arg(long, env = "QUITS_SESSION_DAYS", default_value_t = 90, value_parser = value_parser!(i64).range(1..=365))]
    pub session_days: i64,
    /// How often signing in may fail for one email address within the window.
    #[arg(long, env = "QUITS_LOGIN_FAILURES", default_value_t = 10, value_parser = value_parser!(i64).range(1..))]
    pub login_failures: i64,
    /// How often signing in may fail for all email addresses together within the window.
    #[arg(long, env = "QUITS_LOGIN_FAILURES_OVERALL", default_value_t = 2_000, value_parser = value_parser!(i64).range(1..))]
    pub login_failures_overall: i64,
    /// The window in which failures are counted: the longest that anybody can be kept from signing in by others' failures
    /// before there is a new chance.
    #[arg(long, env = "QUITS_LOGIN_WINDOW_SECONDS", default_value_t = 5 * 60, value_parser = value_parser!(i64).range(1..=3_600))]
    pub login_window_seconds: i64,
    /// How mail reaches people.
    #[command(flatten)]
    pub mail: MailSettings,
}
