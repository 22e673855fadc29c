//! Users over a real database: each test has its own.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "tests panic on failure")]

mod access_tokens;
mod account;
mod email;
mod entities;
mod export;
mod fixture;
mod friends;
mod login;
mod pay_handles;
mod recovery;
mod register;
mod root_fields;
mod rotation;
mod sessions;
