//! Tests of the journal, the relay and the consumers, over a real MongoDB and a real RabbitMQ.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests panic on failure")]

mod abandoned;
mod backup;
mod consumer;
mod gap;
mod journal;
mod left;
mod migrations;
mod notebook;
mod overload;
mod relay;
mod requests;
mod seal;
mod served;
mod sight;
mod silence;
mod together;
mod waiting;
