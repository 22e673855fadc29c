//! Use cases of reference rates: fetch, suggest.

use std::time::Duration;

use chrono::{Days, NaiveDate};
use kit::{Caller, Clock, Failure, Outcome, failure::internal, intervals::repeat};
use money::Currency;
use tokio_util::sync::CancellationToken;

use super::{Suggestion, store::RateStore, xml};

/// The interval between two requests for rates, which change once a day.
const INTERVAL: Duration = Duration::from_hours(1);

/// The timeout of a request for rates.
const TIMEOUT: Duration = Duration::from_secs(20);

/// The largest file of rates, in bytes: all rates since 1999 are half of it.
const LARGEST: usize = 16 * 1024 * 1024;

/// No rate is suggested that is older than this many days: a source that has stopped is not noticed otherwise.
const OLDEST: Days = Days::new(10);

/// The service for reference rates.
pub(crate) struct Rates {
    pub(crate) store: RateStore,
    pub(crate) clock: Clock,
    /// The source, if there is one.
    pub(crate) url: Option<reqwest::Url>,
}

impl Rates {
    /// Fetches rates at intervals, until cancelled; does nothing without a source.
    pub(crate) async fn run(&self, stop: &CancellationToken) {
        if self.url.is_some() {
            repeat(INTERVAL, stop, "reference rates could not be fetched", || self.fetch()).await;
        }
    }

    /// Fetches the rates and saves those of days that are new, and of the latest one; returns the number of days.
    pub(crate) async fn fetch(&self) -> Outcome<usize> {
        let Some(url) = &self.url else { return Ok(0) };
        let client = reqwest::Client::builder().timeout(TIMEOUT).build().map_err(internal)?;
        let mut response =
            client.get(url.clone()).send().await.and_then(reqwest::Response::error_for_status).map_err(internal)?;
        let mut bytes = Vec::new();
        while let Some(part) = response.chunk().await.map_err(internal)? {
            bytes.extend_from_slice(&part);
            if bytes.len() > LARGEST {
                return Err(Failure::internal("the file of rates is too large"));
            }
        }
        let days = xml::read(&String::from_utf8(bytes).map_err(internal)?).map_err(Failure::internal)?;
        let known = self.store.latest_day().await?;
        let mut saved = 0;
        for day in days.iter().filter(|day| known.is_none_or(|known| day.day >= known)) {
            self.store.save(day).await?;
            saved += 1;
        }
        Ok(saved)
    }

    /// Returns how much of `to` a unit of `from` was on a day, or on the last day before it that has rates; by default
    /// the caller's today.
    pub(crate) async fn suggestion(
        &self,
        caller: &Caller,
        (from, to): (Currency, Currency),
        day: Option<NaiveDate>,
    ) -> Outcome<Option<Suggestion>> {
        caller.user()?;
        let last = day.unwrap_or_else(|| caller.today(self.clock.now()));
        let Some(first) = last.checked_sub_days(OLDEST) else { return Ok(None) };
        let rates = self.store.latest(first, last).await?;
        Ok(rates.and_then(|rates| rates.between(from, to)))
    }
}
