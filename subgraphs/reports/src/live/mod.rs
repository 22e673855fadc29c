//! Broadcasts what changes in the database to this process's watchers.

use std::{sync::Arc, time::Duration};

use futures::{
    Stream, StreamExt,
    future::BoxFuture,
    stream::{self, BoxStream},
};
use kit::{Failure, Outcome};
use tokio::sync::broadcast::{Sender, error::RecvError};
use tokio_util::sync::CancellationToken;

/// How long the database waits for a change before it answers that there is none. A change is answered at once.
pub(crate) const MAX_AWAIT: Duration = Duration::from_secs(10);

/// How many changes a slow watcher may lag behind before it misses some.
const CAPACITY: usize = 1_024;
const RETRY_DELAY: Duration = Duration::from_millis(250);

/// The changes that a change stream delivers.
pub(crate) type Changes<T> = BoxStream<'static, Outcome<T>>;

/// What a watcher is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum News<T> {
    /// A change.
    Change(T),
    /// Changes may have been missed: who keeps a state up to date by them has to read it anew.
    Missed,
}

impl<T> News<T> {
    /// The change, if it is one.
    pub(crate) fn change(self) -> Option<T> {
        match self {
            Self::Change(change) => Some(change),
            Self::Missed => None,
        }
    }
}

/// The broadcast channel of changes.
pub(crate) struct Live<T>(Sender<News<Arc<T>>>);

impl<T: Send + Sync + 'static> Live<T> {
    /// A channel without watchers.
    pub(crate) fn new() -> Self {
        Self(Sender::new(CAPACITY))
    }

    /// Broadcasts the changes of a stream until `stop` is cancelled. Opens the stream again when it ends.
    pub(crate) async fn listen<'a>(
        &self,
        open: impl Fn() -> BoxFuture<'a, Outcome<Changes<T>>> + Send + Sync,
        stop: &CancellationToken,
    ) {
        while !stop.is_cancelled() {
            let listening = async {
                let failure = self.listen_once(open()).await;
                tracing::warn!(reason = failure.log_text(), "a change stream ended; opening it again");
                tokio::time::sleep(RETRY_DELAY).await;
            };
            tokio::select! {
                () = listening => {}
                () = stop.cancelled() => return,
            }
        }
    }

    async fn listen_once(&self, opening: BoxFuture<'_, Outcome<Changes<T>>>) -> Failure {
        let mut changes = match opening.await {
            Ok(changes) => changes,
            Err(failure) => return failure,
        };
        // What changed while no stream was open is in none.
        self.tell(News::Missed);
        while let Some(change) = changes.next().await {
            match change {
                Ok(change) => self.tell(News::Change(Arc::new(change))),
                Err(failure) => return failure,
            }
        }
        Failure::internal("the change stream ended")
    }

    fn tell(&self, news: News<Arc<T>>) {
        // Sending fails if there are no watchers, which is not an error.
        drop(self.0.send(news));
    }

    /// Returns a stream of the news from now on. A lagging watcher misses the oldest changes, and is told so.
    pub(crate) fn watch(&self) -> impl Stream<Item = News<Arc<T>>> + Send + use<T> {
        stream::unfold(self.0.subscribe(), |mut receiver| async {
            match receiver.recv().await {
                Ok(news) => Some((news, receiver)),
                Err(RecvError::Lagged(_)) => Some((News::Missed, receiver)),
                Err(RecvError::Closed) => None,
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use futures::FutureExt;

    use super::*;

    #[tokio::test]
    async fn who_lags_behind_is_told_that_something_was_missed() {
        let live = Live::new();
        let mut watch = Box::pin(live.watch());
        for number in 0..=CAPACITY {
            live.tell(News::Change(Arc::new(number)));
        }
        assert_eq!(watch.next().await, Some(News::Missed));
        assert_eq!(watch.next().await, Some(News::Change(Arc::new(1))));
    }

    #[tokio::test]
    async fn a_change_stream_that_is_opened_again_may_have_missed_something() {
        let live = Live::new();
        let mut watch = Box::pin(live.watch());
        for number in 0..2 {
            let opening = async move { Ok(stream::iter([Ok(number)]).boxed()) };
            live.listen_once(opening.boxed()).await;
        }
        let told: Vec<_> = watch.by_ref().take(4).collect().await;
        assert_eq!(told, [News::Missed, News::Change(Arc::new(0)), News::Missed, News::Change(Arc::new(1))]);
        let failing = async { Err(Failure::internal("away")) };
        live.listen_once(failing.boxed()).await;
        assert!(watch.next().now_or_never().is_none(), "who cannot listen yet tells once it does");
    }
}
