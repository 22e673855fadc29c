//! Settings of reports, in addition to those of kit.

use std::str::FromStr;

use clap::Args;
use kit::{mail::MailSettings, settings::SecretString};
use reqwest::Url;

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

/// The hosts of a push service, such as `https://*.push.apple.com`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PushService {
    scheme: String,
    /// Any subdomain of it, if it begins with a dot.
    host: String,
    port: Option<u16>,
}

impl FromStr for PushService {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("not the address of a push service: {text}");
        let (scheme, rest) = text.split_once("://").ok_or_else(wrong)?;
        let (is_wildcard, rest) = rest.strip_prefix("*.").map_or((false, rest), |rest| (true, rest));
        let url: Url = format!("{scheme}://{rest}").parse().map_err(|_| wrong())?;
        let host = url.host_str().filter(|_| ["http", "https"].contains(&scheme)).ok_or_else(wrong)?;
        let host = if is_wildcard { format!(".{host}") } else { host.to_owned() };
        Ok(Self { scheme: scheme.to_owned(), host, port: url.port() })
    }
}

impl PushService {
    /// Whether an endpoint belongs to this service.
    pub(crate) fn has(&self, endpoint: &Url) -> bool {
        let host = endpoint.host_str().unwrap_or_default();
        let is_host = if self.host.starts_with('.') { host.ends_with(&self.host) } else { host == self.host };
        let has_credentials = !endpoint.username().is_empty() || endpoint.password().is_some();
        is_host && endpoint.scheme() == self.scheme && endpoint.port() == self.port && !has_credentials
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_endpoints_of_the_service_belong_to_it() {
        let belongs = |service: &str, endpoint: &str| {
            service.parse::<PushService>().unwrap().has(&endpoint.parse::<Url>().unwrap())
        };
        assert!(belongs("https://fcm.googleapis.com", "https://fcm.googleapis.com/fcm/send/abc:def"));
        assert!(belongs("https://*.push.apple.com", "https://web.push.apple.com/QGuQ"));
        assert!(belongs("http://127.0.0.1:5000", "http://127.0.0.1:5000/push"));
        for endpoint in [
            "http://web.push.apple.com/QGuQ",
            "https://web.push.apple.com:8443/QGuQ",
            "https://push.apple.com/QGuQ",
            "https://evilpush.apple.com.example/QGuQ",
            "https://web.push.apple.com@example.org/QGuQ",
            "https://user@web.push.apple.com/QGuQ",
            "https://127.0.0.1/",
        ] {
            assert!(!belongs("https://*.push.apple.com", endpoint), "{endpoint}");
        }
        assert!("push.apple.com".parse::<PushService>().is_err());
        assert!("ftp://push.apple.com".parse::<PushService>().is_err());
    }
}
