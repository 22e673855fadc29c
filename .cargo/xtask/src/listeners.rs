//! Checks that the ports of a stack are free.

use std::net::{Ipv4Addr, TcpListener};

use anyhow::{Context, Result, bail};

use crate::{
    ports::Ports,
    services::{SERVICES, STRIPE_DOUBLE},
};

/// Returns free ports for a stack. They are below the range of ephemeral ports, from which an outgoing connection could
/// take a port before its service does.
pub(crate) fn free_ports() -> Result<Ports> {
    let start = 10_000 + u16::try_from(std::process::id() % 100).unwrap_or_default() * 200;
    let bases = (start..30_000).step_by(200).chain((10_000..start).step_by(200));
    let free = bases.filter_map(|base| Ports::at(base).ok()).find(|ports| check(*ports).is_ok());
    free.context("no free ports from 10000 to 30000")
}

/// Fails if one of the ports is in use.
pub(crate) fn check(ports: Ports) -> Result<()> {
    for (owner, port) in all(ports) {
        if TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_err() {
            let other = ports.router().saturating_add(100);
            bail!(
                "port {port} is taken, and {owner} needs it; see who has it with `ss -ltnp sport = {port}`, \
                 or start Quits elsewhere with --port-base {other}"
            );
        }
    }
    Ok(())
}

fn all(ports: Ports) -> impl Iterator<Item = (&'static str, u16)> {
    let servers = [("MongoDB", ports.mongodb()), ("RabbitMQ", ports.amqp()), ("RabbitMQ", ports.erlang())];
    let services = SERVICES.iter().chain([&STRIPE_DOUBLE]).map(move |service| (service.name, service.port(ports)));
    services.chain(servers).chain([("RabbitMQ's epmd", ports.epmd())])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::DEFAULT_BASE;

    #[test]
    fn a_taken_port_is_reported_with_its_service() {
        let ports = free_ports().unwrap();
        let _taken = TcpListener::bind((Ipv4Addr::LOCALHOST, ports.mongodb())).unwrap();
        let refusal = check(ports).unwrap_err().to_string();
        assert!(refusal.contains(&ports.mongodb().to_string()) && refusal.contains("MongoDB"), "{refusal}");
    }

    #[test]
    fn no_two_listen_on_the_same_port() {
        let mut ports: Vec<u16> = all(Ports::at(DEFAULT_BASE).unwrap()).map(|(_, port)| port).collect();
        let count = ports.len();
        ports.sort_unstable();
        ports.dedup();
        assert_eq!(ports.len(), count);
    }
}
