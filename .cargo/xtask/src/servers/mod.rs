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

/// The address of a server, and its process if it was started here.
type Server = (String, Option<Process>);

/// What is done concurrently.
enum Task {
    /// Starts a server, unless this variable of the environment names one.
    Start(&'static str, fn(&Home, Ports) -> Result<(String, Process)>),
    Build(fn(&Home) -> Result<()>),
}

/// Installs and starts both servers, and runs these builds meanwhile.
pub(crate) fn start(home: &Home, ports: Ports, builds: &[fn(&Home) -> Result<()>]) -> Result<Servers> {
    let servers = [Task::Start("MONGODB_URI", mongodb::start), Task::Start("AMQP_URL", rabbitmq::start)].into_iter();
    let tasks = servers.chain(builds.iter().copied().map(Task::Build));
    let done = at_once(tasks, |task| match task {
        Task::Start(variable, start) => match env::var(variable) {
            Ok(given) if !given.is_empty() => Ok(Some((given, None))),
            _ => start(home, ports).map(|(address, process)| Some((address, Some(process)))),
        },
        Task::Build(build) => build(home).map(|()| None),
    })?;
    let servers: Vec<Server> = done.into_iter().flatten().collect();
    let [(mongodb_uri, mongodb), (amqp_url, rabbitmq)] =
        <[Server; 2]>::try_from(servers).map_err(|_| anyhow!("a server is missing"))?;
    Ok(Servers { mongodb_uri, amqp_url, processes: mongodb.into_iter().chain(rabbitmq).collect() })
}
