//! Work that runs to its end. A future that is dropped while it waits for a MongoDB connection leaves a dead waiter in
//! the driver's pool, and each of those delays the others by half a second. Therefore code that may be dropped, because
//! a client disconnects or a timeout expires, only waits for work in a separate task.

use std::{sync::Arc, time::Duration};

use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};
use tracing::Instrument;

use crate::failure::{Code, Failure, Outcome, Refusal};

/// How long a request waits for a free place before it is refused.
const MAX_WAIT: Duration = Duration::from_secs(1);
/// Connections that are reserved for the relay, for consumers and for further reads of transactions.
const RESERVED_CONNECTIONS: usize = 8;
/// How many requests may wait per running request.
const WAITING_PER_RUNNING: usize = 4;

/// Runs the future to its end, even if the caller is dropped.
pub async fn run_to_end<T: Send + 'static>(work: impl Future<Output = T> + Send + 'static) -> Outcome<T> {
    tokio::spawn(work.in_current_span()).await.map_err(Failure::internal)
}

/// Limits the number of concurrent requests to fewer than there are database connections.
#[derive(Clone)]
pub(crate) struct Admission {
    working: Arc<Semaphore>,
    admitted: Arc<Semaphore>,
}

/// The place of one request; dropping it frees the place.
pub(crate) struct Place {
    _working: OwnedSemaphorePermit,
    _admitted: OwnedSemaphorePermit,
}

impl Admission {
    pub(crate) fn new(connections: u32) -> Self {
        let places = usize::try_from(connections).unwrap_or(usize::MAX).saturating_sub(RESERVED_CONNECTIONS).max(1);
        let admitted = places.saturating_mul(1 + WAITING_PER_RUNNING).min(Semaphore::MAX_PERMITS);
        Self { working: Arc::new(Semaphore::new(places)), admitted: Arc::new(Semaphore::new(admitted)) }
    }

    /// Waits for a free place up to a timeout. Refuses at once if too many requests wait.
    pub(crate) async fn place(&self) -> Outcome<Place> {
        let admitted = Arc::clone(&self.admitted).try_acquire_owned().map_err(|_| overloaded())?;
        let working = timeout(MAX_WAIT, Arc::clone(&self.working).acquire_owned()).await.map_err(|_| overloaded())?;
        Ok(Place { _working: working.map_err(Failure::internal)?, _admitted: admitted })
    }

    /// Runs a request in a task of its own that holds a place.
    pub(crate) async fn run<T: Send + 'static>(&self, work: impl Future<Output = T> + Send + 'static) -> Outcome<T> {
        let place = self.place().await?;
        run_to_end(async move {
            let _place = place;
            work.await
        })
        .await
    }
}

/// The refusal of an overloaded service, which may be retried.
pub fn overloaded() -> Failure {
    Refusal::new(Code::Overloaded, "There is too much to do at the moment. Please try again.").into()
}

#[cfg(test)]
mod tests {
    use futures::{FutureExt, future::join_all};

    use super::*;

    #[tokio::test]
    async fn running_and_waiting_requests_are_limited_and_others_refused_at_once() {
        let admission = Admission::new(10);
        let (first, second) = (admission.place().await.unwrap(), admission.place().await.unwrap());
        let mut waiting: Vec<_> = (0..8).map(|_| Box::pin(admission.place())).collect();
        assert!(waiting.iter_mut().all(|place| place.now_or_never().is_none()));
        assert!(admission.place().await.err().unwrap().is(Code::Overloaded));
        drop((first, second));
        assert!(waiting[0].as_mut().now_or_never().unwrap().is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn waiting_requests_are_refused_after_a_timeout() {
        let admission = Admission::new(9);
        let _working = admission.place().await.unwrap();
        let refused = join_all([admission.place(), admission.place()]).await;
        assert!(refused.into_iter().all(|place| place.err().unwrap().is(Code::Overloaded)));
    }
}
