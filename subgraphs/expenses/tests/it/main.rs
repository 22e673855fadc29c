//! Stories of expenses, through its schema and over a real database.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test ends at the first surprise")]

mod advice;
mod advisors;
mod create;
mod draft;
mod draft_access;
mod draft_watch;
mod drafts;
mod edit;
mod house;
mod migrations;
mod reading;
mod splits;
