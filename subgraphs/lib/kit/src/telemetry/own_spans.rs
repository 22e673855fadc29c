//! What tells our spans from those of libraries.

use tracing::Metadata;

/// The field by which a span says to which trace it belongs, and the key of each line inside it.
pub(super) const TRACE_ID: &str = "trace_id";

/// Whether this is a span of ours: those of libraries belong to no request.
pub(super) fn is_span(metadata: &Metadata<'_>) -> bool {
    metadata.is_span() && metadata.fields().field(TRACE_ID).is_some()
}
