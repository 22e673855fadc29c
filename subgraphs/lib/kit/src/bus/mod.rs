//! The broker: publishing with confirms, consuming with manual acknowledgements, and receiving nudges. Each part has
//! its own connection and reconnects without limit, with pauses.

mod consumer;
mod dead_letters;
mod link;
mod links;
mod nudges;
mod parked;
mod publisher;

pub use consumer::{Handled, Handler, consume};
pub use dead_letters::{DeadLetter, Fate};
pub use link::Bus;
pub use nudges::{Nudges, Watch};
pub use publisher::{Confirm, Publisher};
