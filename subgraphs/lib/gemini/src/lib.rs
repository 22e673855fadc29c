//! Asks Gemini what a sentence or a photo says, and believes none of it: an answer counts only if it is whole, names nobody
//! but the people of the question, and adds up. It becomes a [`reader::Reading`], as if the built-in reader had read it.
//!
//! Sent are the text, the names under neutral keys, the currency and the date. The key stands in a header and nowhere else.

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
