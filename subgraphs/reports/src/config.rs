//! Settings of reports, in addition to those of kit.

use clap::Args;
use kit::mail::MailSettings;

/// The settings of `reports`.
#[derive(Clone, Debug, Args)]
pub struct Config {
    /// The base URL of groups, which decides who may read about a group.
    #[arg(long, env = "QUITS_GROUPS_URL", default_value = "http://127.0.0.1:4002")]
    pub groups_url: String,
    /// The base URL of users, which knows how people can be written to.
    #[arg(long, env = "QUITS_USERS_URL", default_value = "http://127.0.0.1:4001")]
    pub users_url: String,
    /// How mail reaches people.
    #[command(flatten)]
    pub mail: MailSettings,
}
