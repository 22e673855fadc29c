//! The stories of `reports`, through its schema and its consumer over a real database; those about
//! the broker with a real broker.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a test ends at the first surprise")]

mod access;
mod broker;
mod collecting;
mod feed;
mod fixture;
mod group_report;
mod notifications;
mod own_report;
