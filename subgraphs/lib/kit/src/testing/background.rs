//! The background work of a test: a relay and roles.

use std::collections::BTreeSet;

use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// The background work of a test.
#[derive(Default)]
pub(super) struct Background {
    pub(super) relay: Option<Task>,
    pub(super) roles: Vec<Task>,
    /// All roles that ran.
    pub(super) ran: BTreeSet<&'static str>,
}

/// A task that runs until it is cancelled.
pub(super) struct Task {
    stop: CancellationToken,
    running: JoinHandle<()>,
}

impl Task {
    pub(super) fn spawn<F: Future<Output = ()> + Send + 'static>(start: impl FnOnce(CancellationToken) -> F) -> Self {
        let stop = CancellationToken::new();
        Self { running: tokio::spawn(start(stop.clone())), stop }
    }

    pub(super) async fn end(self) {
        self.stop.cancel();
        self.running.await.expect("what runs beside the requests does not panic");
    }
}
