//! Graceful shutdown: lets running requests finish before the router stops. The server's own graceful shutdown ends too
//! early, because it counts a worker as finished as soon as it has been idle once.

use std::sync::atomic::{AtomicBool, Ordering};

use hive_router::{
    GraphQLError,
    http::StatusCode,
    ntex::http::{ConnectionType, header},
    plugins::{
        hooks::{
            on_http_request::{OnHttpRequestHookFuture, OnHttpRequestHookPayload},
            on_plugin_init::{OnPluginInitPayload, OnPluginInitResult},
        },
        plugin_trait::{EndHookPayload, RouterPlugin, StartHookPayload},
    },
};
use tokio::sync::{RwLock, RwLockWriteGuard};

/// Each running request holds a read lock, so the write lock is granted only when no request runs.
static RUNNING: RwLock<()> = RwLock::const_new(());

/// Whether each response closes its connection.
static CLOSING: AtomicBool = AtomicBool::new(false);

/// From now on each response closes its connection, so that the client's next connection reaches another replica.
pub(crate) fn close_connections() {
    CLOSING.store(true, Ordering::Relaxed);
}

/// Refuses new requests from now on and waits for the running ones. A queued writer makes `try_read` fail.
pub(crate) async fn drain() -> RwLockWriteGuard<'static, ()> {
    RUNNING.write().await
}

/// Tracks running requests, except WebSocket upgrades, which stay open indefinitely.
#[derive(Default)]
pub(super) struct Drain;

impl RouterPlugin for Drain {
    type Config = ();

    fn plugin_name() -> &'static str {
        "drain"
    }

    fn on_plugin_init(payload: OnPluginInitPayload<Self>) -> OnPluginInitResult<Self> {
        payload.initialize_plugin_with_defaults()
    }

    fn on_http_request<'req>(&'req self, payload: OnHttpRequestHookPayload<'req>) -> OnHttpRequestHookFuture<'req> {
        Box::pin(async move {
            let request = &payload.router_http_request;
            if request.headers().contains_key(header::UPGRADE) {
                return payload.proceed();
            }
            let Ok(running) = RUNNING.try_read() else {
                return payload.end_with_graphql_error(
                    GraphQLError::from_message_and_code("Quits is restarting. Try again.", "SERVICE_UNAVAILABLE"),
                    StatusCode::SERVICE_UNAVAILABLE,
                );
            };
            // The lock is released when the request is dropped, whether it succeeds or fails.
            request.extensions_mut().insert(running);
            payload.on_end(|mut payload| {
                if CLOSING.load(Ordering::Relaxed) {
                    payload.response.response_mut().head_mut().set_connection_type(ConnectionType::Close);
                }
                payload.proceed()
            })
        })
    }
}
