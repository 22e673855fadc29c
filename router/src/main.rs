//! The router: composes five subgraphs into one GraphQL API. The library `hive-router` does the work; this crate holds
//! its configuration and, as plugins, the rules that the library does not have.

// ntex nests the type of each middleware in the type of the next one.
#![recursion_limit = "256"]

mod configuration;
mod playground;
mod plugins;
mod server;
mod settings;

use clap::CommandFactory;

#[global_allocator]
static ALLOCATOR: hive_router::RouterGlobalAllocator = hive_router::RouterGlobalAllocator;

fn main() -> std::process::ExitCode {
    let settings = settings::Settings::load();
    match settings.command {
        Some(settings::Command::Health) => commands::health::ask(&settings.host, settings.port, "/readiness"),
        Some(settings::Command::Settings) => commands::settings::describe(&settings::Settings::command()),
        None => server::run(settings),
    }
}
