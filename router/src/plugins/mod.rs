//! The rules that hive-router does not know, one file each.

pub(crate) mod drain;
pub(crate) mod errors;
mod origin;
mod token;
mod trace;

use hive_router::{PluginRegistry, plugins::plugin_trait::RouterPlugin};
use serde_json::{Value, json};

use crate::settings::Settings;

/// Every plugin, in the order in which they see a request.
pub(crate) fn registry() -> PluginRegistry {
    PluginRegistry::new()
        .register::<drain::Drain>()
        .register::<origin::AllowedOrigins>()
        .register::<token::NoBadToken>()
        .register::<trace::OneTrace>()
        .register::<errors::SafeErrors>()
}

/// Switches every plugin on: the library skips those without an entry.
pub(crate) fn configuration(settings: &Settings) -> Value {
    json!({
        drain::Drain::plugin_name(): {},
        origin::AllowedOrigins::plugin_name(): { "config": { "allowed": settings.allowed_origins() } },
        token::NoBadToken::plugin_name(): {},
        trace::OneTrace::plugin_name(): {},
        errors::SafeErrors::plugin_name(): {},
    })
}
