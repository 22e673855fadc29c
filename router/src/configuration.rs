//! What hive-router is told to do, in its own words: the keys are those of its configuration file.

use std::time::Duration;

use hive_router::config::HiveRouterConfig;
use serde_json::{Map, Value, json};

use crate::{plugins, settings::Settings};

/// The path of the API.
pub(crate) const GRAPHQL: &str = "/graphql";

/// The path of the API over WebSocket.
pub(crate) const WEBSOCKET: &str = "/graphql/ws";

/// What a subgraph takes too: the photo of a receipt, 4 MiB that base64 makes 5.3, and some text.
const LARGEST_BODY: &str = "6MiB";

/// How often the router gets the keys anew. Short, so that one that was there before users soon has them.
pub(crate) const KEYS_POLLING: Duration = Duration::from_secs(5);

/// When the router gets the keys that sign tokens, for the first time.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Keys {
    /// Before it serves.
    AtStart,
    /// As soon as users answers.
    Later,
}

/// Turns our settings into the library's configuration.
pub(crate) fn configuration(settings: &Settings, keys: Keys) -> Result<HiveRouterConfig, serde_json::Error> {
    serde_json::from_value(json!({
        "http": {
            "host": settings.host,
            "port": settings.port,
            "graphql_endpoint": GRAPHQL,
            // Requests are drained before; this is for what a worker does last.
            "shutdown_timeout": "1s",
        },
        "log": { "level": settings.log, "format": settings.log_format.as_str() },
        "telemetry": {
            "resource": { "attributes": { "service.name": "router" } },
            "tracing": tracing(settings),
            "metrics": metrics(),
        },
        // Its page loads from a CDN; /playground takes its place.
        "laboratory": { "enabled": false },
        "introspection": settings.introspection,
        "jwt": tokens(settings, keys),
        "headers": headers(settings),
        "limits": limits(),
        "traffic_shaping": traffic(),
        "cors": cors(settings),
        "websocket": { "enabled": true, "path": WEBSOCKET, "headers": { "source": "connection" } },
        // How many pushes a slow client may fall behind before it misses some.
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

/// A trace that a client began goes on here, and in the subgraphs below the router's own spans.
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
    // A client chooses the name of its operation: as a label it would make as many series as it likes.
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

/// A client may come without a token (login has none yet). One that comes with a token which is not
/// found valid here is refused by `plugins::token`.
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
            // A key that users has just begun to sign with.
            "refresh_on_unknown_kid": "10s",
        }],
    })
}

/// Subgraphs get these headers and no other, whatever a client sends.
fn headers(settings: &Settings) -> Value {
    json!({ "all": { "request": [
        { "propagate": { "named": ["authorization", "traceparent", "x-request-id"] } },
        { "insert": { "name": "x-router-key", "value": settings.router_key.reveal() } },
    ] } })
}

fn limits() -> Value {
    json!({
        // Twice what the app asks: cycles such as group.members.group need an end.
        "max_depth": { "n": 15, "flatten_fragments": true },
        // An expensive field must not be asked a thousand times under a thousand names.
        "max_aliases": { "n": 30 },
        // The app asks with about 100, a tool that reads the schema with about 300.
        "max_tokens": { "n": 2000 },
        // Each one costs validation time; @include and @skip on a few fields are honest use.
        "max_directives": { "n": 20 },
        "max_request_body_size": LARGEST_BODY,
        // A token is about 1 KiB.
        "max_request_header_size": "16KiB",
    })
}

fn traffic() -> Value {
    json!({
        "router": {
            // A few subgraph calls after one another; a stream that has begun is not cut.
            "request_timeout": "30s",
            // One open tab each: bounded by memory, about 100 KiB a client.
            "max_long_lived_clients": 10_000,
            // Longer than load balancers keep an idle connection, so that they close it first.
            "keep_alive": "75s",
            // Two people never share an answer or a stream.
            "dedupe": { "enabled": false },
        },
        "all": {
            "request_timeout": "10s",
            // Every request has its own id, so no two are alike.
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

// The library resolves a relative path only in a file that it reads itself.
fn with_supergraph(mut config: HiveRouterConfig, settings: &Settings) -> Result<HiveRouterConfig, serde_json::Error> {
    let path = std::path::absolute(&settings.supergraph).map_err(serde::de::Error::custom)?;
    config.supergraph = serde_json::from_value(json!({ "source": "file", "path": path }))?;
    Ok(config)
}
