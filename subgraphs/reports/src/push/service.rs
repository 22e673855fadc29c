//! The push services to which messages may be posted.

use std::str::FromStr;

use reqwest::Url;

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
    pub(super) fn has(&self, endpoint: &Url) -> bool {
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
