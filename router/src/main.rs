//! The router: five subgraphs, one GraphQL API. The work is done by the library `hive-router`;
//! here are its settings and the few rules that it does not know.

// ntex nests the type of every middleware into the next.
#![recursion_limit = "256"]

mod configuration;
mod health;
mod playground;
mod plugins;
mod server;
mod settings;

#[global_allocator]
static ALLOCATOR: hive_router::RouterGlobalAllocator = hive_router::RouterGlobalAllocator;

fn main() -> std::process::ExitCode {
    let settings = settings::Settings::load();
    match settings.command {
        Some(settings::Command::Health) => health::ask(&settings.host, settings.port),
        None => server::run(settings),
    }
}
