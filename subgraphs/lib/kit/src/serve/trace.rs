//! Runs every request in a span of the trace that it names, or of a new one.

use axum::{
    extract::Request,
    http::{HeaderValue, Method},
    middleware::Next,
    response::Response,
};
use contracts::{Trace, trace::TRACEPARENT};
use tracing::{Instrument, Span, field::Empty, info_span};

const REQUEST_ID: &str = "x-request-id";

/// Runs the request in a span, which becomes the parent of everything that the request causes.
pub(super) async fn traced(mut request: Request, next: Next) -> Response {
    // GET requests, such as for keys, are frequent and cheap; spans of them would only be noise.
    if request.method() != Method::POST {
        return next.run(request).await;
    }
    let (trace, span) = span(&request);
    if let Ok(parent) = HeaderValue::from_str(&trace.to_string()) {
        request.headers_mut().insert(TRACEPARENT, parent);
    }
    next.run(request).instrument(span).await
}

fn span(request: &Request) -> (Trace, Span) {
    let header = |name| request.headers().get(name).and_then(|value| value.to_str().ok());
    let trace = header(TRACEPARENT).and_then(Trace::parse).unwrap_or_else(Trace::start);
    let span = info_span!(
        "request",
        otel.kind = "server",
        otel.status_code = Empty,
        trace_id = trace.id(),
        request_id = header(REQUEST_ID).unwrap_or_default(),
        path = request.uri().path(),
        operation = Empty,
    );
    (trace.within(&span), span)
}
