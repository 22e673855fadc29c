//! Broadcasts what changes in the database to this process's watchers.

use std::{sync::Arc, time::Duration};

use futures::{
    Stream, StreamExt,
    future::BoxFuture,
    stream::{self, BoxStream},
};
use kit::{Failure, Outcome};
use tokio::{
    sync::{
        Notify,
        broadcast::{Sender, error::RecvError},
        watch,
    },
    time::{interval, sleep, timeout},
};
use tokio_util::sync::CancellationToken;

/// How long the database waits for a change before it answers that there is none. A change is answered at once.
pub(crate) const MAX_AWAIT: Duration = Duration::from_secs(10);

/// How many changes a slow watcher may lag behind before it misses some.
const CAPACITY: usize = 1_024;
const RETRY_DELAY: Duration = Duration::from_millis(250);
/// How long a new watcher waits for the change stream to be opened, so that it misses nothing.
const OPENING: Duration = Duration::from_secs(1);
/// How often the listener checks whether anybody still watches. If nobody does, it closes the change stream.
const UNWATCHED_INTERVAL: Duration = Duration::from_secs(30);

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

/// The broadcast channel of changes. A change stream reads all that is written to the database, so it is open only
/// while somebody watches.
pub(crate) struct Live<T> {
    news: Sender<News<Arc<T>>>,
    /// Whether a change stream is open. Each watcher holds a receiver.
    is_open: watch::Sender<bool>,
    /// Wakes the listener when somebody begins to watch.
    wanted: Notify,
}

impl<T: Send + Sync + 'static> Live<T> {
    /// A channel without watchers.
    pub(crate) fn new() -> Self {
        Self { news: Sender::new(CAPACITY), is_open: watch::Sender::new(false), wanted: Notify::new() }
    }

    /// Broadcasts the changes of a stream, while there are watchers, until `stop` is cancelled. Opens the stream again
    /// when it ends.
    pub(crate) async fn listen<'a>(
        &self,
        open: impl Fn() -> BoxFuture<'a, Outcome<Changes<T>>> + Send + Sync,
        stop: &CancellationToken,
    ) {
        let listening = async {
            loop {
                while !self.is_watched() {
                    self.wanted.notified().await;
                }
                if let Err(failure) = self.listen_once(open()).await {
                    tracing::warn!(reason = failure.log_text(), "a change stream ended; opening it again");
                    sleep(RETRY_DELAY).await;
                }
            }
        };
        tokio::select! {
            () = listening => {}
            () = stop.cancelled() => {}
        }
    }

    /// Broadcasts one change stream until nobody watches any more. Fails if the stream ends before.
    async fn listen_once(&self, opening: BoxFuture<'_, Outcome<Changes<T>>>) -> Outcome<()> {
        let mut changes = opening.await?;
        // What changed while no stream was open is in none.
        self.tell(News::Missed);
        self.is_open.send_replace(true);
        let ended = self.pass_on(&mut changes).await;
        self.is_open.send_replace(false);
        ended
    }

    async fn pass_on(&self, changes: &mut Changes<T>) -> Outcome<()> {
        let mut looks = interval(UNWATCHED_INTERVAL);
        loop {
            tokio::select! {
                change = changes.next() => match change {
                    Some(change) => self.tell(News::Change(Arc::new(change?))),
                    None => return Err(Failure::internal("the change stream ended")),
                },
                _ = looks.tick() => {
                    // Marked as closed before the watchers are counted: whoever begins to watch in between is counted,
                    // or waits until it is marked as open again.
                    self.is_open.send_replace(false);
                    if !self.is_watched() {
                        return Ok(());
                    }
                    self.is_open.send_replace(true);
                }
            }
        }
    }

    fn is_watched(&self) -> bool {
        self.is_open.receiver_count() > 0
    }

    fn tell(&self, news: News<Arc<T>>) {
        // Sending fails if there are no watchers, which is not an error.
        drop(self.news.send(news));
    }

    /// Returns a stream of the news from now on. A lagging watcher misses the oldest changes, and is told so.
    pub(crate) async fn watch(&self) -> impl Stream<Item = News<Arc<T>>> + Send + use<T> {
        let mut is_open = self.is_open.subscribe();
        self.wanted.notify_one();
        // If it is opened later, this watcher is told that it may have missed changes.
        let _ = timeout(OPENING, is_open.wait_for(|is_open| *is_open)).await;
        stream::unfold((self.news.subscribe(), is_open), async |(mut receiver, is_open)| {
            let news = match receiver.recv().await {
                Ok(news) => news,
                Err(RecvError::Lagged(_)) => News::Missed,
                Err(RecvError::Closed) => return None,
            };
            Some((news, (receiver, is_open)))
        })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use futures::FutureExt;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn who_lags_behind_is_told_that_something_was_missed() {
        let live = Live::new();
        let mut watch = Box::pin(live.watch().await);
        for number in 0..=CAPACITY {
            live.tell(News::Change(Arc::new(number)));
        }
        assert_eq!(watch.next().await, Some(News::Missed));
        assert_eq!(watch.next().await, Some(News::Change(Arc::new(1))));
    }

    #[tokio::test(start_paused = true)]
    async fn a_change_stream_that_is_opened_again_may_have_missed_something() {
        let live = Live::new();
        let mut watch = Box::pin(live.watch().await);
        for number in 0..2 {
            let opening = async move { Ok(stream::iter([Ok(number)]).boxed()) };
            live.listen_once(opening.boxed()).await.unwrap_err();
        }
        let told: Vec<_> = watch.by_ref().take(4).collect().await;
        assert_eq!(told, [News::Missed, News::Change(Arc::new(0)), News::Missed, News::Change(Arc::new(1))]);
        let failing = async { Err(Failure::internal("away")) };
        live.listen_once(failing.boxed()).await.unwrap_err();
        assert!(watch.next().now_or_never().is_none(), "who cannot listen yet tells once it does");
    }

    #[tokio::test(start_paused = true)]
    async fn a_change_stream_is_open_while_somebody_watches() {
        let (live, opened, stop) = (Live::<u8>::new(), AtomicUsize::new(0), CancellationToken::new());
        let open = || {
            let change = opened.fetch_add(1, Ordering::Relaxed).try_into().unwrap();
            let later = async move {
                sleep(RETRY_DELAY).await;
                Ok(change)
            };
            async { Ok(stream::once(later).chain(stream::pending()).boxed()) }.boxed()
        };
        let is_over = || sleep(UNWATCHED_INTERVAL * 2);
        let watching = async {
            is_over().await;
            assert_eq!(opened.load(Ordering::Relaxed), 0, "nobody watches yet");
            for time in 0..2 {
                let (mut one, mut other) = (Box::pin(live.watch().await), Box::pin(live.watch().await));
                // Both have watched since the stream was opened, and have missed nothing.
                assert_eq!(one.next().await, Some(News::Change(Arc::new(time))));
                assert_eq!(other.next().await, Some(News::Change(Arc::new(time))));
                drop(one);
                is_over().await;
                assert!(*live.is_open.borrow(), "the other watches");
                drop(other);
                is_over().await;
                assert!(!*live.is_open.borrow(), "nobody watches any more");
            }
            stop.cancel();
        };
        tokio::join!(live.listen(open, &stop), watching);
    }
}
