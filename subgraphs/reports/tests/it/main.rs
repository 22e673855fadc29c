//! Integration tests of `reports`, through its schema and its consumer on a real database; those of the broker use a
//! real broker.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "tests panic on failure")]

mod access;
mod broker;
mod budgets;
mod collecting;
mod costs;
mod feed;
mod fixture;
mod fixtures;
mod group_report;
mod lists;
mod live;
mod mail;
mod notification_settings;
mod notifications;
mod own_report;
mod poison;
mod push;
mod push_service;
mod rebuilding;
mod recomputation;
mod report_file;
mod root_fields;
mod statement;
mod unsubscribing;
mod weeks;
