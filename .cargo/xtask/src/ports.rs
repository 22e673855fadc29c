//! Where each program listens: at a fixed distance from one base.

use anyhow::{Result, bail};

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
}
