//! Checks that the ports of a stack are free.

use std::net::{Ipv4Addr, TcpListener};

use anyhow::{Context, Result, bail};

use crate::{
    ports::{AMQP, EPMD, ERLANG, MONGODB, Ports},
    services::{SERVICES, STRIPE_DOUBLE},
};

/// What listens besides the services, with its offset.
const SERVERS: [(&str, u16); 4] =
    [("MongoDB", MONGODB), ("RabbitMQ", AMQP), ("RabbitMQ's Erlang", ERLANG), ("RabbitMQ's epmd", EPMD)];

/// Returns free ports for a stack. They are below the range of ephemeral ports, from which an outgoing connection could
/// take a port before its service does.
pub(crate) fn free_ports() -> Result<Ports> {
    let start = 10_000 + u16::try_from(std::process::id() % 100).unwrap_or_default() * 200;
    let bases = (start..30_000).step_by(200).chain((10_000..start).step_by(200));
    let free = bases.map(Ports::at).find(|ports| check(*ports).is_ok());
    free.context("no free ports from 10000 to 30000")
}

/// Fails if one of the ports is in use.
pub(crate) fn check(ports: Ports) -> Result<()> {
    for (owner, offset) in all() {
        let port = ports.of(offset);
        if TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_err() {
            let other = ports.of(0).saturating_add(100);
            bail!(
                "port {port} is taken, and {owner} needs it; see who has it with `ss -ltnp sport = {port}`, \
                 or start Quits elsewhere with --port-base {other}"
            );
        }
    }
    Ok(())
}

fn all() -> impl Iterator<Item = (&'static str, u16)> {
    SERVICES.iter().chain([&STRIPE_DOUBLE]).map(|service| (service.name, service.offset)).chain(SERVERS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::FRONTEND;

    #[test]
    fn a_taken_port_is_reported_with_its_owner() {
        let ports = free_ports().unwrap();
        let port = ports.of(MONGODB);
        let _taken = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).unwrap();
        let refusal = check(ports).unwrap_err().to_string();
        assert!(refusal.contains(&port.to_string()) && refusal.contains("MongoDB"), "{refusal}");
    }

    #[test]
    fn no_two_listen_on_the_same_port() {
        let mut offsets: Vec<u16> = all().map(|(_, offset)| offset).collect();
        offsets.sort_unstable();
        assert!(offsets.windows(2).all(|two| two[0] != two[1]) && offsets.last() == Some(&FRONTEND));
    }
}
