//! Who listens where: everything stands at a fixed distance from one base.

use std::net::{Ipv4Addr, TcpListener};

use anyhow::{Context, Result, bail};

/// The router's port unless another is asked for.
pub(crate) const DEFAULT_BASE: u16 = 4000;

/// The ports of one stack.
#[derive(Clone, Copy)]
pub(crate) struct Ports {
    base: u16,
}

/// What else listens, as distances from the base.
const MONGODB: u16 = 27;
const AMQP: u16 = 72;
const ERLANG: u16 = 73;
const EPMD: u16 = 74;
const FRONTEND: u16 = 1173;

impl Ports {
    /// The ports of the stack whose router listens on `base`.
    pub(crate) fn at(base: u16) -> Result<Self> {
        let highest = u16::MAX - FRONTEND;
        if (1024..=highest).contains(&base) {
            Ok(Self { base })
        } else {
            bail!("--port-base is from 1024 to {highest}")
        }
    }

    /// A stack's worth of ports that nobody listens on. They lie below those that outgoing connections are given, or
    /// one of these could take a port before its service does.
    pub(crate) fn free() -> Result<Self> {
        let start = 10_000 + u16::try_from(std::process::id() % 100).unwrap_or_default() * 200;
        let bases = (start..30_000).step_by(200).chain((10_000..start).step_by(200));
        bases.map(|base| Self { base }).find(|ports| ports.check().is_ok()).context("no free ports from 10000 to 30000")
    }

    /// Refuses if somebody listens on one of them.
    pub(crate) fn check(self) -> Result<()> {
        for (owner, port) in self.all() {
            if TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_err() {
                let other = self.base.saturating_add(100);
                bail!(
                    "port {port} is taken, and {owner} needs it; see who has it with `ss -ltnp sport = {port}`, \
                     or start Quits elsewhere with --port-base {other}"
                );
            }
        }
        Ok(())
    }

    pub(crate) fn router(self) -> u16 {
        self.base
    }

    /// A subgraph's or a consumer's port, by its distance from the router's.
    pub(crate) fn service(self, distance: u16) -> u16 {
        self.base + distance
    }

    pub(crate) fn frontend(self) -> u16 {
        self.base + FRONTEND
    }

    pub(crate) fn mongodb(self) -> u16 {
        self.base + MONGODB
    }

    pub(crate) fn amqp(self) -> u16 {
        self.base + AMQP
    }

    /// Where the broker listens for other brokers.
    pub(crate) fn erlang(self) -> u16 {
        self.base + ERLANG
    }

    /// Where Erlang's port mapper listens.
    pub(crate) fn epmd(self) -> u16 {
        self.base + EPMD
    }

    fn all(self) -> impl Iterator<Item = (&'static str, u16)> {
        let parts = [("MongoDB", self.mongodb()), ("RabbitMQ", self.amqp()), ("RabbitMQ", self.erlang())];
        let services = crate::services::SERVICES.iter().map(move |service| (service.name, service.port(self)));
        services.chain(parts).chain([("RabbitMQ's epmd", self.epmd())])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_port_is_named_with_who_wants_it() {
        let ports = Ports::free().unwrap();
        let _taken = TcpListener::bind((Ipv4Addr::LOCALHOST, ports.mongodb())).unwrap();
        let refusal = ports.check().unwrap_err().to_string();
        assert!(refusal.contains(&ports.mongodb().to_string()) && refusal.contains("MongoDB"), "{refusal}");
    }

    #[test]
    fn no_two_listen_on_the_same_port() {
        let mut all: Vec<u16> = Ports::at(DEFAULT_BASE).unwrap().all().map(|(_, port)| port).collect();
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
    }
}
