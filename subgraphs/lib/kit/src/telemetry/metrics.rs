//! Prometheus metrics. Each metric is a `static` beside the code that it measures.
//!
//! The values of a label are a fixed set: never an id, a text or a name that a client chose. Prometheus uses binary
//! floating point, so a duration is converted to it here and nowhere else.

use std::time::Duration;

pub use prometheus::proto::MetricFamily;
use prometheus::{
    Encoder, HistogramOpts, HistogramVec, IntCounterVec, IntGauge, IntGaugeVec, Opts, TextEncoder, core::Collector,
};

use crate::failure::{Outcome, internal};

/// From the duration of a cached response to the timeout of clients, in seconds.
const BUCKETS: [f64; 13] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];

/// A monotonic counter.
pub struct Counter(Option<IntCounterVec>);

/// A histogram of durations.
pub struct Timing(Option<HistogramVec>);

/// A gauge of a present number.
pub struct Gauge(Option<IntGauge>);

/// Keeps a gauge incremented until it is dropped.
pub struct Held(Option<IntGauge>);

impl Counter {
    /// Creates a counter with these labels.
    pub fn new(name: &str, help: &str, labels: &[&str]) -> Self {
        Self(registered(IntCounterVec::new(Opts::new(name, help), labels), name))
    }

    /// Initialises the counter to zero for these label values, because a rate needs a first value.
    #[must_use]
    pub fn from_zero(self, values: &[&str]) -> Self {
        if let Some(counter) = &self.0 {
            counter.with_label_values(values);
        }
        self
    }

    /// Increments the counter of these label values.
    pub fn count(&self, values: &[&str]) {
        if let Some(counter) = &self.0 {
            counter.with_label_values(values).inc();
        }
    }
}

impl Timing {
    /// Creates a histogram with these labels.
    pub fn new(name: &str, help: &str, labels: &[&str]) -> Self {
        let options = HistogramOpts::new(name, help).buckets(BUCKETS.to_vec());
        Self(registered(HistogramVec::new(options, labels), name))
    }

    /// Records a duration with these label values.
    pub fn record(&self, values: &[&str], took: Duration) {
        if let Some(timing) = &self.0 {
            timing.with_label_values(values).observe(took.as_secs_f64());
        }
    }
}

impl Gauge {
    /// Creates a gauge at zero.
    pub fn new(name: &str, help: &str) -> Self {
        Self(registered(IntGauge::new(name, help), name))
    }

    /// Increments the gauge until the returned value is dropped.
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

/// Creates a gauge for a value that is looked up on each scrape and not stored: an old value would hide that it is
/// unavailable.
pub fn gauge_family(name: &str, help: &str, value: i64) -> Outcome<Vec<MetricFamily>> {
    let gauge = IntGauge::new(name, help).map_err(internal)?;
    gauge.set(value);
    Ok(gauge.collect())
}

/// Like [`gauge_family`], with one value for each value of a label.
pub fn gauge_family_by(name: &str, help: &str, label: &str, values: &[(&str, i64)]) -> Outcome<Vec<MetricFamily>> {
    let gauge = IntGaugeVec::new(Opts::new(name, help), &[label]).map_err(internal)?;
    for (value, number) in values {
        gauge.with_label_values(&[value]).set(*number);
    }
    Ok(if values.is_empty() { Vec::new() } else { gauge.collect() })
}

/// Returns all metrics of this process, and `further` ones, in the Prometheus text format.
pub fn text(further: Vec<MetricFamily>) -> Outcome<String> {
    let mut families = prometheus::gather();
    families.extend(further);
    TextEncoder::new().encode_to_string(&families).map_err(internal)
}

/// Returns the media type of [`text`].
pub fn media_type() -> String {
    TextEncoder::new().format_type().to_owned()
}

/// A metric that cannot be registered must not stop the program.
fn registered<C: Collector + Clone + 'static>(metric: prometheus::Result<C>, name: &str) -> Option<C> {
    let registered = metric.and_then(|metric| prometheus::register(Box::new(metric.clone())).map(|()| metric));
    registered.inspect_err(|error| tracing::error!(name, %error, "the metric could not be registered")).ok()
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
    fn a_duplicate_name_does_not_stop_the_program() {
        let _first = Gauge::new("test_twice", "One.");
        let _held = Gauge::new("test_twice", "Another.").hold();
    }
}
