//! Exports spans in batches by OTLP.

use std::time::Duration;

use contracts::Trace;
use opentelemetry::{
    Context,
    trace::{SpanContext, SpanId, TraceContextExt, TraceFlags, TraceId, TraceState, TracerProvider},
};
use opentelemetry_otlp::{Protocol, SpanExporter, WithExportConfig};
use opentelemetry_sdk::{
    Resource,
    runtime::Tokio,
    trace::{Sampler, SdkTracerProvider, span_processor_with_async_runtime::BatchSpanProcessor},
};
use tracing::{Span, Subscriber};
use tracing_opentelemetry::OpenTelemetrySpanExt;
use tracing_subscriber::{Layer, filter::filter_fn, registry::LookupSpan};

use super::own_spans::is_span;
use crate::{
    failure::{Failure, Outcome},
    settings::Settings,
};

/// The path of a collector's OTLP endpoint for spans.
const PATH: &str = "/v1/traces";
/// A hanging collector must not prevent a process from ending.
const TIMEOUT: Duration = Duration::from_secs(3);
const SCOPE: &str = "quits";

/// Exports spans until it is dropped.
pub(super) struct Exporter(SdkTracerProvider);

impl Exporter {
    /// Creates an exporter to the endpoint in the settings; `None` without one.
    pub(super) fn new(settings: &Settings, service: &str) -> Outcome<Option<Self>> {
        let base = settings.otlp_endpoint.trim().trim_end_matches('/');
        if base.is_empty() {
            return Ok(None);
        }
        let exporter = SpanExporter::builder()
            .with_http()
            .with_protocol(Protocol::HttpBinary)
            .with_endpoint(format!("{base}{PATH}"))
            .with_timeout(TIMEOUT)
            .build()
            .map_err(|error| Failure::internal(format!("OTEL_EXPORTER_OTLP_ENDPOINT: {error}")))?;
        let provider = SdkTracerProvider::builder()
            .with_resource(Resource::builder().with_service_name(service.to_owned()).build())
            // The router decides which traces are sampled.
            .with_sampler(Sampler::ParentBased(Box::new(Sampler::AlwaysOn)))
            .with_span_processor(BatchSpanProcessor::builder(exporter, Tokio).build())
            .build();
        Trace::export_spans(within);
        Ok(Some(Self(provider)))
    }

    /// Returns the layer that records our spans.
    pub(super) fn layer<S>(&self) -> impl Layer<S> + use<S>
    where
        S: Subscriber + for<'a> LookupSpan<'a>,
    {
        tracing_opentelemetry::layer()
            .with_tracer(self.0.tracer(SCOPE))
            .with_location(false)
            .with_threads(false)
            .with_tracked_inactivity(false)
            .with_filter(filter_fn(is_span))
    }
}

impl Drop for Exporter {
    fn drop(&mut self) {
        if let Err(error) = self.0.shutdown() {
            tracing::warn!(%error, "the last spans are lost");
        }
    }
}

/// Makes the span a child of the trace's parent; returns the trace with the span as the parent.
fn within(trace: Trace, span: &Span) -> Trace {
    let flags = if trace.sampled { TraceFlags::SAMPLED } else { TraceFlags::default() };
    let (trace_id, parent_id) = (TraceId::from(trace.trace_id), SpanId::from(trace.parent_id));
    let parent = SpanContext::new(trace_id, parent_id, flags, true, TraceState::default());
    if span.set_parent(Context::new().with_remote_span_context(parent)).is_err() {
        return trace;
    }
    let context = span.context();
    let own = context.span().span_context().clone();
    Trace {
        trace_id: u128::from_be_bytes(own.trace_id().to_bytes()),
        parent_id: u64::from_be_bytes(own.span_id().to_bytes()),
        sampled: own.is_sampled(),
    }
}
