//! The broker: publishing with confirms, consuming with manual acks, and listening for nudges. Every
//! part keeps a connection of its own and makes a new one for ever, with a pause, when it is lost.

mod consumer;
mod link;
mod nudges;
mod publisher;

pub use consumer::{Handled, Handler, consume};
pub use link::Bus;
pub use nudges::{Nudges, Watch};
pub use publisher::{Confirm, Publisher};
