//! Metrics, as Prometheus counts them. Who measures something keeps it in a `static`, beside the code that it measures.
//!
//! A label's values are known beforehand: never a name that a client chose, an id, or a text. Prometheus counts in
//! binary fractions, so a duration becomes one here, at the edge, and nowhere else.

use std::time::Duration;

pub use prometheus::proto::MetricFamily;
use prometheus::{Encoder, HistogramOpts, HistogramVec, IntCounterVec, IntGauge, Opts, TextEncoder, core::Collector};

use crate::failure::{Outcome, internal};

/// From what a remembered answer takes up to where clients give up, in seconds.
const BUCKETS: [f64; 13] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];

/// Only ever grows.
pub struct Counter(Option<IntCounterVec>);

/// How long something takes.
pub struct Timing(Option<HistogramVec>);

/// How many there are at the moment.
pub struct Gauge(Option<IntGauge>);

/// One of what a gauge counts, for as long as it is held.
pub struct Held(Option<IntGauge>);

impl Counter {
    /// A counter that is told apart by these labels.
    pub fn new(name: &str, help: &str, labels: &[&str]) -> Self {
        Self(registered(IntCounterVec::new(Opts::new(name, help), labels), name))
    }

    /// Shows zero for these values of the labels before the first time: a rate needs a beginning.
    #[must_use]
    pub fn from_zero(self, values: &[&str]) -> Self {
        if let Some(counter) = &self.0 {
            counter.with_label_values(values);
        }
        self
    }

    /// Counts one, with these values of the labels.
    pub fn count(&self, values: &[&str]) {
        if let Some(counter) = &self.0 {
            counter.with_label_values(values).inc();
        }
    }
}

impl Timing {
    /// Durations that are told apart by these labels.
    pub fn new(name: &str, help: &str, labels: &[&str]) -> Self {
        let options = HistogramOpts::new(name, help).buckets(BUCKETS.to_vec());
        Self(registered(HistogramVec::new(options, labels), name))
    }

    /// Counts one duration, with these values of the labels.
    pub fn record(&self, values: &[&str], took: Duration) {
        if let Some(timing) = &self.0 {
            timing.with_label_values(values).observe(took.as_secs_f64());
        }
    }
}

impl Gauge {
    /// A gauge that stands at zero.
    pub fn new(name: &str, help: &str) -> Self {
        Self(registered(IntGauge::new(name, help), name))
    }

    /// One more, until what is given back is dropped.
    pub fn hold(&self) -> Held {
        let held = Held(self.0.clone());
        held.0.iter().for_each(IntGauge::inc);
        held
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.0.iter().for_each(IntGauge::dec);
    }
}

/// A number that is looked up when it is asked for and kept nowhere: an old one would hide that it cannot be had.
pub fn gauge_family(name: &str, help: &str, value: i64) -> Outcome<Vec<MetricFamily>> {
    let gauge = IntGauge::new(name, help).map_err(internal)?;
    gauge.set(value);
    Ok(gauge.collect())
}

/// Everything that this process counts, and what was looked up for it, as Prometheus reads it.
pub fn text(further: Vec<MetricFamily>) -> Outcome<String> {
    let mut families = prometheus::gather();
    families.extend(further);
    TextEncoder::new().encode_to_string(&families).map_err(internal)
}

/// The media type of [`text`].
pub fn media_type() -> String {
    TextEncoder::new().format_type().to_owned()
}

/// A metric that cannot be had is no reason not to work.
fn registered<C: Collector + Clone + 'static>(metric: prometheus::Result<C>, name: &str) -> Option<C> {
    let registered = metric.and_then(|metric| prometheus::register(Box::new(metric.clone())).map(|()| metric));
    registered.inspect_err(|error| tracing::error!(name, %error, "nothing is measured here")).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_counted_is_shown() {
        let counter = Counter::new("test_things_total", "Things.", &["kind"]).from_zero(&["quiet"]);
        counter.count(&["loud"]);
        Timing::new("test_things_seconds", "Time.", &[]).record(&[], Duration::from_millis(20));
        let open = Gauge::new("test_open", "Open.");
        let (held, gone) = (open.hold(), open.hold());
        drop(gone);
        let shown = text(gauge_family("test_waiting", "Waiting.", 7).unwrap()).unwrap();
        for line in [
            "test_things_total{kind=\"quiet\"} 0",
            "test_things_total{kind=\"loud\"} 1",
            "test_things_seconds_bucket{le=\"0.01\"} 0",
            "test_things_seconds_bucket{le=\"0.025\"} 1",
            "test_open 1",
            "test_waiting 7",
        ] {
            assert!(shown.lines().any(|shown| shown == line), "{line} in\n{shown}");
        }
        drop(held);
    }

    #[test]
    fn a_name_that_is_taken_stops_nobody() {
        let _first = Gauge::new("test_twice", "One.");
        let _held = Gauge::new("test_twice", "Another.").hold();
    }
}
