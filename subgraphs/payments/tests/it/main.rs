//! Tests of payments through its schema and over a real database.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "tests panic on failure")]

mod balances;
mod card;
mod card_access;
mod card_events;
mod card_limits;
mod costs;
mod counted;
mod departed;
mod explain;
mod fixture;
mod former;
mod home;
mod life;
mod lists;
mod own_day;
mod past;
mod pay_options;
mod reading;
mod record;
mod reminders;
mod root_fields;
mod settle_up;
mod shop;
mod states;
mod verify;
mod watch;
