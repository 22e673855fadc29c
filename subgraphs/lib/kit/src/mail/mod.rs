//! Mail to people: where it is handed over, and how every mail looks, as text and as HTML.

mod letter;
mod transport;

use clap::Args;
use lettre::message::Mailbox;
use reqwest::Url;

use crate::settings::SecretString;

pub use letter::{Language, Letter};
pub use transport::{NotTaken, Transport};

const MINUTE_MS: i64 = 60_000;
const LONGEST_PAUSE_MS: i64 = 60 * MINUTE_MS;

/// How mail reaches people.
#[derive(Clone, Debug, Args)]
pub struct MailSettings {
    /// Where mail is handed over, such as `smtps://user:password@mail.example.org` or
    /// `smtp://mail.example.org:587?tls=required`. With `log:` it is written to the log instead. Without it there is no mail.
    #[arg(long, env = "QUITS_SMTP_URL", hide_env_values = true)]
    pub smtp_url: Option<SecretString>,
    /// Who mail is from.
    #[arg(long, env = "QUITS_MAIL_FROM", default_value = "Quits <quits@localhost>")]
    pub mail_from: Mailbox,
    /// Where the app is, for the links in mail.
    #[arg(long, env = "QUITS_APP_URL", default_value = "http://localhost:5173")]
    pub app_url: Url,
}

/// How long to wait after a mail was tried that often and not taken, in milliseconds: from a minute to an hour.
pub fn pause_ms(tries: u32) -> i64 {
    let doubled = 2_i64.saturating_pow(tries.saturating_sub(1));
    MINUTE_MS.saturating_mul(doubled).min(LONGEST_PAUSE_MS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_an_hour() {
        let minutes: Vec<i64> = (1..=8).map(|tries| pause_ms(tries) / MINUTE_MS).collect();
        assert_eq!(minutes, [1, 2, 4, 8, 16, 32, 60, 60]);
        assert_eq!(pause_ms(u32::MAX), LONGEST_PAUSE_MS);
    }
}
