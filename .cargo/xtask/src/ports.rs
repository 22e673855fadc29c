//! The ports of all programs: fixed offsets from one base.

use anyhow::{Result, bail};

/// The default port of the router.
pub(crate) const DEFAULT_BASE: u16 = 4000;

/// The ports of one stack.
#[derive(Clone, Copy)]
pub(crate) struct Ports {
    base: u16,
}

/// Offsets of everything except the router and the services.
const MONGODB: u16 = 27;
const AMQP: u16 = 72;
const ERLANG: u16 = 73;
const EPMD: u16 = 74;
const FRONTEND: u16 = 1173;

impl Ports {
    /// Returns the ports of the stack whose router listens on `base`.
    pub(crate) fn at(base: u16) -> Result<Self> {
        let highest = u16::MAX - FRONTEND;
        if (1024..=highest).contains(&base) {
            Ok(Self { base })
        } else {
            bail!("--port-base is from 1024 to {highest}")
        }
    }

    pub(crate) fn router(self) -> u16 {
        self.base
    }

    /// Returns the port of a subgraph or consumer by its offset.
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

    /// Returns the port for connections between brokers.
    pub(crate) fn erlang(self) -> u16 {
        self.base + ERLANG
    }

    /// Returns the port of Erlang's port mapper.
    pub(crate) fn epmd(self) -> u16 {
        self.base + EPMD
    }
}
