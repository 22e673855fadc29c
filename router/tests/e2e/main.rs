//! Stories of the whole system: real processes, the real router, MongoDB and RabbitMQ.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test ends at the first surprise")]

mod access;
mod backup;
mod drafts;
mod drift;
mod gate;
mod live;
mod once;
mod outages;
mod person;
mod recovery;
mod rolling;
mod stack;
mod trace;
mod trip;
