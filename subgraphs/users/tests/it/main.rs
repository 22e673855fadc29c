//! Tests of users through its schema and over a real database, one per test.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "tests panic on failure")]

mod access_tokens;
mod account;
mod contacts;
mod deletion;
mod email;
mod entities;
mod export;
mod fixture;
mod friends;
mod friends_changed;
mod login;
mod pay_handles;
mod recovery;
mod register;
mod root_fields;
mod rotation;
mod second_factor;
mod sessions;
mod verify;
