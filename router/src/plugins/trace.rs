//! Propagates one request id and one trace to all subgraph requests of an operation.

use hive_router::{
    async_trait,
    http::{HeaderMap, HeaderName, HeaderValue},
    plugins::{
        hooks::{
            on_plugin_init::{OnPluginInitPayload, OnPluginInitResult},
            on_subgraph_http_request::{OnSubgraphHttpRequestHookPayload, OnSubgraphHttpRequestHookResult},
        },
        plugin_trait::{RouterPlugin, StartHookPayload},
    },
    telemetry::logging::request_id::REQUEST_IDENTIFIERS,
};
use opentelemetry::trace::TraceContextExt;
use tracing::Span;
use tracing_opentelemetry::OpenTelemetrySpanExt;
use uuid::{Uuid, Variant};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const TRACEPARENT: HeaderName = HeaderName::from_static("traceparent");

/// Adds to each subgraph request of an operation the request id of the router's log and, if the client has not started
/// a trace, a new one. The router's log entries contain the same trace id.
///
/// If spans are exported, the library then replaces this `traceparent` with its own span. It runs no plugin for the
/// subgraph requests of a subscription: these have only the client's headers.
#[derive(Default)]
pub(super) struct OneTrace;

#[async_trait]
impl RouterPlugin for OneTrace {
    type Config = ();

    fn plugin_name() -> &'static str {
        "one_trace"
    }

    fn on_plugin_init(payload: OnPluginInitPayload<Self>) -> OnPluginInitResult<Self> {
        payload.initialize_plugin_with_defaults()
    }

    async fn on_subgraph_http_request<'exec>(
        &'exec self,
        mut payload: OnSubgraphHttpRequestHookPayload<'exec>,
    ) -> OnSubgraphHttpRequestHookResult<'exec> {
        let _in_request = REQUEST_IDENTIFIERS.try_with(|ids| {
            let headers = &mut payload.execution_request.headers;
            identify(headers, ids.req_id());
            if ids.trace_id().is_none()
                && let Some(id) = exported_trace().or_else(|| trace_id(headers))
            {
                ids.set_correlation("trace_id", id);
            }
        });
        payload.proceed()
    }
}

fn identify(headers: &mut HeaderMap, request_id: &str) {
    let began_a_trace = headers.get(TRACEPARENT).is_some_and(|header| header.to_str().is_ok_and(is_traceparent));
    let new_trace = (!began_a_trace).then(|| traceparent(request_id));

    for (name, text) in [(REQUEST_ID, Some(request_id)), (TRACEPARENT, new_trace.as_deref())] {
        if let Some(value) = text.and_then(|text| HeaderValue::from_str(text).ok()) {
            headers.insert(name, value);
        }
    }
}

/// Returns a `traceparent` in the format of W3C Trace Context. It is derived from the request id, so all requests of
/// an operation share it.
fn traceparent(request_id: &str) -> String {
    let trace = Uuid::try_parse(request_id)
        .ok()
        // Half of a UUID of another variant may be zero, and W3C Trace Context does not allow an id of zeros.
        .filter(|id| id.get_variant() == Variant::RFC4122)
        .unwrap_or_else(|| Uuid::new_v5(&Uuid::NAMESPACE_OID, request_id.as_bytes()))
        .simple()
        .to_string();
    let span = &trace[16..];
    // The flags 00: not sampled, because no span of this trace has been recorded so far.
    format!("00-{trace}-{span}-00")
}

/// The trace id of the current span if the library exports it.
fn exported_trace() -> Option<String> {
    let context = Span::current().context();
    let span = context.span().span_context().clone();
    span.is_valid().then(|| span.trace_id().to_string())
}

fn trace_id(headers: &HeaderMap) -> Option<String> {
    let header = headers.get(TRACEPARENT)?.to_str().ok()?;
    header.split('-').nth(1).map(str::to_owned)
}

fn is_traceparent(text: &str) -> bool {
    let parts: Vec<_> = text.split('-').collect();
    let [version, trace, span, flags, ..] = parts[..] else {
        return false;
    };
    is_hex(version, 2)
        && version != "ff"
        && (version != "00" || parts.len() == 4)
        && is_hex(trace, 32)
        && !is_zero(trace)
        && is_hex(span, 16)
        && !is_zero(span)
        && is_hex(flags, 2)
}

fn is_hex(text: &str, len: usize) -> bool {
    text.len() == len && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

fn is_zero(hex: &str) -> bool {
    hex.bytes().all(|byte| byte == b'0')
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLIENTS: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00";

    #[test]
    fn a_trace_is_derived_from_the_request_id() {
        let id = "0199e0f2-4b5c-7d6e-8f90-0123456789ab";
        assert_eq!(traceparent(id), "00-0199e0f24b5c7d6e8f900123456789ab-8f900123456789ab-00");
    }

    #[test]
    fn any_request_id_gives_a_valid_trace() {
        for id in ["abc", "42", "00000000-0000-0000-0000-000000000000"] {
            assert!(is_traceparent(&traceparent(id)), "{id}");
            assert_eq!(traceparent(id), traceparent(id));
        }
    }

    #[test]
    fn a_trace_of_the_client_is_continued() {
        let mut headers = HeaderMap::new();
        headers.insert(TRACEPARENT, HeaderValue::from_static(CLIENTS));
        identify(&mut headers, "abc");
        assert_eq!(headers[TRACEPARENT], CLIENTS);
        assert_eq!(trace_id(&headers).as_deref(), Some("4bf92f3577b34da6a3ce929d0e0e4736"));
        assert_eq!(headers[REQUEST_ID], "abc");
    }

    #[test]
    fn an_invalid_traceparent_is_replaced() {
        for nonsense in [
            "",
            "trace me",
            "00-00000000000000000000000000000000-00f067aa0ba902b7-00",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-00",
            "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-00",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00-more",
            "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00",
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(TRACEPARENT, HeaderValue::from_static(nonsense));
            identify(&mut headers, "abc");
            assert_eq!(headers[TRACEPARENT], traceparent("abc"), "{nonsense}");
        }
    }
}
