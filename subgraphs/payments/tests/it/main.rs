//! Stories of payments, through its schema and over a real database.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "tests panic on failure")]

mod balances;
mod card;
mod counted;
mod explain;
mod fixture;
mod former;
mod home;
mod life;
mod past;
mod reading;
mod record;
mod shop;
mod stripe;
mod verify;
mod watch;
