//! Everything that the five subgraphs have in common, apart from their domains.
//!
//! No domain noun, no match on an event's variant, nothing that only one subgraph uses.

#![recursion_limit = "256"]

pub mod abandoned;
mod admission;
pub mod auth;
pub mod backup;
pub mod bus;
pub mod clock;
mod events;
pub mod failure;
pub mod gather;
pub mod graphql;
mod health;
pub mod inbox;
pub mod intervals;
pub mod journal;
mod keyed;
pub mod keyed_locks;
mod lease;
pub mod mail;
pub mod migrations;
pub mod mongo;
mod program;
pub mod rate;
mod restore_mark;
pub mod role;
pub mod serve;
pub mod settings;
mod tasks;
pub mod telemetry;
#[cfg(feature = "testing")]
pub mod testing;
pub mod text;
pub mod unusable;

pub use admission::overloaded;
pub use auth::Caller;
pub use clock::Clock;
pub use failure::{Code, Failure, Outcome, Refusal};
pub use program::{run, sdl};
pub use role::{OneShot, Resources, Role, Subgraph};
pub use settings::Settings;
pub use tasks::run_to_end;

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

/// Returns the SHA-256 in Base64, for checksums, keys and secrets that are compared but never decoded.
pub fn digest(bytes: &[u8]) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(bytes))
}
