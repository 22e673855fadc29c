//! The broker: publishing with confirms, consuming with manual acknowledgements, and receiving nudges. Each part has
//! its own connection and reconnects without limit, with pauses.

mod consumer;
mod link;
mod nudges;
mod publisher;

pub use consumer::{Handled, Handler, consume};
pub use link::Bus;
pub use nudges::{Nudges, Watch};
pub use publisher::{Confirm, Publisher};
