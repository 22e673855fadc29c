//! Tests of expenses through its schema and over a real database.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests panic on failure")]

mod advice;
mod advisors;
mod attachments;
mod categories;
mod comments;
mod costs;
mod create;
mod draft;
mod draft_access;
mod draft_watch;
mod drafts;
mod edit;
mod elsewhere;
mod export;
mod find;
mod fixture;
mod import;
mod lists;
mod migrations;
mod own_day;
mod permission;
mod presets;
mod rates;
mod reading;
mod receipt;
mod recurring;
mod reference_rates;
mod root_fields;
mod schedules;
mod splits;
#[path = "../../../lib/gemini/tests/it/stand_in.rs"]
#[allow(dead_code, reason = "only the tests of the gemini crate use all of it")]
mod stand_in;
mod verify;
