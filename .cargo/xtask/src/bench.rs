//! `cargo xtask bench`: measures an optimised build on servers of its own.

use std::fs;

use anyhow::Result;
use clap::Args;

use crate::{
    compile,
    home::throwaway,
    listeners, process,
    progress::{self, say},
    servers,
    tools::{IGNORE_RUST_VERSION, cargo},
};

const LOG: &str = "bench";

/// The options of `bench`.
#[derive(Args)]
pub(crate) struct Bench {
    /// What is measured; without any, everything
    #[arg(value_parser = ["idle", "pages", "changes", "pushes", "sockets", "events"])]
    measures: Vec<String>,
}

/// Builds, measures and prints the figures. They are comparable only on a machine that does nothing else.
pub(crate) fn run(options: &Bench) -> Result<()> {
    let home = throwaway(LOG)?;
    let servers = servers::start(&home, listeners::free_ports()?)?;
    compile::rust_for_bench(&home)?;
    let mut bench = cargo();
    bench.args(["bench", "--workspace", IGNORE_RUST_VERSION, "--bench", "speed", "--"]).args(&options.measures);
    bench.env("MONGODB_URI", &servers.mongodb_uri).env("AMQP_URL", &servers.amqp_url);
    let step = progress::step("Measures");
    let done = process::run(&home, &step, LOG, bench);
    fs::read_to_string(home.log(LOG)).unwrap_or_default().lines().for_each(say);
    done?;
    step.done();
    home.remove()
}
