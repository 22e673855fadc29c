//! `cargo xtask up`: from a clone to a running Quits.

use std::time::Instant;

use anyhow::Result;
use clap::Args;

use crate::{
    compile::{self, FRONTEND, PLAYGROUND},
    demo,
    home::{Home, quits},
    listeners,
    ports::{self, Ports},
    progress::{elapsed, say},
    servers,
    services::Settings,
    stack::Stack,
};

/// The options of `up`.
#[derive(Args)]
pub(crate) struct Up {
    /// Fill a group with people, expenses and a payment, print a login, and let people pay by test cards
    #[arg(long)]
    demo: bool,
    /// The router's port; all others keep their distance from it
    #[arg(long, default_value_t = ports::DEFAULT_BASE, value_parser = ports::bases(), value_name = "PORT")]
    port_base: u16,
}

/// Starts everything and keeps it running until Ctrl-C.
pub(crate) fn run(options: &Up) -> Result<()> {
    let start = Instant::now();
    let home = Home::open(quits())?;
    let ports = Ports::at(options.port_base);
    listeners::check(ports)?;
    let browser_packages = |home: &Home| PLAYGROUND.build(home).and_then(|()| FRONTEND.build(home));
    let servers = servers::start(&home, ports, &[browser_packages, compile::rust])?;
    let settings = Settings::new(&home, ports, &servers, "")?;
    let settings = if options.demo { settings.for_demo() } else { settings };
    let mut stack = Stack::start(&home, servers, &settings)?;
    let login = if options.demo { seed(&settings) } else { String::new() };
    say(closing(&home, &settings, &login, &elapsed(start.elapsed())));
    stack.watch();
    stack.stop()
}

/// Returns a login. A failure of the demo is only reported, because everything else still works.
fn seed(settings: &Settings) -> String {
    if let Err(error) = demo::seed(&settings.router_url()) {
        say(format!("     no demo: {error:#}"));
        return String::new();
    }
    format!("Demo login  {}  password: {}\n", demo::PEOPLE[0].1, demo::PASSWORD)
}

fn closing(home: &Home, settings: &Settings, login: &str, took: &str) -> String {
    let router = settings.router_url();
    format!(
        "\nQuits is up ({took})\n\n\
         App         {}\n\
         Playground  {router}/playground\n\
         GraphQL     {router}/graphql\n\
         {login}\
         Logs        {}\n\
         Stop        Ctrl-C",
        settings.app_url(),
        home.dir().join("logs").display(),
    )
}
