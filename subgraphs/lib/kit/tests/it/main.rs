//! Stories of the journal, the relay and the consumers, over a real MongoDB and a real RabbitMQ.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test ends at the first surprise")]

mod consumer;
mod journal;
mod notebook;
mod relay;
mod served;
mod sight;
