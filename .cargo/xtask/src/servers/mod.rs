//! The servers that Quits needs: those named by the environment, otherwise downloaded and started here.

mod mongodb;
mod rabbitmq;

use std::{env, process::Command};

use anyhow::{Result, anyhow};

use crate::{
    home::Home,
    interrupt::at_once,
    ports::Ports,
    process::Process,
    tools::{IGNORE_RUST_VERSION, cargo},
};

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
    /// Returns a command of cargo whose programs use these servers.
    pub(crate) fn cargo(&self, command: &str) -> Command {
        let mut cargo = cargo();
        cargo.args([command, IGNORE_RUST_VERSION]);
        cargo.env("MONGODB_URI", &self.mongodb_uri).env("AMQP_URL", &self.amqp_url);
        cargo
    }
}

/// A server, with its process if it was started here.
struct Server {
    address: String,
    process: Option<Process>,
}

impl Server {
    /// Returns the server that the environment names.
    fn given(variable: &str) -> Option<Self> {
        let address = env::var(variable).ok().filter(|address| !address.is_empty())?;
        Some(Self { address, process: None })
    }
}

/// What is done concurrently.
enum Task {
    Start(fn(&Home, Ports) -> Result<Server>),
    Build(fn(&Home) -> Result<()>),
}

/// Installs and starts both servers, and runs these builds meanwhile.
pub(crate) fn start(home: &Home, ports: Ports, builds: &[fn(&Home) -> Result<()>]) -> Result<Servers> {
    let tasks = [Task::Start(mongodb::start), Task::Start(rabbitmq::start)].into_iter();
    let tasks = tasks.chain(builds.iter().copied().map(Task::Build));
    let done = at_once(tasks, |task| match task {
        Task::Start(start) => start(home, ports).map(Some),
        Task::Build(build) => build(home).map(|()| None),
    })?;
    let servers: Vec<Server> = done.into_iter().flatten().collect();
    let [mongodb, rabbitmq] = <[Server; 2]>::try_from(servers).map_err(|_| anyhow!("a server is missing"))?;
    Ok(Servers {
        mongodb_uri: mongodb.address,
        amqp_url: rabbitmq.address,
        processes: mongodb.process.into_iter().chain(rabbitmq.process).collect(),
    })
}
