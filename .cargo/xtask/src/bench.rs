//! `cargo xtask bench`: measures an optimised build on servers of its own.

use anyhow::Result;
use clap::Args;

use crate::{
    compile,
    home::throwaway,
    listeners, process,
    progress::{self, say},
    servers,
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
    let servers = servers::start(&home, listeners::free_ports()?, &[compile::rust_for_bench])?;
    let mut bench = servers.cargo("bench");
    bench.args(["--workspace", "--bench", "speed", "--"]).args(&options.measures);
    progress::step("Measures", |step| {
        let done = process::run(&home, step, LOG, bench);
        home.output(LOG).lines().for_each(say);
        done
    })?;
    home.remove()
}
