//! Telemetry of a process: log, spans and metrics.
//!
//! The trace id connects log and spans: every line within a request or an event has it, and so has every span.

mod log;
pub mod metrics;
mod own_spans;
mod spans;

use tracing_subscriber::{layer::SubscriberExt, util::SubscriberInitExt};

pub use log::log;

use crate::{
    failure::{Failure, Outcome},
    settings::Settings,
};
use spans::Exporter;

/// Exports the last spans when it is dropped.
#[must_use = "spans are sent for as long as it is held"]
pub struct Telemetry {
    _exporter: Option<Exporter>,
}

/// Starts logging, and the export of spans if an endpoint is configured. Can be called once per process.
pub fn start(settings: &Settings, service: &str) -> Outcome<Telemetry> {
    let exporter = Exporter::new(settings, service)?;
    let spans = exporter.as_ref().map(Exporter::layer);
    let log = log(&settings.log, settings.log_format, std::io::stdout)?;
    tracing_subscriber::registry().with(log).with(spans).try_init().map_err(Failure::internal)?;
    Ok(Telemetry { _exporter: exporter })
}
