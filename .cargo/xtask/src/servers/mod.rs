//! The servers that Quits needs: those named by the environment, otherwise downloaded and started here.

mod mongodb;
mod rabbitmq;
mod server;

use std::process::Command;

use anyhow::{Context, Result, anyhow};

use crate::{
    home::Home,
    interrupt::{Task, at_once},
    ports::Ports,
    process::Process,
    tools::{IGNORE_RUST_VERSION, cargo},
};
use server::Server;

/// Both running servers. On drop, those that were started here are ended.
pub(crate) struct Servers {
    /// The URI of MongoDB.
    pub(crate) mongodb_uri: String,
    /// The URL of RabbitMQ.
    pub(crate) amqp_url: String,
    /// The processes that were started here.
    pub(crate) processes: Vec<Process>,
}

impl Servers {
    /// Returns `cargo test` on these servers.
    pub(crate) fn cargo_test(&self) -> Command {
        let mut tests = cargo();
        tests.args(["test", IGNORE_RUST_VERSION]);
        tests.env("MONGODB_URI", &self.mongodb_uri).env("AMQP_URL", &self.amqp_url);
        tests
    }
}

/// Installs and starts both servers concurrently.
pub(crate) fn start(home: &Home, ports: Ports) -> Result<Servers> {
    let servers = at_once(vec![
        Box::new(|| mongodb::start(home, ports)) as Task<'_, Server>,
        Box::new(|| rabbitmq::start(home, ports)),
    ])?;
    let [mongodb, rabbitmq] = <[Server; 2]>::try_from(servers).map_err(|_| anyhow!("a server is missing"))?;
    Ok(Servers {
        mongodb_uri: mongodb.address,
        amqp_url: rabbitmq.address,
        processes: mongodb.process.into_iter().chain(rabbitmq.process).collect(),
    })
}

/// Installs and starts both servers, and runs these builds meanwhile.
pub(crate) fn start_during(home: &Home, ports: Ports, builds: &[fn(&Home) -> Result<()>]) -> Result<Servers> {
    let mut tasks = vec![Box::new(|| start(home, ports).map(Some)) as Task<'_, Option<Servers>>];
    tasks.extend(builds.iter().map(|build| Box::new(move || build(home).map(|()| None)) as Task<'_, _>));
    at_once(tasks)?.into_iter().flatten().next().context("the servers did not start")
}
