//! Integration tests of the Gemini client, against a stand-in that speaks Gemini's protocol over HTTP.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests panic on failure")]

mod connection;
mod hostile;
mod privacy;
mod readings;
mod repetition;
mod stand_in;
mod table;
