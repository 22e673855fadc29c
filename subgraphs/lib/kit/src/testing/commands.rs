//! The commands that a subgraph sends to its database, for tests of how many an operation costs.

use std::sync::{Arc, Mutex, PoisonError};

use mongodb::event::{EventHandler, command::CommandEvent};

/// The names of the commands that were sent, in their order.
#[derive(Clone, Default)]
pub struct Commands(Arc<Mutex<Vec<String>>>);

impl Commands {
    /// Returns the commands that were sent since the last call.
    pub fn take(&self) -> Vec<String> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub(super) fn handler(&self) -> EventHandler<CommandEvent> {
        let sent = Arc::clone(&self.0);
        EventHandler::callback(move |event| {
            if let CommandEvent::Started(started) = event {
                sent.lock().unwrap_or_else(PoisonError::into_inner).push(started.command_name);
            }
        })
    }
}
