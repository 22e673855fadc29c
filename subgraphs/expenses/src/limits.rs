//! What there may be only so many of in a span of time, counted in windows that all replicas share.

use contracts::{Timestamp, UserId};

const MINUTE: i64 = 60;
const DAY: i64 = 24 * 60 * MINUTE;

/// One window of time, in which something is counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// What is counted, and in which window.
    pub id: String,
    /// When it ends.
    pub ends_at: Timestamp,
}

impl Window {
    /// The drafts of one person in this minute.
    pub fn of_drafts(author: UserId, now: Timestamp) -> Self {
        Self::named(&format!("drafts/{author}"), now, MINUTE)
    }

    /// The questions to Gemini on this day (UTC).
    pub fn of_gemini(now: Timestamp) -> Self {
        Self::named("gemini", now, DAY)
    }

    fn named(what: &str, now: Timestamp, seconds: i64) -> Self {
        let number = now.unix_seconds().div_euclid(seconds);
        let ends_at = Timestamp::EPOCH.plus_ms((number + 1) * seconds * 1_000);
        Self { id: format!("{what}/{number}"), ends_at }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_end_with_the_minute_and_the_day() {
        let at = |seconds: i64| Timestamp::EPOCH.plus_ms(seconds * 1_000);
        let (ada, ben) = (UserId::new(), UserId::new());
        assert_eq!(Window::of_drafts(ada, at(0)), Window::of_drafts(ada, at(59)));
        assert_ne!(Window::of_drafts(ada, at(59)), Window::of_drafts(ada, at(60)));
        assert_ne!(Window::of_drafts(ada, at(0)), Window::of_drafts(ben, at(0)));
        assert_eq!(Window::of_gemini(at(0)), Window::of_gemini(at(DAY - 1)));
        assert_eq!(Window::of_gemini(at(DAY)).ends_at, at(2 * DAY));
    }
}
