//! The ports of a stack: fixed offsets from the router's port.

use clap::{builder::RangedI64ValueParser, value_parser};

/// The default port of the router.
pub(crate) const DEFAULT_BASE: u16 = 4000;

/// Offsets of what is not a service; those of services are in their table.
pub(crate) const MONGODB: u16 = 27;
pub(crate) const AMQP: u16 = 72;
/// For connections between brokers.
pub(crate) const ERLANG: u16 = 73;
/// Erlang's port mapper.
pub(crate) const EPMD: u16 = 74;

/// The largest offset.
pub(crate) const FRONTEND: u16 = 1173;

/// The ports of one stack.
#[derive(Clone, Copy)]
pub(crate) struct Ports {
    base: u16,
}

/// Returns the parser of the router's port: all others are above it.
pub(crate) fn bases() -> RangedI64ValueParser<u16> {
    value_parser!(u16).range(1024..=i64::from(u16::MAX - FRONTEND))
}

impl Ports {
    /// Returns the ports of the stack whose router listens on `base`.
    pub(crate) fn at(base: u16) -> Self {
        Self { base }
    }

    /// Returns the port with this offset.
    pub(crate) fn of(self, offset: u16) -> u16 {
        self.base + offset
    }

    /// Returns the URL of what listens on the port with this offset.
    pub(crate) fn url(self, offset: u16) -> String {
        format!("http://127.0.0.1:{}", self.of(offset))
    }
}
