//! Integration tests of groups, through its schema on a real database, which `cargo xtask test` starts.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "tests panic on failure")]

mod access;
mod approval;
mod claim;
mod concurrent;
mod costs;
mod create;
mod entities;
mod fixture;
mod friends;
mod households;
mod invites;
mod join;
mod leave;
mod names;
mod roles;
mod root_fields;
mod rosters;
mod settings;
mod verify;
