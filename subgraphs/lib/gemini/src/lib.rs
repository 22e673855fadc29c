//! Reads a sentence or the photo of a receipt with Gemini. Answers are untrusted: one is accepted only if it is
//! complete, names only the people of the question, and adds up. It becomes a [`reader::Reading`], like that of the
//! built-in reader.
//!
//! A request contains the text, the photo, the people's names with neutral keys, the currency, a known total and the
//! date. The API key is sent only in a header.

mod answer;
mod bounds;
mod client;
mod failure;
mod nullable;
mod reply;
mod request;
mod retry;
mod schema;
mod split;

pub use client::{Connection, Gemini, Misconfigured};
pub use failure::GeminiFailure;
pub use request::Photo;
