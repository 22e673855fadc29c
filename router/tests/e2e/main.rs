//! Stories of the whole system: real processes, the real router, MongoDB and RabbitMQ.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test ends at the first surprise")]

mod access;
mod backup;
mod cut;
mod drift;
mod live;
mod once;
mod outages;
mod person;
mod recovery;
mod stack;
mod trace;
mod trip;
