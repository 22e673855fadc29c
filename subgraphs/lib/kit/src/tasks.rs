//! Work that runs to its end. A future that is dropped while it waits for a MongoDB connection leaves a dead waiter in
//! the driver's pool, and each of those delays the others by half a second. Therefore code that may be dropped, because
//! a client disconnects or a timeout expires, only waits for work in a separate task.

use std::{
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use futures::{Stream, StreamExt};
use tokio::{runtime::Handle, time::timeout};
use tracing::Instrument;

use crate::failure::{Failure, Outcome};

/// How long a response may still take after its stream was dropped; longer than any question to the database.
const MAX_FINISHING: Duration = Duration::from_secs(15);

/// Runs the future to its end, even if the caller is dropped.
pub async fn run_to_end<T: Send + 'static>(work: impl Future<Output = T> + Send + 'static) -> Outcome<T> {
    tokio::spawn(work.in_current_span()).await.map_err(Failure::internal)
}

/// A stream that may be dropped: the response that it is working on is finished in a separate task.
pub(crate) struct FinishedOnDrop<S: Stream + Send + Unpin + 'static>(Option<S>);

impl<S: Stream + Send + Unpin + 'static> FinishedOnDrop<S> {
    pub(crate) fn new(stream: S) -> Self {
        Self(Some(stream))
    }
}

impl<S: Stream + Send + Unpin + 'static> Stream for FinishedOnDrop<S> {
    type Item = S::Item;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<S::Item>> {
        let Some(stream) = &mut self.0 else { return Poll::Ready(None) };
        let next = stream.poll_next_unpin(context);
        if matches!(next, Poll::Ready(None)) {
            self.0 = None;
        }
        next
    }
}

impl<S: Stream + Send + Unpin + 'static> Drop for FinishedOnDrop<S> {
    fn drop(&mut self) {
        // Whether it works on a response or waits for a change cannot be seen, so it has time for the former.
        if let (Some(mut stream), Ok(runtime)) = (self.0.take(), Handle::try_current()) {
            runtime.spawn(async move { timeout(MAX_FINISHING, stream.next()).await.map(drop) }.in_current_span());
        }
    }
}
