//! The HTTP server of a subgraph: `/graphql`, `/health`, `/ready`, `/metrics`, and graceful shutdown.

mod graphql;
mod metrics;
mod question;
mod server;
mod trace;

use std::{net::SocketAddr, sync::Arc, time::Duration};

use axum::{
    Extension, Json, Router,
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header::CONNECTION},
    middleware::{self, Next},
    response::Response,
    routing::get,
};
use mongodb::Database;
use serde_json::{Map, Value, json};
use tokio_util::sync::CancellationToken;

pub use question::question;
use server::Server;

use crate::{
    admission::Admission,
    auth::TokenCheck,
    bus::Bus,
    failure::{Failure, Outcome},
    mongo,
    role::{Resources, Subgraph},
    tasks::run_to_end,
};

/// How long responses close their connections before idle connections are closed. A connection that is closed at the
/// moment when a request is sent over it would lose the request.
const IDLE_GRACE: Duration = Duration::from_secs(1);
/// The timeout of running requests after the signal to stop.
const DRAIN_TIMEOUT: Duration = Duration::from_secs(10);

/// What a process listens for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// GraphQL and requests of other subgraphs.
    Requests,
    /// Probes only.
    Probes,
}

/// Serves until cancelled, then lets running requests finish.
pub(crate) async fn serve<S: Subgraph>(
    subgraph: &Arc<S>,
    purpose: Purpose,
    resources: &Resources<S::Settings, S::Ledger>,
    port: u16,
    stop: &CancellationToken,
) -> Outcome<()> {
    let answers = purpose == Purpose::Requests;
    let outbox = (answers && S::HAS_JOURNAL).then(|| resources.journal.outbox());
    let probed = mongo::database_for_probes(&resources.settings, S::NAME).await?;
    let probe = Probe { database: probed, bus: resources.bus.clone(), needs_broker: !answers };
    let app = health(probe).merge(metrics::routes(outbox, resources.bus.clone()));
    let app = if answers { app.merge(graphql_routes(subgraph, resources, stop)?) } else { app };
    let app = app.layer(middleware::from_fn_with_state(stop.clone(), close_when_stopping));
    let address = SocketAddr::new(resources.settings.host, port);
    let listener = tokio::net::TcpListener::bind(address)
        .await
        .inspect_err(|_| stop.cancel())
        .map_err(|error| Failure::internal(format!("cannot listen on {address}: {error}")))?;
    tracing::info!(%address, "{} is ready for {purpose:?}", S::NAME);
    let stopped = stop.clone();
    let lingered = async move {
        stopped.cancelled().await;
        tokio::time::sleep(IDLE_GRACE).await;
    };
    let serving = axum::serve(listener, app).with_graceful_shutdown(lingered);
    let drained = async {
        stop.cancelled().await;
        tokio::time::sleep(DRAIN_TIMEOUT).await;
    };
    tokio::select! {
        served = serving => served.map_err(Failure::internal),
        () = drained => Ok(()),
    }
}

/// After the signal to stop, each response closes its connection, so that the client's next request goes to another
/// replica.
async fn close_when_stopping(State(stop): State<CancellationToken>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    if stop.is_cancelled() {
        response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    }
    response
}

fn graphql_routes<S: Subgraph>(
    subgraph: &Arc<S>,
    resources: &Resources<S::Settings, S::Ledger>,
    stop: &CancellationToken,
) -> Outcome<Router> {
    let settings = &resources.settings;
    let tokens = TokenCheck::new(subgraph.keys(settings), &settings.token_issuer, &settings.token_audience)?;
    let tokens = Arc::new(tokens.with_secrets(settings.router_key.clone(), settings.service_key.clone()));
    let server = Server {
        subgraph: Arc::clone(subgraph),
        schema: S::schema().data(Arc::clone(subgraph)).finish(),
        tokens: Arc::clone(&tokens),
        admission: Admission::new(settings.mongodb_connections),
        clock: resources.clock.clone(),
        stop: stop.clone(),
    };
    let admission = Extension(server.admission.clone());
    let routes = graphql::routes(Arc::new(server)).merge(subgraph.routes(&tokens)).layer(admission);
    Ok(routes.layer(middleware::from_fn(trace::traced)))
}

/// What `/ready` looks at.
#[derive(Clone)]
struct Probe {
    database: Database,
    bus: Bus,
    /// Requests do not need the broker, because events wait in the journal. Consumers do.
    needs_broker: bool,
}

/// `/health`: the process is alive. `/ready`: the database can be reached and, for a consumer, the broker; the body names
/// each link to the broker and says whether it is open.
fn health(probe: Probe) -> Router {
    Router::new().route("/health", get(|| async { StatusCode::OK })).route("/ready", get(ready)).with_state(probe)
}

async fn ready(State(Probe { database, bus, needs_broker }): State<Probe>) -> (StatusCode, Json<Value>) {
    let links: Map<String, Value> =
        bus.links().into_iter().map(|(part, open)| (part.to_owned(), json!(open > 0))).collect();
    // A task of its own, because the probe may disconnect before the response.
    let found = run_to_end(async move {
        let broker = async { if needs_broker { bus.ping().await } else { Ok(()) } };
        let (database, broker) = tokio::join!(mongo::ping(&database), broker);
        database.and(broker)
    });
    let status = match found.await.flatten() {
        Ok(()) => StatusCode::OK,
        Err(failure) => {
            tracing::warn!(reason = failure.log_text(), "not ready");
            StatusCode::SERVICE_UNAVAILABLE
        }
    };
    (status, Json(json!({ "brokerLinks": links })))
}
