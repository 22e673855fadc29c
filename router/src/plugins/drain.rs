//! Lets running requests finish before the router stops. (The server's own waiting ends too early: it
//! counts a worker as done that was idle once.)

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

/// Every running request holds it for reading, so whoever holds it for writing knows that none runs.
static RUNNING: RwLock<()> = RwLock::const_new(());

/// Whether clients are asked to go elsewhere.
static PARTING: AtomicBool = AtomicBool::new(false);

/// From now on each answer ends its connection. The next one leads to another replica.
pub(crate) fn part() {
    PARTING.store(true, Ordering::Relaxed);
}

/// Refuses new requests from now on, and waits for the running ones.
pub(crate) async fn drain() -> RwLockWriteGuard<'static, ()> {
    RUNNING.write().await
}

/// Counts running requests, apart from those that open a socket, which never finish.
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
            // Goes with the request, however that ends.
            request.extensions_mut().insert(running);
            payload.on_end(|mut payload| {
                if PARTING.load(Ordering::Relaxed) {
                    payload.response.response_mut().head_mut().set_connection_type(ConnectionType::Close);
                }
                payload.proceed()
            })
        })
    }
}
