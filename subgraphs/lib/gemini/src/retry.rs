//! Retry delays: as the service requests, otherwise exponential backoff with jitter.

use std::time::Duration;

use backon::{BackoffBuilder, ExponentialBuilder};
use reqwest::{
    StatusCode,
    header::{DATE, HeaderMap, HeaderName, RETRY_AFTER},
};
use serde::Deserialize;

const FIRST_PAUSE: Duration = Duration::from_millis(200);
const LONGEST_PAUSE: Duration = Duration::from_secs(2);

const NANOSECOND_DIGITS: usize = 9;

/// Whether a status is transient, so that a retry may succeed.
pub(crate) fn is_transient(status: StatusCode) -> bool {
    matches!(status.as_u16(), 429 | 500 | 502 | 503 | 504)
}

/// The delays between attempts if the service requests none.
pub(crate) fn pauses() -> impl Iterator<Item = Duration> {
    ExponentialBuilder::new().with_min_delay(FIRST_PAUSE).with_max_delay(LONGEST_PAUSE).with_jitter().build()
}

/// The delay that the service requests: the longer one of header and body.
pub(crate) fn requested_pause(headers: &HeaderMap, body: &[u8]) -> Option<Duration> {
    retry_after(headers).max(retry_info(body))
}

/// Parses `Retry-After`: seconds or a date. A date is compared with the response's `Date`, because clocks may differ.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = |name: HeaderName| headers.get(name)?.to_str().ok();
    let requested = text(RETRY_AFTER)?;
    if let Some(seconds) = digits(requested) {
        return Some(Duration::from_secs(seconds));
    }
    let date = httpdate::parse_http_date(requested).ok()?;
    let answered = httpdate::parse_http_date(text(DATE)?).ok()?;
    Some(date.duration_since(answered).unwrap_or_default())
}

/// Returns the delay of `google.rpc.RetryInfo` in the details of an error.
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

/// Parses a duration in the JSON format of protobuf: `3s`, `1.5s`, `0.000000001s`.
fn duration(text: &str) -> Option<Duration> {
    let text = text.strip_suffix('s')?;
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    if !(1..=NANOSECOND_DIGITS).contains(&fraction.len()) {
        return None;
    }
    let nanoseconds = digits(&format!("{fraction:0<NANOSECOND_DIGITS$}"))?;
    Some(Duration::new(digits(whole)?, nanoseconds.try_into().ok()?))
}

/// Parses a number that consists of digits only.
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
    fn a_header_has_seconds_or_a_date() {
        let answered = (DATE, "Sun, 22 Nov 2026 12:00:00 GMT".parse().unwrap());
        let pause =
            |text: &str| retry_after(&HeaderMap::from_iter([answered.clone(), (RETRY_AFTER, text.parse().unwrap())]));
        assert_eq!(pause("120"), Some(Duration::from_mins(2)));
        assert_eq!(pause("Sun, 22 Nov 2026 12:00:07 GMT"), Some(Duration::from_secs(7)));
        assert_eq!(pause("Sun, 22 Nov 2026 11:00:00 GMT"), Some(Duration::ZERO));
        assert_eq!(pause("soon"), None);
        assert_eq!(retry_after(&HeaderMap::from_iter([(RETRY_AFTER, answered.1)])), None);
    }

    #[test]
    fn the_longer_delay_counts() {
        let retry = json!({ "@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "2.5s" });
        let help = json!({ "@type": "type.googleapis.com/google.rpc.Help", "links": [] });
        let body = json!({ "error": { "code": 429, "details": [help, retry] } }).to_string();
        let pause = |headers: &HeaderMap, body: &str| requested_pause(headers, body.as_bytes());
        let header = |text: &'static str| HeaderMap::from_iter([(RETRY_AFTER, text.parse().unwrap())]);
        assert_eq!(pause(&HeaderMap::new(), &body), Some(Duration::from_millis(2_500)));
        assert_eq!(pause(&header("1"), &body), Some(Duration::from_millis(2_500)));
        assert_eq!(pause(&header("3"), &body), Some(Duration::from_secs(3)));
        assert_eq!(pause(&HeaderMap::new(), "<html>"), None);
    }
}
