//! What runs beside the requests of a test: a relay, and roles.

use std::collections::BTreeSet;

use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// What runs beside the requests of a test.
#[derive(Default)]
pub(super) struct Beside {
    pub(super) relay: Option<Task>,
    pub(super) roles: Vec<Task>,
    /// Every role that ran.
    pub(super) ran: BTreeSet<&'static str>,
}

/// Something that runs until it is told to stop.
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
