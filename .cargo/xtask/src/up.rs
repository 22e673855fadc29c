//! `cargo xtask up`: from a clone to a running Quits.

use std::time::Instant;

use anyhow::Result;
use clap::Args;

use crate::{
    compile,
    demo::{self, Login},
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
    #[arg(long, default_value_t = ports::DEFAULT_BASE, value_name = "PORT")]
    port_base: u16,
}

/// Starts everything and keeps it running until Ctrl-C.
pub(crate) fn run(options: &Up) -> Result<()> {
    let start = Instant::now();
    let home = Home::open(quits())?;
    let ports = Ports::at(options.port_base)?;
    listeners::check(ports)?;
    let servers = servers::start_during(&home, ports, &[compile::browser_packages, compile::rust])?;
    let settings = Settings::new(&home, ports, &servers, "")?;
    let settings = if options.demo { settings.for_demo() } else { settings };
    let mut stack = Stack::start(&home, servers, &settings)?;
    let login = if options.demo { seed(&settings) } else { None };
    say(closing(&home, &settings, login.as_ref(), &elapsed(start.elapsed())));
    stack.watch();
    stack.stop();
    Ok(())
}

/// A failure of the demo is only reported, because everything else still works.
fn seed(settings: &Settings) -> Option<Login> {
    demo::seed(&settings.router_url()).inspect_err(|error| say(format!("     no demo: {error:#}"))).ok()
}

fn closing(home: &Home, settings: &Settings, demo: Option<&Login>, took: &str) -> String {
    let router = settings.router_url();
    let login = demo.map(|login| format!("Demo login  {}  password: {}\n", login.email, login.password));
    format!(
        "\nQuits is up ({took})\n\n\
         App         {}\n\
         Playground  {router}/playground\n\
         GraphQL     {router}/graphql\n\
         {}\
         Logs        {}\n\
         Stop        Ctrl-C",
        settings.app_url(),
        login.unwrap_or_default(),
        home.dir().join("logs").display(),
    )
}
