//! The servers that Quits stands on: used where the environment names them, otherwise got and started here.

mod mongodb;
mod rabbitmq;
mod server;

use anyhow::{Result, anyhow};

use crate::{
    home::Home,
    interrupt::{Task, at_once},
    ports::Ports,
    process::Process,
};
use server::Server;

/// Both servers, up. Dropped, those that were started here are ended.
pub(crate) struct Servers {
    /// Where MongoDB is.
    pub(crate) mongodb_uri: String,
    /// Where RabbitMQ is.
    pub(crate) amqp_url: String,
    /// Those started here.
    pub(crate) processes: Vec<Process>,
}

/// Gets and starts both at the same time.
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
