//! `cargo xtask up`: from a clone to a running Quits.

use std::time::Instant;

use anyhow::{Context, Result};
use clap::Args;

use crate::{
    compile,
    demo::{self, Login},
    home::{Home, quits},
    interrupt::{Task, at_once},
    listeners,
    ports::{self, Ports},
    progress::{elapsed, say},
    servers::{self, Servers},
    services::Settings,
    stack::Stack,
};

/// What `up` may be told.
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
    let servers = prepare(&home, ports)?;
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

/// Installs and starts the servers while building everything.
pub(crate) fn prepare(home: &Home, ports: Ports) -> Result<Servers> {
    let nothing = |()| None;
    let done = at_once(vec![
        Box::new(|| servers::start(home, ports).map(Some)) as Task<'_, Option<Servers>>,
        Box::new(|| compile::playground(home).and_then(|()| compile::frontend(home)).map(nothing)),
        Box::new(|| compile::rust(home).map(nothing)),
    ])?;
    done.into_iter().flatten().next().context("the servers did not start")
}

fn closing(home: &Home, settings: &Settings, demo: Option<&Login>, took: &str) -> String {
    let mut rows = vec![
        ("App", settings.app_url()),
        ("Playground", format!("{}/playground", settings.router_url())),
        ("GraphQL", format!("{}/graphql", settings.router_url())),
    ];
    if let Some(login) = demo {
        rows.push(("Demo login", format!("{}  password: {}", login.email, login.password)));
    }
    rows.push(("Logs", home.dir().join("logs").display().to_string()));
    rows.push(("Stop", "Ctrl-C".to_owned()));
    boxed(&format!("Quits is up ({took})"), &rows)
}

fn boxed(title: &str, rows: &[(&str, String)]) -> String {
    let lines = rows.iter().map(|(name, value)| format!("{name:<12}{value}"));
    let lines: Vec<String> = [title.to_owned(), String::new()].into_iter().chain(lines).collect();
    let width = lines.iter().map(|line| line.chars().count()).max().unwrap_or_default();
    let edge = "─".repeat(width + 2);
    let body: Vec<String> = lines.iter().map(|line| format!("│ {line:<width$} │\n")).collect();
    format!("\n┌{edge}┐\n{}└{edge}┘", body.concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closing_box_is_closed() {
        let text = boxed("Up", &[("App", "http://localhost:5173".to_owned())]);
        let widths: Vec<usize> = text.trim().lines().map(|line| line.chars().count()).collect();
        assert!(widths.iter().all(|&width| width == widths[0]), "{text}");
    }
}
