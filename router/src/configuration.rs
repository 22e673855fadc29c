//! The configuration of hive-router, built in code. The JSON keys are those of its configuration file.

use std::time::Duration;

use hive_router::config::HiveRouterConfig;
use secrecy::ExposeSecret;
use serde_json::{Map, Value, json};

use crate::{plugins, settings::Settings};

/// The path of the GraphQL API over HTTP.
pub(crate) const GRAPHQL: &str = "/graphql";

/// The path of the GraphQL API over WebSocket.
pub(crate) const WEBSOCKET: &str = "/graphql/ws";

/// The largest request body; the subgraphs have the same limit. It fits a receipt photo of 4 MiB (5.3 MiB in base64)
/// and some text.
const LARGEST_BODY: &str = "6MiB";

/// How often the router fetches the JWKS. Short, so that a router that started before users soon has the keys.
pub(crate) const KEYS_POLLING: Duration = Duration::from_secs(5);

/// When the router first fetches the JWKS.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Keys {
    /// Before it serves requests.
    AtStart,
    /// With the first poll that users answers.
    Later,
}

/// Returns the library's configuration for these settings, or an error if the library refuses it.
pub(crate) fn configuration(settings: &Settings, keys: Keys) -> Result<HiveRouterConfig, serde_json::Error> {
    serde_json::from_value(json!({
        "http": {
            "host": settings.host,
            "port": settings.port,
            "graphql_endpoint": GRAPHQL,
            // Requests have been drained before this timeout starts; it covers only the shutdown of the workers.
            "shutdown_timeout": "1s",
        },
        "log": { "level": settings.log, "format": settings.log_format.as_str() },
        "telemetry": {
            "resource": { "attributes": { "service.name": "router" } },
            "tracing": tracing(settings),
            "metrics": metrics(),
        },
        // The laboratory loads its assets from a CDN; /playground replaces it.
        "laboratory": { "enabled": false },
        "introspection": settings.introspection,
        "jwt": tokens(settings, keys),
        "headers": headers(settings),
        "limits": limits(),
        "traffic_shaping": traffic(),
        "cors": cors(settings),
        "websocket": { "enabled": true, "path": WEBSOCKET, "headers": { "source": "connection" } },
        // How many events a slow client may lag behind before it skips some.
        "subscriptions": { "enabled": true, "broadcast_capacity": 128 },
        "error_masking": {
            "enabled": true,
            "redacted_error_message": plugins::errors::UNAVAILABLE,
            "all": { "extensions": { "mode": "deny", "keys": ["service", "http"] } },
        },
        "plugins": plugins::configuration(settings),
        "override_subgraph_urls": { "subgraphs": subgraph_urls(settings) },
    }))
    .and_then(|config| with_supergraph(config, settings))
}

/// Continues a trace that the client has started. The subgraphs' spans are children of the router's own spans.
fn tracing(settings: &Settings) -> Value {
    let base = settings.otlp_endpoint.trim().trim_end_matches('/');
    json!({
        "propagation": { "trace_context": true },
        "collect": { "sampling": settings.traces_sampler_arg, "parent_based_sampler": true },
        "exporters": [{
            "kind": "otlp",
            "enabled": !base.is_empty(),
            "protocol": "http",
            "endpoint": format!("{base}/v1/traces"),
        }],
    })
}

fn metrics() -> Value {
    // Clients choose operation names, so a label with them would have unbounded cardinality.
    let bounded = json!({ "attributes": { "graphql.operation.name": false } });
    json!({
        "exporters": [{ "kind": "prometheus", "path": "/metrics" }],
        "instrumentation": { "instruments": {
            "http.server.request.duration": bounded,
            "http.server.request.body.size": bounded,
            "http.server.response.body.size": bounded,
            "hive.router.request.overhead.duration": bounded,
            "hive.router.request.external_wait.duration": bounded,
        } },
    })
}

/// Requests without a token are accepted, because login has none yet. `plugins::token` refuses requests whose token
/// fails the validation that is configured here.
fn tokens(settings: &Settings, keys: Keys) -> Value {
    json!({
        "enabled": true,
        "require_authentication": false,
        "allowed_algorithms": ["ES256"],
        "issuers": [settings.token_issuer],
        "audiences": [settings.token_audience],
        "lookup_locations": [{ "source": "header", "name": "authorization", "prefix": "Bearer " }],
        "jwks_providers": [{
            "source": "remote",
            "url": settings.jwks_url,
            "prefetch": keys == Keys::AtStart,
            "polling_interval": format!("{}s", KEYS_POLLING.as_secs()),
            // Accepts a key that users has just started to sign with: an unknown key id triggers a fetch, at most
            // once in this interval.
            "refresh_on_unknown_kid": "10s",
        }],
    })
}

/// The only headers that the router sends to subgraphs. All other headers of the client are dropped.
fn headers(settings: &Settings) -> Value {
    json!({ "all": { "request": [
        { "propagate": { "named": ["authorization", "traceparent", "x-request-id"] } },
        { "insert": { "name": "x-router-key", "value": settings.router_key.expose_secret() } },
    ] } })
}

fn limits() -> Value {
    json!({
        // Twice the depth of the app's operations. Bounds cycles such as group.members.group.
        "max_depth": { "n": 15, "flatten_fragments": true },
        // Prevents one operation from requesting an expensive field a thousand times under different aliases.
        "max_aliases": { "n": 30 },
        // The app's operations have about 100 tokens, an introspection query has about 300.
        "max_tokens": { "n": 2000 },
        // Each directive costs validation time; legitimate operations use @include and @skip on a few fields.
        "max_directives": { "n": 20 },
        "max_request_body_size": LARGEST_BODY,
        // An access token takes about 1 KiB.
        "max_request_header_size": "16KiB",
    })
}

fn traffic() -> Value {
    json!({
        "router": {
            // Allows a few sequential subgraph requests. Does not end a stream that has started.
            "request_timeout": "30s",
            // One per open browser tab. Bounded by memory: about 100 KiB per client.
            "max_long_lived_clients": 10_000,
            // Longer than the idle timeout of common load balancers, so that they close the connection first.
            "keep_alive": "75s",
            // Two people must never share a response or a stream.
            "dedupe": { "enabled": false },
        },
        "all": {
            "request_timeout": "10s",
            // Each request has its own id, so no two requests are identical.
            "dedupe_enabled": false,
        },
    })
}

fn cors(settings: &Settings) -> Value {
    json!({
        "enabled": true,
        "policies": [{ "origins": settings.allowed_origins() }],
        "methods": ["GET", "POST", "OPTIONS"],
        "allow_headers": ["authorization", "content-type", "traceparent", "x-request-id"],
        "max_age": 7200,
    })
}

fn subgraph_urls(settings: &Settings) -> Map<String, Value> {
    settings
        .subgraphs()
        .into_iter()
        .map(|(name, base)| (name.to_owned(), json!({ "url": format!("{base}/graphql") })))
        .collect()
}

// The library resolves relative paths only in a configuration file that it reads itself.
fn with_supergraph(mut config: HiveRouterConfig, settings: &Settings) -> Result<HiveRouterConfig, serde_json::Error> {
    let path = std::path::absolute(&settings.supergraph).map_err(serde::de::Error::custom)?;
    config.supergraph = serde_json::from_value(json!({ "source": "file", "path": path }))?;
    Ok(config)
}
