//! Settings of reports, in addition to those of kit.

use clap::Args;
use kit::{mail::MailSettings, settings::SecretString};

use crate::push::PushService;

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
    /// The private key with which notifications for devices are signed (Web Push, VAPID): 32 bytes in hexadecimal, such as
    /// of `openssl rand -hex 32`, or in Base64. Keep it: with another, people have to turn notifications on again. Without
    /// it there are none on devices.
    #[arg(long, env = "QUITS_VAPID_PRIVATE_KEY", hide_env_values = true)]
    pub vapid_private_key: Option<SecretString>,
    /// The push services of browsers, to which notifications for devices may be posted.
    #[arg(
        long,
        env = "QUITS_PUSH_SERVICES",
        value_delimiter = ',',
        default_value = "https://fcm.googleapis.com,https://*.push.services.mozilla.com,https://*.push.apple.com,https://*.notify.windows.com"
    )]
    pub push_services: Vec<PushService>,
}
