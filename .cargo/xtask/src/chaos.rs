//! `cargo xtask chaos`: the story of the system tests in which services are killed under load, for longer and with a
//! chosen seed.

use anyhow::Result;
use clap::Args;

use crate::{
    compile,
    home::throwaway,
    listeners, process,
    progress::{self, say},
    servers,
};

const LOG: &str = "chaos";
/// The test, by its path.
const STORY: &str = "own::chaos";
/// The first line of its table begins with this.
const TABLE: &str = "seed ";

/// The options of `chaos`.
#[derive(Args)]
pub(crate) struct Chaos {
    /// What decides about changes and harm
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How long harm is done
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u64).range(1..=23 * 60))]
    minutes: u64,
}

/// Runs it on servers of its own and prints its table; fails on any difference.
pub(crate) fn run(options: &Chaos) -> Result<()> {
    let home = throwaway(LOG)?;
    let servers = servers::start(&home, listeners::free_ports()?, &[compile::rust])?;
    let mut story = servers.cargo("test");
    story.args(["--workspace", "--test", "e2e", STORY, "--", "--nocapture"]);
    story.env("QUITS_CHAOS_SEED", options.seed.to_string());
    story.env("QUITS_CHAOS_SECONDS", (options.minutes * 60).to_string());
    progress::step("Chaos", |step| {
        let done = process::run(&home, step, LOG, story);
        let output = home.output(LOG);
        output.lines().skip_while(|line| !line.starts_with(TABLE)).take_while(|line| !line.is_empty()).for_each(say);
        done
    })?;
    home.remove()
}
