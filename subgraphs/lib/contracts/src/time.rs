//! Timestamps in UTC with millisecond precision.

use std::{fmt, str::FromStr};

use chrono::{DateTime, NaiveDate, SecondsFormat, TimeDelta, TimeZone, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

/// A point in time with millisecond precision, serialized as `2026-11-22T09:30:00.000Z`.
///
/// The text has a fixed width, so that texts sort like the times: in JSON, in BSON and in an index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(DateTime<Utc>);

impl Timestamp {
    /// The beginning of 1970, which is before everything that Quits records.
    pub const EPOCH: Self = Self(DateTime::UNIX_EPOCH);

    /// Adds a number of milliseconds, which may be negative.
    #[must_use]
    pub fn plus_ms(self, milliseconds: i64) -> Self {
        Self(self.0 + TimeDelta::milliseconds(milliseconds))
    }

    /// Returns the calendar date in a time zone. There is no variant without one, because a date belongs to a place.
    pub fn date_in(self, zone: &impl TimeZone) -> NaiveDate {
        self.0.with_timezone(zone).date_naive()
    }

    /// Returns whole seconds since 1970, as in JSON Web Tokens.
    pub fn unix_seconds(self) -> i64 {
        self.0.timestamp()
    }

    /// Converts whole seconds since 1970; `None` if out of range.
    pub fn from_unix_seconds(seconds: i64) -> Option<Self> {
        DateTime::from_timestamp(seconds, 0).map(Self)
    }

    /// Returns the milliseconds since `then`; negative if `then` is later.
    pub fn since_ms(self, then: Self) -> i64 {
        (self.0 - then.0).num_milliseconds()
    }

    /// Returns the milliseconds until `then`; zero if it has passed.
    pub fn milliseconds_until(self, then: Self) -> u64 {
        u64::try_from((then.0 - self.0).num_milliseconds()).unwrap_or(0)
    }
}

impl From<DateTime<Utc>> for Timestamp {
    fn from(time: DateTime<Utc>) -> Self {
        // A finer precision would be lost in the database.
        Self(DateTime::from_timestamp_millis(time.timestamp_millis()).unwrap_or(time))
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.to_rfc3339_opts(SecondsFormat::Millis, true))
    }
}

impl FromStr for Timestamp {
    type Err = chrono::ParseError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        DateTime::parse_from_rfc3339(text).map(|time| Self::from(time.to_utc()))
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_sort_like_times() {
        let early = Timestamp::EPOCH.plus_ms(999);
        let late = Timestamp::EPOCH.plus_ms(1_000);
        assert!(early < late);
        assert!(early.to_string() < late.to_string());
        assert_eq!(late.to_string(), "1970-01-01T00:00:01.000Z");
    }

    #[test]
    fn a_date_depends_on_the_time_zone() {
        let moment: Timestamp = "2026-11-22T10:30:00Z".parse().unwrap();
        let day = |hours: i32| moment.date_in(&chrono::FixedOffset::east_opt(hours * 3_600).unwrap()).to_string();
        assert_eq!([day(14), day(0), day(-11)], ["2026-11-23", "2026-11-22", "2026-11-21"]);
    }

    #[test]
    fn times_are_serialized_without_loss() {
        let moment = Timestamp::EPOCH.plus_ms(1_795_890_047_123);
        assert_eq!(moment.to_string().parse(), Ok(moment));
        assert_eq!("2026-11-22T10:30:00+01:00".parse::<Timestamp>().unwrap().to_string(), "2026-11-22T09:30:00.000Z");
    }
}
