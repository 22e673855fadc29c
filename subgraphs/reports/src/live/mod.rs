//! What is added to a collection, told to everyone in this process who watches.

use std::{sync::Arc, time::Duration};

use futures::{
    Stream, StreamExt,
    future::BoxFuture,
    stream::{self, BoxStream},
};
use kit::{Failure, Outcome};
use tokio::sync::broadcast::{Sender, error::RecvError};
use tokio_util::sync::CancellationToken;

/// So many additions may wait for a slow watcher before it misses some.
const WAITING: usize = 1_024;
const AFTER_FAILURE: Duration = Duration::from_millis(250);

/// What is added to a collection, as its store hears of it.
pub(crate) type Additions<T> = BoxStream<'static, Outcome<T>>;

/// The additions as they come.
pub(crate) struct Live<T>(Sender<Arc<T>>);

impl<T: Send + Sync + 'static> Live<T> {
    /// Nobody watches yet.
    pub(crate) fn new() -> Self {
        Self(Sender::new(WAITING))
    }

    /// Tells what this stream brings until told to stop; opens it again when it ends.
    pub(crate) async fn listen<'a>(
        &self,
        open: impl Fn() -> BoxFuture<'a, Outcome<Additions<T>>> + Send + Sync,
        stop: &CancellationToken,
    ) {
        while !stop.is_cancelled() {
            let listening = async {
                let failure = self.listen_once(open()).await;
                tracing::warn!(reason = failure.log_text(), "additions are not heard; they are again in a moment");
                tokio::time::sleep(AFTER_FAILURE).await;
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
                // Nobody watching is fine.
                Ok(one) => drop(self.0.send(Arc::new(one))),
                Err(failure) => return failure,
            }
        }
        Failure::internal("the stream of additions ended")
    }

    /// What is added from now on.
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
