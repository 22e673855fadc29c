//! Types and parsers of setting values.

use hive_router::http::Uri;
use ipnet::IpNet;
use serde::{Deserialize, Serialize};
use serde_json::Number;

/// Web origins: scheme, host and port.
#[derive(Clone, Debug)]
pub(crate) struct Origins(pub(super) Vec<String>);

/// IP networks in CIDR notation.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub(crate) struct Networks(pub(crate) Vec<IpNet>);

/// Returns the origin of `url` and, if its host is `localhost` or `127.0.0.1`, the same origin with the other one.
pub(super) fn both_names(url: &str) -> Vec<String> {
    let Some(origin) = origin_of(url) else {
        return Vec::new();
    };
    let twin = if origin.contains("://localhost") {
        Some(origin.replacen("://localhost", "://127.0.0.1", 1))
    } else if origin.contains("://127.0.0.1") {
        Some(origin.replacen("://127.0.0.1", "://localhost", 1))
    } else {
        None
    };
    std::iter::once(origin).chain(twin).collect()
}

/// Returns scheme, host and non-default port of `url`, as a browser sends them in the `Origin` header.
fn origin_of(url: &str) -> Option<String> {
    let uri: Uri = url.parse().ok()?;
    let scheme = uri.scheme_str().filter(|scheme| matches!(*scheme, "http" | "https"))?;
    let host = uri.host()?.to_lowercase();
    let port = match (scheme, uri.port_u16()) {
        ("http", Some(80)) | ("https", Some(443)) | (_, None) => String::new(),
        (_, Some(port)) => format!(":{port}"),
    };
    Some(format!("{scheme}://{host}{port}"))
}

pub(super) fn http_url(text: &str) -> Result<String, String> {
    origin_of(text)
        .map(|_| text.trim_end_matches('/').to_owned())
        .ok_or_else(|| "not a URL that starts with http:// or https:// and names a host".to_owned())
}

/// Parses a decimal number from 0 to 1. It stays a `Number`, which the library converts itself.
pub(super) fn ratio(text: &str) -> Result<Number, String> {
    let (whole, digits) = text.split_once('.').unwrap_or((text, "0"));
    let digits_are = |allowed: fn(u8) -> bool| digits.bytes().all(allowed);
    let in_range = (whole == "0" && digits_are(|digit| digit.is_ascii_digit()))
        || (whole == "1" && digits_are(|digit| digit == b'0'));
    text.parse().ok().filter(|_| in_range).ok_or_else(|| "not a number from 0 to 1, such as 0.1".to_owned())
}

pub(super) fn origins(text: &str) -> Result<Origins, String> {
    listed(text)
        .map(|origin| origin_of(origin).ok_or_else(|| format!("`{origin}` is not an origin like https://example.org")))
        .collect::<Result<_, _>>()
        .map(Origins)
}

pub(super) fn networks(text: &str) -> Result<Networks, String> {
    listed(text)
        .map(|network| network.parse().map_err(|_| format!("`{network}` is not a network like 10.0.0.0/8")))
        .collect::<Result<_, _>>()
        .map(Networks)
}

fn listed(text: &str) -> impl Iterator<Item = &str> {
    text.split(',').map(str::trim).filter(|item| !item.is_empty())
}

/// Returns the global level from a list of `tracing` directives such as `info,router=warn`. Directives for single modules
/// are ignored, because the router does not support them. The most verbose level is info: below it, the router's library
/// logs the variables of requests, and with them passwords.
pub(super) fn log_level(directives: &str) -> Result<String, String> {
    let level = directives.split(',').map(str::trim).find(|directive| !directive.contains('=')).unwrap_or("info");
    match level {
        "error" | "warn" | "info" => Ok(level.to_owned()),
        "debug" | "trace" => Ok("info".to_owned()),
        _ => Err("not one of error, warn, info, debug, trace".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_global_level_is_taken_from_a_list_of_directives() {
        assert_eq!(log_level("expenses=debug,warn").as_deref(), Ok("warn"));
        assert_eq!(log_level("expenses=debug").as_deref(), Ok("info"));
        assert_eq!(log_level("trace").as_deref(), Ok("info"));
    }

    #[test]
    fn networks_are_read_and_anything_else_is_refused() {
        assert_eq!(networks("10.0.0.0/8, fd00::/8").unwrap().0.len(), 2);
        assert!(networks("").unwrap().0.is_empty());
        assert!(networks("10.0.0.1").is_err() && networks("proxy").is_err());
    }
}
