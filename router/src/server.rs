//! Builds the server from the library's components and runs it until SIGTERM or SIGINT.
//!
//! The library's own entry point cannot be used: it reads a configuration file, while this router builds its
//! configuration from settings and also serves a playground.

use std::{
    error::Error,
    io::{self, Write},
    process::ExitCode,
    sync::Arc,
    time::Duration,
};

use hive_router::{
    RouterPaths, RouterSharedState, SchemaState,
    background_tasks::BackgroundTasksManager,
    build_http_service_config,
    config::HiveRouterConfig,
    configure_app_from_config, configure_ntex_app,
    error::RouterInitError,
    init_rustls_crypto_provider, invoke_shutdown_hooks,
    ntex::{
        SharedCfg, rt,
        web::{self, App, HttpResponse, HttpServer, middleware::DefaultHeaders},
    },
    pipeline::{
        long_lived_client_limit::LongLivedClientLimitService, request_identifiers::RequestIdentifiersService,
        request_summary::RequestSummaryService, response_compression::ResponseCompressionService,
    },
    plugins::plugins_service::PluginService,
    telemetry::{PrometheusAttached, PrometheusRuntime, Telemetry},
};
use tokio::{
    signal::unix::{SignalKind, signal},
    time::{sleep, timeout},
};
use tracing::{info, warn};

use crate::{
    configuration::{GRAPHQL, KEYS_POLLING, Keys, WEBSOCKET, configuration},
    playground,
    plugins::{
        self,
        drain::{close_connections, drain},
        token,
    },
    settings::Settings,
};

/// How long the router waits for users at startup.
const USERS_TIMEOUT: Duration = Duration::from_secs(3);

/// How long responses close their connections before the server stops accepting connections and closes idle ones.
const LINGER: Duration = Duration::from_secs(1);

/// How long running requests may take to finish. Kubernetes kills the process after 30 seconds.
const DRAIN_TIMEOUT: Duration = Duration::from_secs(25);

/// Serves requests until SIGTERM or SIGINT, then lets running requests finish.
pub(crate) fn run(settings: Settings) -> ExitCode {
    let served = rt::System::build().name("router").build(rt::DefaultRuntime).block_on(serve(settings));
    match served {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // The logger may not be initialised yet.
            let _ = writeln!(io::stderr(), "error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn serve(settings: Settings) -> Result<(), Box<dyn Error>> {
    init_rustls_crypto_provider();
    let config = configuration(&settings, Keys::AtStart)?.into_static();
    let telemetry = Telemetry::init_global(config)?;
    let mut background = BackgroundTasksManager::new();
    let (shared, schema) = prepare(&settings, config, &telemetry, &mut background).await?;
    let metrics = telemetry.prometheus.as_ref().and_then(PrometheusRuntime::to_attached);

    let served = listen(&settings, config, shared.clone(), schema, metrics).await;

    background.graceful_shutdown().await;
    telemetry.graceful_shutdown().await;
    invoke_shutdown_hooks(&shared).await;
    served
}

/// Fetches the JWKS before serving if users answers, so that a restarted router refuses no valid token.
async fn prepare(
    settings: &Settings,
    config: &'static HiveRouterConfig,
    telemetry: &Telemetry,
    background: &mut BackgroundTasksManager,
) -> Result<(Arc<RouterSharedState>, Arc<SchemaState>), Box<dyn Error>> {
    let context = || telemetry.context.clone();
    let with_keys = configure_app_from_config(config, context(), background, plugins::registry());
    match timeout(USERS_TIMEOUT, with_keys).await {
        Ok(Ok(prepared)) => {
            token::keys_are_known();
            return Ok(prepared);
        }
        Ok(Err(RouterInitError::JwksSourceError(_))) | Err(_) => {}
        Ok(Err(error)) => return Err(error.into()),
    }
    warn!("users does not respond yet; tokens cannot be validated until it does");
    rt::spawn(wait_for_keys(settings.jwks_url.clone()));
    let config = configuration(settings, Keys::Later)?.into_static();
    Ok(configure_app_from_config(config, context(), background, plugins::registry()).await?)
}

/// Waits until users publishes its keys, and then until the library's next poll has fetched them.
async fn wait_for_keys(url: String) {
    let http = reqwest::Client::new();
    while !http.get(&url).send().await.is_ok_and(|answer| answer.status().is_success()) {
        sleep(KEYS_POLLING).await;
    }
    sleep(KEYS_POLLING + LINGER).await;
    token::keys_are_known();
    info!("tokens can be validated: users has published its keys");
}

/// Default headers of every response: it must not be cached and, behind TLS, HTTPS is required (HSTS).
fn default_headers(is_behind_tls: bool) -> DefaultHeaders {
    let headers = DefaultHeaders::new().header("cache-control", "no-store");
    if is_behind_tls { headers.header("strict-transport-security", "max-age=31536000") } else { headers }
}

async fn listen(
    settings: &Settings,
    config: &'static HiveRouterConfig,
    shared: Arc<RouterSharedState>,
    schema: Arc<SchemaState>,
    metrics: Option<PrometheusAttached>,
) -> Result<(), Box<dyn Error>> {
    let address = config.address();
    let playground = settings.serve_playground.then(|| settings.playground.clone());
    let is_behind_tls = settings.is_behind_tls();
    let long_lived = LongLivedClientLimitService::new(config);
    let compression = ResponseCompressionService::new(config);
    let paths = RouterPaths::new(GRAPHQL.to_owned(), Some(WEBSOCKET.to_owned()), None);

    let server = HttpServer::new(async move || {
        let (playground, paths, metrics) = (playground.clone(), paths.clone(), metrics.clone());
        let metrics_path = metrics.as_ref().map(|metrics| metrics.endpoint.clone());
        App::new()
            // The middleware that is registered last runs first.
            .middleware(long_lived.clone())
            .middleware(PluginService::new(paths.clone(), metrics_path))
            .middleware(RequestSummaryService::new(GRAPHQL))
            .middleware(RequestIdentifiersService)
            .middleware(compression.clone())
            .middleware(default_headers(is_behind_tls))
            .state(shared.clone())
            .state(schema.clone())
            .state(shared.telemetry_context.clone())
            .configure(move |app| configure_ntex_app(app, &paths, metrics))
            .configure(move |app| playground.iter().for_each(|folder| playground::routes(app, folder)))
            .default_service(web::to(async || HttpResponse::NotFound().finish()))
    })
    .config(SharedCfg::new("router").add(build_http_service_config(config)))
    .shutdown_timeout(config.shutdown_timeout())
    .disable_signals()
    .bind(&address)
    .map_err(|error| format!("cannot listen on {address}: {error}"))?
    .run();

    info!("ready on http://{address}{GRAPHQL}, playground on http://{address}/playground");
    tokio::select! {
        ended = server.clone() => ended?,
        () = stop_signal()? => {
            info!("stopping");
            close_connections();
            sleep(LINGER).await;
            server.pause().await;
            let _drained = timeout(DRAIN_TIMEOUT, drain()).await;
            server.stop(true).await;
        }
    }
    Ok(())
}

/// Registers the signal handlers. The returned future completes on SIGTERM or SIGINT.
fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}
