//! `POST /graphql`: a JSON response, or a stream of server-sent events for a subscription.

use std::{
    convert::Infallible,
    sync::Arc,
    time::{Duration, Instant},
};

use async_graphql::{Data, Request, Response, ServerError};
use async_graphql_axum::{GraphQLRequest, GraphQLResponse, rejection::GraphQLRejection};
use axum::{
    RequestExt, Router,
    extract::{DefaultBodyLimit, State},
    http::{HeaderMap, StatusCode, header::ACCEPT},
    middleware::map_request,
    response::{
        IntoResponse, Response as HttpResponse, Sse,
        sse::{Event, KeepAlive},
    },
    routing::post,
};
use contracts::Timestamp;
use futures::{Stream, StreamExt, stream};
use tracing::Span;

use super::{metrics, server::Server};
use crate::{
    auth::Caller,
    clock::Clock,
    failure::{Code, Failure, Refusal},
    role::Subgraph,
    tasks::FinishedOnDrop,
};

/// Shorter than the idle timeout of common proxies.
const KEEP_ALIVE: Duration = Duration::from_secs(12);
/// The largest request: a photo, whose 4 MiB are 5.3 MiB in base64, and some text.
const LARGEST_BODY: usize = 6 * 1024 * 1024;
const EVENT_STREAM: &str = "text/event-stream";

pub(super) fn routes<S: Subgraph>(server: Arc<Server<S>>) -> Router {
    // async-graphql reads the body itself and has no limit of its own.
    let limited = map_request(async |request: axum::extract::Request| request.with_limited_body());
    Router::new()
        .route("/graphql", post(answer::<S>))
        .layer(limited)
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .with_state(server)
}

async fn answer<S: Subgraph>(
    State(server): State<Arc<Server<S>>>,
    headers: HeaderMap,
    request: Result<GraphQLRequest, GraphQLRejection>,
) -> HttpResponse {
    let started = Instant::now();
    let caller = match server.tokens.caller(&headers).await {
        Ok(caller) => caller,
        Err(failure) => return refused(failure, started),
    };
    let Ok(request) = request.map(GraphQLRequest::into_inner) else {
        let refusal = Refusal::new(Code::Validation, "The body is not a GraphQL request in JSON, or is too large.");
        return refused(refusal.into(), started);
    };
    Span::current().record("operation", request.operation_name.as_deref().unwrap_or_default());
    let request = with_data(&server, request, &caller);
    let accepted = headers.get(ACCEPT).and_then(|accept| accept.to_str().ok()).unwrap_or_default();
    if accepted.contains(EVENT_STREAM) {
        return stream_answer(&server, request, &caller).into_response();
    }
    let schema = server.schema.clone();
    let response = match server.admission.run(caller.user().ok(), async move { schema.execute(request).await }).await {
        Ok(response) => response,
        Err(failure) => return refused(failure, started),
    };
    let elapsed = started.elapsed();
    metrics::answered(&response, elapsed);
    tracing::info!(elapsed_ms = elapsed.as_millis(), errors = response.errors.len(), "answered");
    GraphQLResponse::from(response).into_response()
}

fn with_data<S: Subgraph>(server: &Server<S>, mut request: Request, caller: &Caller) -> Request {
    let mut data = Data::default();
    server.subgraph.request_data(caller, &mut data);
    request.data = data;
    request.data(caller.clone())
}

/// Sends one event per response, and `complete` at the end. Ends when the token expires and when the service stops.
fn stream_answer<S: Subgraph>(
    server: &Arc<Server<S>>,
    request: Request,
    caller: &Caller,
) -> Sse<impl Stream<Item = Result<Event, Infallible>> + use<S>> {
    let stop = server.stop.clone();
    let (expiry, clock) = (caller.expires_at(), server.clock.clone());
    let ended = async move {
        tokio::select! {
            () = stop.cancelled_owned() => {}
            () = expired(expiry, &clock) => {}
        }
    };
    let responses = FinishedOnDrop::new(server.schema.execute_stream(request).take_until(Box::pin(ended)));
    let open = metrics::stream();
    let next = responses.map(move |response| {
        let _open = &open;
        metrics::counted(&response);
        let written = serde_json::to_string(&response).unwrap_or_default();
        Ok(Event::default().event("next").data(written))
    });
    let complete = stream::once(async { Ok(Event::default().event("complete").data("")) });
    Sse::new(next.chain(complete)).keep_alive(KeepAlive::new().interval(KEEP_ALIVE))
}

async fn expired(at: Option<Timestamp>, clock: &Clock) {
    match at {
        Some(at) => tokio::time::sleep(Duration::from_millis(clock.now().milliseconds_until(at))).await,
        None => std::future::pending().await,
    }
}

/// Responds to a request that is refused before its execution.
fn refused(failure: Failure, started: Instant) -> HttpResponse {
    let status = match &failure {
        Failure::Refused(refusal) if refusal.code == Code::Unauthenticated => StatusCode::UNAUTHORIZED,
        Failure::Refused(refusal) if refusal.code == Code::Overloaded => StatusCode::SERVICE_UNAVAILABLE,
        Failure::Refused(_) => StatusCode::BAD_REQUEST,
        Failure::Internal(_) => StatusCode::SERVICE_UNAVAILABLE,
    };
    let error: async_graphql::Error = failure.into();
    let error = ServerError { extensions: error.extensions, ..ServerError::new(error.message, None) };
    let response = Response::from_errors(vec![error]);
    metrics::answered(&response, started.elapsed());
    (status, GraphQLResponse::from(response)).into_response()
}
