//! The servers that Quits stands on: used where the environment names them, otherwise got and started here.

mod mongodb;
mod rabbitmq;
mod wire;

use anyhow::{Result, anyhow};

use crate::{
    home::Home,
    interrupt::{Task, at_once},
    ports::Ports,
    process::Process,
};

/// Both servers, up. Dropped, those that were started here are ended.
pub(crate) struct Parts {
    /// Where MongoDB is.
    pub(crate) mongodb_uri: String,
    /// Where RabbitMQ is.
    pub(crate) amqp_url: String,
    /// Those started here.
    pub(crate) processes: Vec<Process>,
}

/// One server and, if it was started here, its process.
struct Part {
    address: String,
    process: Option<Process>,
}

/// Gets and starts both at the same time.
pub(crate) fn start(home: &Home, ports: Ports) -> Result<Parts> {
    let parts = at_once(vec![
        Box::new(|| mongodb::start(home, ports)) as Task<'_, Part>,
        Box::new(|| rabbitmq::start(home, ports)),
    ])?;
    let [mongodb, rabbitmq] = <[Part; 2]>::try_from(parts).map_err(|_| anyhow!("a part is missing"))?;
    Ok(Parts {
        mongodb_uri: mongodb.address,
        amqp_url: rabbitmq.address,
        processes: mongodb.process.into_iter().chain(rabbitmq.process).collect(),
    })
}

impl Part {
    fn given(variable: &str) -> Option<Self> {
        let address = std::env::var(variable).ok().filter(|address| !address.is_empty())?;
        Some(Self { address, process: None })
    }
}
