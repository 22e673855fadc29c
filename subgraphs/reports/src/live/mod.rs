//! Broadcasts the documents that are inserted into a collection to this process's watchers.

use std::{sync::Arc, time::Duration};

use futures::{
    Stream, StreamExt,
    future::BoxFuture,
    stream::{self, BoxStream},
};
use kit::{Failure, Outcome};
use tokio::sync::broadcast::{Sender, error::RecvError};
use tokio_util::sync::CancellationToken;

/// How many additions a slow watcher may lag behind before it skips some.
const CAPACITY: usize = 1_024;
const RETRY_DELAY: Duration = Duration::from_millis(250);

/// The documents that are inserted into a collection, as its change stream delivers them.
pub(crate) type Additions<T> = BoxStream<'static, Outcome<T>>;

/// The broadcast channel of additions.
pub(crate) struct Live<T>(Sender<Arc<T>>);

impl<T: Send + Sync + 'static> Live<T> {
    /// A channel without watchers.
    pub(crate) fn new() -> Self {
        Self(Sender::new(CAPACITY))
    }

    /// Broadcasts the additions of a stream until `stop` is cancelled. Opens the stream again when it ends.
    pub(crate) async fn listen<'a>(
        &self,
        open: impl Fn() -> BoxFuture<'a, Outcome<Additions<T>>> + Send + Sync,
        stop: &CancellationToken,
    ) {
        while !stop.is_cancelled() {
            let listening = async {
                let failure = self.listen_once(open()).await;
                tracing::warn!(
                    reason = failure.log_text(),
                    "the change stream of a collection ended; opening it again"
                );
                tokio::time::sleep(RETRY_DELAY).await;
            };
            tokio::select! {
                () = listening => {}
                () = stop.cancelled() => return,
            }
        }
    }

    async fn listen_once(&self, opening: BoxFuture<'_, Outcome<Additions<T>>>) -> Failure {
        let mut additions = match opening.await {
            Ok(additions) => additions,
            Err(failure) => return failure,
        };
        while let Some(one) = additions.next().await {
            match one {
                // Sending fails if there are no watchers, which is not an error.
                Ok(one) => drop(self.0.send(Arc::new(one))),
                Err(failure) => return failure,
            }
        }
        Failure::internal("the stream of additions ended")
    }

    /// Returns a stream of the additions from now on. A lagging watcher skips the oldest ones.
    pub(crate) fn watch(&self) -> impl Stream<Item = Arc<T>> + Send + use<T> {
        stream::unfold(self.0.subscribe(), |mut receiver| async {
            loop {
                match receiver.recv().await {
                    Ok(one) => return Some((one, receiver)),
                    Err(RecvError::Lagged(_)) => {}
                    Err(RecvError::Closed) => return None,
                }
            }
        })
    }
}
