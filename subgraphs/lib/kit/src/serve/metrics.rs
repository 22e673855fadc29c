//! Request metrics of a subgraph, and `GET /metrics`.
//!
//! The metrics contain no personal data. Only the cluster can reach this port; the router does not forward the route.

use std::{
    sync::{Arc, LazyLock, atomic::Ordering},
    time::Duration,
};

use async_graphql::{Response, Value};
use axum::{
    Router,
    extract::State,
    http::{StatusCode, header::CONTENT_TYPE},
    response::{IntoResponse, Response as HttpResponse},
    routing::get,
};

use crate::{
    bus::Bus,
    failure::{INTERNAL, Outcome, UNAVAILABLE},
    journal::Outbox,
    tasks::run_to_end,
    telemetry::metrics::{Counter, Gauge, Held, MetricFamily, Timing, gauge_family, gauge_family_by, media_type, text},
};

const ANSWERED: &str = "answered";
const REFUSED: &str = "refused";
const BROKEN: &str = "broken";

static REQUESTS: LazyLock<Counter> = LazyLock::new(|| {
    let requests = Counter::new("quits_requests_total", "Requests, by how they were answered.", &["outcome"]);
    [ANSWERED, REFUSED, BROKEN].iter().fold(requests, |requests, outcome| requests.from_zero(&[outcome]))
});
static DURATION: LazyLock<Timing> =
    LazyLock::new(|| Timing::new("quits_request_duration_seconds", "How long requests took, streams apart.", &[]));
static REFUSALS: LazyLock<Counter> = LazyLock::new(|| {
    Counter::new("quits_refusals_total", "Errors in answers, by code.", &["code"])
        .from_zero(&[INTERNAL])
        .from_zero(&[UNAVAILABLE])
});
static STREAMS: LazyLock<Gauge> =
    LazyLock::new(|| Gauge::new("quits_streams_open", "Subscriptions that are being served."));

/// Counts a response and its duration.
pub(super) fn answered(response: &Response, took: Duration) {
    let codes = counted(response);
    let outcome = match codes.as_slice() {
        [] => ANSWERED,
        codes if codes.iter().any(|code| [INTERNAL, UNAVAILABLE].contains(&code.as_str())) => BROKEN,
        _ => REFUSED,
    };
    if outcome == BROKEN {
        tracing::Span::current().record("otel.status_code", "ERROR");
    }
    REQUESTS.count(&[outcome]);
    DURATION.record(&[], took);
}

/// Counts the errors of a response; returns their codes. The set of codes is finite, because `ErrorCodes` sets one of
/// ours on every error.
pub(super) fn counted(response: &Response) -> Vec<String> {
    let extensions = response.errors.iter().filter_map(|error| error.extensions.as_ref());
    let codes = extensions.filter_map(|extensions| match extensions.get("code") {
        Some(Value::String(code)) => Some(code.clone()),
        _ => None,
    });
    codes.inspect(|code| REFUSALS.count(&[code])).collect()
}

/// Counts a subscription until the returned value is dropped.
pub(super) fn stream() -> Held {
    STREAMS.hold()
}

/// Returns the route. With an outbox, it includes the backlog.
pub(super) fn routes(outbox: Option<Arc<Outbox>>, bus: Bus) -> Router {
    // Registered at the start, so that they are shown before the first request.
    LazyLock::force(&REQUESTS);
    LazyLock::force(&DURATION);
    LazyLock::force(&REFUSALS);
    LazyLock::force(&STREAMS);
    Router::new().route("/metrics", get(show)).with_state((outbox, bus))
}

async fn show(State((outbox, bus)): State<(Option<Arc<Outbox>>, Bus)>) -> HttpResponse {
    let blocked = outbox.as_ref().map_or(0, |outbox| outbox.blocked_streams.load(Ordering::Relaxed));
    let waiting = match outbox {
        Some(outbox) => run_to_end(async move { waiting(&outbox).await }).await.flatten(),
        None => Ok(Vec::new()),
    };
    // The other metrics are available even if the database is not.
    let waiting = waiting.inspect_err(|failure| {
        tracing::warn!(reason = failure.log_text(), "the outbox backlog could not be read");
    });
    let waiting = waiting.unwrap_or_default();
    match linked(&bus, blocked).and_then(|linked| text(linked.into_iter().chain(waiting).collect())) {
        Ok(text) => ([(CONTENT_TYPE, media_type())], text).into_response(),
        Err(failure) => {
            tracing::error!(reason = failure.log_text(), "the metrics could not be encoded");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

fn linked(bus: &Bus, blocked: i64) -> Outcome<Vec<MetricFamily>> {
    let open = "Open links to the broker, of the parts that need one.";
    let mut families = gauge_family_by("quits_broker_links", open, "part", &bus.links())?;
    let help = "Streams whose next entry this process cannot publish.";
    families.extend(gauge_family("quits_relay_blocked_streams", help, blocked)?);
    Ok(families)
}

async fn waiting(outbox: &Outbox) -> Outcome<Vec<MetricFamily>> {
    let waiting = outbox.waiting().await?;
    let mut families =
        gauge_family("quits_outbox_waiting", "Journal entries that are not published yet.", waiting.entries)?;
    let age = "How long the oldest of them has waited; 0 without any.";
    families.extend(gauge_family("quits_outbox_oldest_seconds", age, waiting.oldest_seconds)?);
    Ok(families)
}
