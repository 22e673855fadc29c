//! The rules that hive-router does not have: one plugin in each file.

mod address;
mod cost;
pub(crate) mod drain;
pub(crate) mod errors;
mod operation;
mod origin;
mod rates;
mod size;
mod sockets;
pub(crate) mod token;
mod trace;

use hive_router::{PluginRegistry, plugins::plugin_trait::RouterPlugin};
use serde_json::{Value, json};

use crate::settings::Settings;

/// All plugins, in the order in which they handle a request.
pub(crate) fn registry() -> PluginRegistry {
    PluginRegistry::new()
        .register::<drain::Drain>()
        .register::<origin::AllowedOrigins>()
        .register::<address::NoteAddress>()
        .register::<size::BoundedSize>()
        .register::<token::NoBadToken>()
        .register::<rates::BoundedRates>()
        .register::<cost::BoundedCost>()
        .register::<sockets::BoundedSockets>()
        .register::<trace::OneTrace>()
        .register::<errors::SafeErrors>()
}

/// The configuration of all plugins. Each needs an entry: the library skips a plugin without one.
pub(crate) fn configuration(settings: &Settings) -> Value {
    let limits = &settings.limits;
    let cost = json!({ "supergraph": settings.supergraph, "max_query_cost": limits.max_query_cost });
    json!({
        drain::Drain::plugin_name(): {},
        origin::AllowedOrigins::plugin_name(): { "config": { "allowed": settings.allowed_origins() } },
        address::NoteAddress::plugin_name(): { "config": limits.trusted_proxies },
        size::BoundedSize::plugin_name(): { "config": limits },
        token::NoBadToken::plugin_name(): {},
        rates::BoundedRates::plugin_name(): { "config": limits },
        cost::BoundedCost::plugin_name(): { "config": cost },
        sockets::BoundedSockets::plugin_name(): { "config": limits },
        trace::OneTrace::plugin_name(): {},
        errors::SafeErrors::plugin_name(): {},
    })
}
