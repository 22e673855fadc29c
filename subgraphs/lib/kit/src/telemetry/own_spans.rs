//! Distinguishes our spans from those of libraries.

use tracing::Metadata;

/// The field with the trace id of a span, and the key of each log line within it.
pub(super) const TRACE_ID: &str = "trace_id";

/// Whether this is one of our spans: spans of libraries belong to no request.
pub(super) fn is_span(metadata: &Metadata<'_>) -> bool {
    metadata.is_span() && metadata.fields().field(TRACE_ID).is_some()
}
