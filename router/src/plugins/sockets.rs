//! Limits the WebSockets of each person, the subscriptions on each of them, how long one may stay open without a valid
//! token, and how long its client may not read.

use std::{
    sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, Weak},
    time::Duration,
};

use hive_router::{
    DashMap, async_trait,
    http::StatusCode,
    ntex::{http::header, io::IoRef, rt},
    plugins::{
        hooks::{
            on_graphql_analysis::{OnGraphqlAnalysisHookPayload, OnGraphqlAnalysisHookResult},
            on_http_request::{OnHttpRequestHookFuture, OnHttpRequestHookPayload},
            on_plugin_init::{OnPluginInitPayload, OnPluginInitResult},
        },
        plugin_trait::{RouterPlugin, StartHookPayload},
    },
    query_planner::state::supergraph_state::OperationKind,
    telemetry::logging::request_id::{REQUEST_IDENTIFIERS, RequestIdentifiers},
};
use tokio::time::sleep;

use super::operation::{person, refuse};
use crate::settings::Limits;

/// How often a socket is looked at until it counts as stalled.
const LOOKS: u32 = 3;

/// Counts open WebSockets and their subscriptions.
pub(super) struct BoundedSockets {
    limits: Limits,
    people: Arc<People>,
}

/// The number of open connections by user id.
type People = DashMap<String, usize>;

/// An open WebSocket. The library keeps the context of the upgrade request, and this in it, while the socket is open.
#[derive(Default)]
struct Socket {
    connection: OnceLock<Connection>,
    running: Mutex<Vec<Running>>,
}

/// A running subscription: the library holds the identifiers of its request while it runs.
type Running = Weak<RequestIdentifiers>;

/// One of a person's connections. Dropping it decrements the person's count.
struct Connection {
    person: String,
    people: Arc<People>,
}

#[async_trait]
impl RouterPlugin for BoundedSockets {
    type Config = Limits;

    fn plugin_name() -> &'static str {
        "bounded_sockets"
    }

    fn on_plugin_init(payload: OnPluginInitPayload<Self>) -> OnPluginInitResult<Self> {
        let limits = payload.config()?;
        payload.initialize_plugin(Self { limits, people: Arc::default() })
    }

    fn on_http_request<'req>(&'req self, payload: OnHttpRequestHookPayload<'req>) -> OnHttpRequestHookFuture<'req> {
        let request = &payload.router_http_request;
        if request.headers().contains_key(header::UPGRADE)
            && let Some(io) = request.io().cloned()
        {
            let socket = Arc::new(Socket::default());
            let opened = Arc::downgrade(&socket);
            payload.context.insert(socket);
            rt::spawn(close_stalled(io.clone(), Weak::clone(&opened), self.limits.stalled_socket_seconds));
            let timeout = Duration::from_secs(self.limits.anonymous_socket_seconds);
            rt::spawn(async move {
                sleep(timeout).await;
                if opened.upgrade().is_some_and(|socket| socket.connection.get().is_none()) {
                    io.close();
                }
            });
        }
        Box::pin(async move { payload.proceed() })
    }

    async fn on_graphql_analysis<'exec>(
        &'exec self,
        payload: &mut OnGraphqlAnalysisHookPayload<'exec>,
    ) -> OnGraphqlAnalysisHookResult {
        let subscribes = payload.filtered_operation_for_plan.operation_kind == Some(OperationKind::Subscription);
        let person = person(&payload.client_request_details.jwt);
        let socket = payload.context.get_ref::<Arc<Socket>>().map(|socket| Arc::clone(&socket));
        if subscribes && socket.is_none() {
            // The library would also stream events over HTTP, without any of these limits.
            let sentence = "Subscriptions are served on a WebSocket only.".to_owned();
            return refuse(sentence, "VALIDATION", StatusCode::BAD_REQUEST);
        }
        let (Some(socket), Some(person)) = (socket, person) else { return OnGraphqlAnalysisHookResult::Proceed };
        if socket.connection.get().is_none() {
            let Some(connection) = self.connect(person) else {
                let sentence =
                    format!("You have {} connections open. Close one first.", self.limits.sockets_per_person);
                return refuse(sentence, "RATE_LIMITED", StatusCode::TOO_MANY_REQUESTS);
            };
            // If two operations run concurrently, the second one's connection is dropped again.
            let _ = socket.connection.set(connection);
        }
        if subscribes && !socket.subscribe(self.limits.subscriptions_per_socket.get()) {
            let limit = self.limits.subscriptions_per_socket;
            let sentence = format!("{limit} subscriptions run on this connection. Complete one first.");
            return refuse(sentence, "RATE_LIMITED", StatusCode::TOO_MANY_REQUESTS);
        }
        OnGraphqlAnalysisHookResult::Proceed
    }
}

/// Closes a socket if what is sent to it piles up for so many seconds. Otherwise a client that never reads would take up
/// more and more memory.
async fn close_stalled(io: IoRef, socket: Weak<Socket>, seconds: u64) {
    let mut stalled = 0;
    while socket.strong_count() > 0 && stalled < LOOKS {
        sleep(Duration::from_secs(seconds) / LOOKS).await;
        stalled = if io.is_wr_backpressure() { stalled + 1 } else { 0 };
    }
    if stalled == LOOKS {
        tracing::warn!("a WebSocket is closed, because its client does not read");
        // Its client would not read the end either.
        io.terminate();
    }
}

impl BoundedSockets {
    /// Counts one more connection of this person; `None` if the limit is reached.
    fn connect(&self, person: String) -> Option<Connection> {
        let mut count = self.people.entry(person.clone()).or_default();
        if *count >= self.limits.sockets_per_person.get() {
            return None;
        }
        *count += 1;
        drop(count);
        Some(Connection { person, people: Arc::clone(&self.people) })
    }
}

impl Socket {
    /// Counts the subscription that the current request starts; false if the limit is reached.
    fn subscribe(&self, limit: usize) -> bool {
        let mut running = self.running();
        running.retain(|subscription| subscription.strong_count() > 0);
        if running.len() >= limit {
            return false;
        }
        running.extend(REQUEST_IDENTIFIERS.try_with(Arc::downgrade).ok());
        true
    }

    fn running(&self) -> MutexGuard<'_, Vec<Running>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        if let Some(mut count) = self.people.get_mut(&self.person) {
            *count -= 1;
        }
        self.people.remove_if(&self.person, |_, count| *count == 0);
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;
    use crate::settings::Settings;

    fn sockets() -> BoundedSockets {
        let settings = Settings::parse_from(["router", "--sockets-per-person", "2"]);
        BoundedSockets { limits: settings.limits, people: Arc::default() }
    }

    #[test]
    fn connections_are_limited_per_person() {
        let sockets = sockets();
        let connect = |person: &str| sockets.connect(person.to_owned());
        let (first, _second) = (connect("ada"), connect("ada"));
        assert!(connect("ada").is_none());
        assert!(connect("ben").is_some());
        drop(first);
        assert!(connect("ada").is_some());
    }

    #[test]
    fn people_without_connections_are_removed() {
        let sockets = sockets();
        let connections = ["ada", "ada", "ben"].map(|person| sockets.connect(person.to_owned()));
        assert_eq!(sockets.people.len(), 2);
        drop(connections);
        assert!(sockets.people.is_empty());
    }
}
