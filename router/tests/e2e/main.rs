//! End-to-end tests of the whole system: real processes, the real router, MongoDB and RabbitMQ.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests panic on failure")]

mod any;
mod drift;
mod installation;
mod own;
mod percentile;
mod person;
mod shop;
mod stack;
mod trip;
