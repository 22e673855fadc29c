//! When Gemini is asked again: as it says, otherwise after a short and random while.

use std::time::Duration;

use chrono::DateTime;
use reqwest::{
    StatusCode,
    header::{DATE, HeaderMap, HeaderName, RETRY_AFTER},
};
use serde::Deserialize;

const PAUSE_MS: u64 = 200;

const NANOSECOND_DIGITS: usize = 9;

/// Whether a status is one of those that pass.
pub(crate) fn may_pass(status: StatusCode) -> bool {
    matches!(status.as_u16(), 429 | 500 | 502 | 503 | 504)
}

/// How long to wait after so many tries without a wish of the service: longer each time, and never all at once.
pub(crate) fn pause(tries: u32) -> Duration {
    let longest = PAUSE_MS << tries.min(4);
    Duration::from_millis(rand::random_range(longest / 4..=longest))
}

/// How long the service wants to be left alone: the longer one of what header and body say.
pub(crate) fn wish(headers: &HeaderMap, body: &[u8]) -> Option<Duration> {
    retry_after(headers).max(retry_info(body))
}

/// Seconds, or the moment as HTTP writes it, counted from the moment of the answer by the clock of the service.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = |name: HeaderName| headers.get(name)?.to_str().ok();
    let wish = text(RETRY_AFTER)?;
    if let Some(seconds) = digits(wish) {
        return Some(Duration::from_secs(seconds));
    }
    let moment = DateTime::parse_from_rfc2822(wish).ok()?;
    let answered = DateTime::parse_from_rfc2822(text(DATE)?).ok()?;
    Some((moment - answered).to_std().unwrap_or_default())
}

/// The delay of `google.rpc.RetryInfo` among an error's details.
fn retry_info(body: &[u8]) -> Option<Duration> {
    #[derive(Deserialize)]
    struct Answer {
        error: Fault,
    }
    #[derive(Deserialize)]
    struct Fault {
        details: Vec<Detail>,
    }
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Detail {
        #[serde(rename = "@type", default)]
        kind: String,
        retry_delay: Option<String>,
    }
    let answer: Answer = serde_json::from_slice(body).ok()?;
    let info = answer.error.details.into_iter().find(|detail| detail.kind.ends_with("/google.rpc.RetryInfo"))?;
    duration(&info.retry_delay?)
}

/// A duration as protobuf writes it in JSON: `3s`, `1.5s`, `0.000000001s`.
fn duration(text: &str) -> Option<Duration> {
    let text = text.strip_suffix('s')?;
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    if !(1..=NANOSECOND_DIGITS).contains(&fraction.len()) {
        return None;
    }
    let nanoseconds = digits(&format!("{fraction:0<NANOSECOND_DIGITS$}"))?;
    Some(Duration::new(digits(whole)?, nanoseconds.try_into().ok()?))
}

/// A number that is nothing but digits.
fn digits(text: &str) -> Option<u64> {
    let only_digits = text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| only_digits)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn durations_of_protobuf_are_exact() {
        assert_eq!(duration("3s"), Some(Duration::from_secs(3)));
        assert_eq!(duration("1.5s"), Some(Duration::from_millis(1_500)));
        assert_eq!(duration("0.000000001s"), Some(Duration::from_nanos(1)));
        assert_eq!(duration("34.074824224s"), Some(Duration::new(34, 74_824_224)));
        for not_one in
            ["", "s", "3", "-3s", "+3s", "3 s", ".5s", "5.s", "1.0000000000s", "1e3s", "99999999999999999999s"]
        {
            assert_eq!(duration(not_one), None, "{not_one:?}");
        }
    }

    #[test]
    fn a_header_has_seconds_or_a_moment() {
        let answered = (DATE, "Sun, 22 Nov 2026 12:00:00 GMT".parse().unwrap());
        let wish =
            |text: &str| retry_after(&HeaderMap::from_iter([answered.clone(), (RETRY_AFTER, text.parse().unwrap())]));
        assert_eq!(wish("120"), Some(Duration::from_mins(2)));
        assert_eq!(wish("Sun, 22 Nov 2026 12:00:07 GMT"), Some(Duration::from_secs(7)));
        assert_eq!(wish("Sun, 22 Nov 2026 11:00:00 GMT"), Some(Duration::ZERO));
        assert_eq!(wish("soon"), None);
        assert_eq!(retry_after(&HeaderMap::from_iter([(RETRY_AFTER, answered.1)])), None);
    }

    #[test]
    fn the_longer_wish_counts() {
        let retry = json!({ "@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "2.5s" });
        let help = json!({ "@type": "type.googleapis.com/google.rpc.Help", "links": [] });
        let body = json!({ "error": { "code": 429, "details": [help, retry] } }).to_string();
        let wish = |headers: &HeaderMap, body: &str| wish(headers, body.as_bytes());
        let header = |text: &'static str| HeaderMap::from_iter([(RETRY_AFTER, text.parse().unwrap())]);
        assert_eq!(wish(&HeaderMap::new(), &body), Some(Duration::from_millis(2_500)));
        assert_eq!(wish(&header("1"), &body), Some(Duration::from_millis(2_500)));
        assert_eq!(wish(&header("3"), &body), Some(Duration::from_secs(3)));
        assert_eq!(wish(&HeaderMap::new(), "<html>"), None);
    }

    #[test]
    fn pauses_grow_and_differ() {
        for tries in 1..=3 {
            let longest = Duration::from_millis(PAUSE_MS << tries);
            assert!((longest / 4..=longest).contains(&pause(tries)));
        }
    }
}
